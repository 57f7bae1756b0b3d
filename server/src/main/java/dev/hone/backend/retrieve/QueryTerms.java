package dev.hone.backend.retrieve;

import dev.hone.experience.Explanation;
import dev.hone.similarity.Analysis;
import dev.hone.similarity.Background;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermQuery;

/**
 * The telling terms of a query: its distinct terms without function words (with them, when there
 * are no others), at most {@link #MOST} by inverse document frequency.
 *
 * @param terms rarest first
 * @param mass the sum of their inverse document frequencies, which coverage is a share of
 */
record QueryTerms(List<Weighted> terms, double mass) {

  static final int MOST = 32;

  /** A term with its inverse document frequency. */
  record Weighted(Term term, double idf) {}

  static QueryTerms of(
      String text, String field, IndexReader reader, Analysis analysis, Background background)
      throws IOException {
    List<String> distinct = new ArrayList<>(new HashSet<>(analysis.terms(text)));
    List<String> telling = distinct.stream().filter(term -> !background.common(term)).toList();
    List<Weighted> weighted = new ArrayList<>();
    for (String word : telling.isEmpty() ? distinct : telling) {
      Term term = new Term(field, word);
      weighted.add(
          new Weighted(term, background.idf(word, reader.docFreq(term), reader.numDocs())));
    }
    weighted.sort(
        Comparator.comparingDouble(Weighted::idf).reversed().thenComparing(w -> w.term.text()));
    List<Weighted> kept = List.copyOf(weighted.subList(0, Math.min(MOST, weighted.size())));
    return new QueryTerms(kept, kept.stream().mapToDouble(Weighted::idf).sum());
  }

  /** Documents with any of the terms. */
  BooleanQuery any() {
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    terms.forEach(each -> any.add(new TermQuery(each.term()), BooleanClause.Occur.SHOULD));
    return any.build();
  }

  /** The terms that a document matches. */
  List<Explanation.Matched> matched(IndexSearcher searcher, int doc) throws IOException {
    List<Explanation.Matched> matched = new ArrayList<>();
    for (Weighted each : terms) {
      var told = searcher.explain(new TermQuery(each.term()), doc);
      if (told.isMatch()) {
        matched.add(
            new Explanation.Matched(each.term().text(), each.idf(), told.getValue().doubleValue()));
      }
    }
    return matched;
  }
}
