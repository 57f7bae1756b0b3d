package dev.hone.backend.retrieve;

import dev.hone.experience.Experience;
import dev.hone.similarity.Analysis;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;

/** Reads what a closed index says of each version. */
final class IndexedVersions {

  /**
   * What the index says of a version, or ought to.
   *
   * @param from the commit from which it counts
   * @param until the commit that ended it
   * @param owner whose candidate it is; empty when it is everybody's
   * @param type its type
   * @param terms a sum over its terms, each as often as it occurs
   */
  record Entry(long from, long until, String owner, String type, long terms) {

    /** What the index ought to say. */
    static Entry of(Experience item, long until, Analysis analysis) {
      long terms = 0;
      for (String term : analysis.terms(item.lesson().text())) {
        terms += number(term.getBytes(StandardCharsets.UTF_8), 0);
      }
      return new Entry(item.sequence(), until, Visibility.owner(item), item.lesson().type(), terms);
    }
  }

  private IndexedVersions() {}

  /** All entries, by item and version. */
  static Map<String, Entry> in(Path folder) throws IOException {
    Map<String, Entry> entries = new HashMap<>();
    try (Directory directory = FSDirectory.open(folder);
        DirectoryReader reader = DirectoryReader.open(directory)) {
      for (LeafReaderContext leaf : reader.leaves()) {
        read(leaf.reader(), entries);
      }
    }
    return entries;
  }

  private static void read(LeafReader leaf, Map<String, Entry> entries) throws IOException {
    long[] terms = terms(leaf);
    Bits live = leaf.getLiveDocs();
    StoredFields stored = leaf.storedFields();
    NumericDocValues from = DocValues.getNumeric(leaf, Visibility.FROM);
    NumericDocValues until = DocValues.getNumeric(leaf, Visibility.UNTIL);
    SortedDocValues owner = DocValues.getSorted(leaf, Visibility.OWNER);
    SortedDocValues type = DocValues.getSorted(leaf, Visibility.TYPE);
    for (int doc = 0; doc < leaf.maxDoc(); doc++) {
      if (live == null || live.get(doc)) {
        String key = stored.document(doc).get(SpaceIndex.KEY);
        Entry entry =
            new Entry(
                number(from, doc),
                number(until, doc),
                text(owner, doc),
                text(type, doc),
                terms[doc]);
        if (entries.put(key, entry) != null) {
          entries.put(key + " again", entry);
        }
      }
    }
  }

  private static long[] terms(LeafReader leaf) throws IOException {
    long[] sums = new long[leaf.maxDoc()];
    Terms terms = leaf.terms(SpaceIndex.TEXT);
    if (terms != null) {
      TermsEnum each = terms.iterator();
      PostingsEnum postings = null;
      for (BytesRef term = each.next(); term != null; term = each.next()) {
        long number = number(term.bytes, term.offset, term.length);
        postings = each.postings(postings, PostingsEnum.FREQS);
        for (int doc = postings.nextDoc();
            doc != DocIdSetIterator.NO_MORE_DOCS;
            doc = postings.nextDoc()) {
          sums[doc] += number * postings.freq();
        }
      }
    }
    return sums;
  }

  private static long number(byte[] term, int offset) {
    return number(term, offset, term.length);
  }

  /** FNV-1a in 64 bits. */
  private static long number(byte[] term, int offset, int length) {
    long hash = 0xcbf29ce484222325L;
    for (int i = offset; i < offset + length; i++) {
      hash = (hash ^ (term[i] & 0xff)) * 0x100000001b3L;
    }
    return hash;
  }

  private static long number(NumericDocValues values, int doc) throws IOException {
    return values.advanceExact(doc) ? values.longValue() : -1;
  }

  private static String text(SortedDocValues values, int doc) throws IOException {
    return values.advanceExact(doc) ? values.lookupOrd(values.ordValue()).utf8ToString() : "";
  }
}
