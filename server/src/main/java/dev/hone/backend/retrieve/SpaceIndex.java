package dev.hone.backend.retrieve;

import dev.hone.experience.Experience;
import dev.hone.experience.Explanation;
import dev.hone.experience.Query;
import dev.hone.port.Pool;
import dev.hone.similarity.Analysis;
import dev.hone.similarity.Background;
import dev.hone.similarity.Bm25;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.LogByteSizeMergePolicy;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.IOUtils;

/**
 * The Lucene index of one space: a document for every version that was ever shown, with the commits
 * between which it counts, so that the pool can be searched as of any commit. Holds terms and
 * numbers, no text.
 *
 * <p>Segments are merged in order only, so that documents keep the order of their commits and equal
 * scores fall the same way after a rebuild.
 */
final class SpaceIndex implements AutoCloseable {

  static final String TEXT = "text";
  static final String KEY = "key";
  private static final String POSITION = "position";
  private static final String COMMIT = "commit";
  private static final String ANALYSIS = "analysis";
  private static final int CHANGES_BETWEEN_COMMITS = 5_000;

  /** A version found. */
  record Found(String id, int version, double score, double coverage) {}

  private final Analysis analysis;
  private final Background background;
  private final Directory directory;
  private final IndexWriter writer;
  private final SearcherManager searchers;
  private final FieldType indexed = new FieldType();
  private long position;
  private String newest;
  private int uncommitted;

  private SpaceIndex(
      Analysis analysis,
      Background background,
      Directory directory,
      IndexWriter writer,
      SearcherManager searchers) {
    this.analysis = analysis;
    this.background = background;
    this.directory = directory;
    this.writer = writer;
    this.searchers = searchers;
    indexed.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
    indexed.setTokenized(true);
    indexed.freeze();
    Map<String, String> data = committed(writer);
    position = position(data, writer.getDocStats().numDocs);
    newest = data.getOrDefault(COMMIT, "");
  }

  /**
   * Opens or makes the index.
   *
   * @throws IOException also when a file of it is damaged
   */
  static SpaceIndex open(Path folder, Analysis analysis, Background background, Bm25 bm25)
      throws IOException {
    BM25Similarity similarity = new BM25Similarity((float) bm25.k1(), (float) bm25.b());
    IndexWriterConfig config = new IndexWriterConfig(new WhitespaceAnalyzer());
    config.setSimilarity(similarity);
    config.setMergePolicy(new LogByteSizeMergePolicy());
    config.setCommitOnClose(true);
    Deque<Closeable> opened = new ArrayDeque<>();
    boolean sound = false;
    try {
      Directory directory = FSDirectory.open(folder);
      opened.push(directory);
      IndexWriter writer = new IndexWriter(directory, config);
      opened.push(writer::rollback);
      SearcherManager searchers = new SearcherManager(writer, searching(similarity));
      opened.push(searchers);
      checkIntegrity(searchers);
      SpaceIndex index = new SpaceIndex(analysis, background, directory, writer, searchers);
      sound = true;
      return index;
    } finally {
      if (!sound) {
        IOUtils.closeWhileHandlingException(opened);
      }
    }
  }

  /**
   * The newest commit that an index had seen when it was last closed; it is left as it is.
   *
   * @throws IOException also when there is none, or a file of it is damaged
   */
  static long committedPosition(Path folder) throws IOException {
    try (Directory directory = FSDirectory.open(folder);
        DirectoryReader reader = DirectoryReader.open(directory)) {
      for (LeafReaderContext leaf : reader.leaves()) {
        leaf.reader().checkIntegrity();
      }
      return position(reader.getIndexCommit().getUserData(), reader.numDocs());
    }
  }

  private static SearcherFactory searching(BM25Similarity similarity) {
    return new SearcherFactory() {
      @Override
      public IndexSearcher newSearcher(IndexReader reader, IndexReader previous) {
        IndexSearcher searcher = new IndexSearcher(reader);
        searcher.setSimilarity(similarity);
        searcher.setQueryCache(null);
        return searcher;
      }
    };
  }

  /** Compares every file with its checksum. */
  private static void checkIntegrity(SearcherManager searchers) throws IOException {
    IndexSearcher searcher = searchers.acquire();
    try {
      for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
        leaf.reader().checkIntegrity();
      }
    } finally {
      searchers.release(searcher);
    }
  }

  private static Map<String, String> committed(IndexWriter writer) {
    Map<String, String> data = new HashMap<>();
    Iterable<Map.Entry<String, String>> live = writer.getLiveCommitData();
    if (live != null) {
      live.forEach(entry -> data.put(entry.getKey(), entry.getValue()));
    }
    return data;
  }

  private static long position(Map<String, String> data, int documents) {
    if (Analysis.VERSION.equals(data.get(ANALYSIS))) {
      return Long.parseLong(data.getOrDefault(POSITION, "0"));
    }
    return documents == 0 ? 0 : -1;
  }

  /** The newest commit seen here; negative when the index was written by another analysis. */
  synchronized long position() {
    return position;
  }

  /** Whether the newest commit seen here is one of the pool's. */
  synchronized boolean follows(Pool pool, String space) {
    return position == 0
        || pool.commits(space, position + 1, 1).stream()
            .anyMatch(commit -> commit.id().equals(newest));
  }

  /**
   * Takes over what the pool wrote since the position; searches see it when this returns. What is
   * written meanwhile is left to the next time.
   *
   * @throws IOException if it cannot be written; it takes nothing any longer then
   */
  synchronized void catchUp(Pool pool, String space) throws IOException {
    long head = pool.head(space);
    if (head == position) {
      return;
    }
    String commit = pool.commits(space, head + 1, 1).getFirst().id();
    for (Pool.Projected written : pool.writtenAfter(space, position)) {
      Experience item = written.experience();
      long until = written.until() > head ? Query.HEAD : written.until();
      if (item.sequence() <= position) {
        // A field that no document ever had cannot be updated: all there was is forgotten.
        if (writer.getFieldNames().contains(Visibility.UNTIL)) {
          writer.updateNumericDocValue(key(item), Visibility.UNTIL, until);
          uncommitted++;
        }
      } else if (item.sequence() <= head && item.state().shown()) {
        writer.addDocument(document(item, until));
        uncommitted++;
      }
    }
    searchers.maybeRefreshBlocking();
    position = head;
    newest = commit;
    if (uncommitted >= CHANGES_BETWEEN_COMMITS) {
      commit();
    }
  }

  private void commit() throws IOException {
    writer.setLiveCommitData(
        Map.of(POSITION, Long.toString(position), COMMIT, newest, ANALYSIS, Analysis.VERSION)
            .entrySet());
    writer.commit();
    uncommitted = 0;
  }

  private Document document(Experience item, long until) {
    Document document = new Document();
    document.add(new Field(TEXT, String.join(" ", analysis.terms(item.lesson().text())), indexed));
    document.add(new StringField(KEY, key(item).text(), Field.Store.NO));
    document.add(new StoredField(KEY, key(item).text()));
    Visibility.describe(document, item, until);
    return document;
  }

  private static Term key(Experience item) {
    return new Term(KEY, item.id() + ":" + item.version());
  }

  /**
   * The best visible versions, best first, with the share of the query that each matches.
   *
   * @param most of all types, or of each where types have limits of their own
   */
  List<Found> search(Query query, int most) throws IOException {
    IndexSearcher searcher = searchers.acquire();
    try {
      QueryTerms terms =
          QueryTerms.of(query.text(), TEXT, searcher.getIndexReader(), analysis, background);
      if (terms.terms().isEmpty()) {
        return List.of();
      }
      return found(searcher, terms, best(searcher, terms, TopVisible.of(query, most, 1)));
    } finally {
      searchers.release(searcher);
    }
  }

  /**
   * What a search went by.
   *
   * @param position the newest commit seen
   * @param documents versions in the index
   * @param found the best visible versions, best first
   * @param matched what each of them matches, in the order of the terms
   */
  record Searched(
      long position,
      int documents,
      QueryTerms terms,
      List<Found> found,
      List<List<Explanation.Matched>> matched) {

    /** The same in another order of what was found. */
    Searched inOrder(UnaryOperator<List<Found>> order) {
      List<Found> ordered = order.apply(found);
      return new Searched(
          position,
          documents,
          terms,
          ordered,
          ordered.stream().map(each -> matched.get(found.indexOf(each))).toList());
    }
  }

  /** The same search, told in full; nothing is taken over from the pool meanwhile. */
  synchronized Searched explain(Query query, int most) throws IOException {
    IndexSearcher searcher = searchers.acquire();
    try {
      IndexReader reader = searcher.getIndexReader();
      QueryTerms terms = QueryTerms.of(query.text(), TEXT, reader, analysis, background);
      List<Found> found = new ArrayList<>();
      List<List<Explanation.Matched>> matched = new ArrayList<>();
      if (!terms.terms().isEmpty()) {
        ScoreDoc[] best = best(searcher, terms, TopVisible.of(query, most, 0));
        found.addAll(found(searcher, terms, best));
        for (ScoreDoc hit : best) {
          matched.add(terms.matched(searcher, hit.doc));
        }
      }
      return new Searched(position, reader.numDocs(), terms, found, matched);
    } finally {
      searchers.release(searcher);
    }
  }

  /** What these collect, best first; of equals the older document. */
  private static ScoreDoc[] best(IndexSearcher searcher, QueryTerms terms, List<TopVisible> all)
      throws IOException {
    TopDocs[] best = new TopDocs[all.size()];
    int size = 0;
    for (int i = 0; i < best.length; i++) {
      best[i] = searcher.search(terms.any(), all.get(i));
      size += best[i].scoreDocs.length;
    }
    return TopDocs.merge(size, best).scoreDocs;
  }

  private static List<Found> found(IndexSearcher searcher, QueryTerms terms, ScoreDoc[] best)
      throws IOException {
    int[] docs = Arrays.stream(best).mapToInt(hit -> hit.doc).sorted().toArray();
    double[] matched = new double[docs.length];
    for (QueryTerms.Weighted weighted : terms.terms()) {
      addMatched(searcher, weighted, docs, matched);
    }
    List<Found> found = new ArrayList<>();
    for (ScoreDoc hit : best) {
      String key = searcher.storedFields().document(hit.doc).get(KEY);
      int colon = key.lastIndexOf(':');
      found.add(
          new Found(
              key.substring(0, colon),
              Integer.parseInt(key.substring(colon + 1)),
              hit.score,
              matched[Arrays.binarySearch(docs, hit.doc)] / terms.mass()));
    }
    return found;
  }

  private static void addMatched(
      IndexSearcher searcher, QueryTerms.Weighted weighted, int[] docs, double[] matched)
      throws IOException {
    List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
    PostingsEnum postings = null;
    LeafReaderContext leaf = null;
    for (int i = 0; i < docs.length; i++) {
      LeafReaderContext home = leaves.get(ReaderUtil.subIndex(docs[i], leaves));
      if (home != leaf) {
        leaf = home;
        postings = leaf.reader().postings(weighted.term(), PostingsEnum.NONE);
      }
      if (postings != null) {
        int wanted = docs[i] - leaf.docBase;
        int at = postings.docID() < wanted ? postings.advance(wanted) : postings.docID();
        if (at == DocIdSetIterator.NO_MORE_DOCS) {
          postings = null;
        } else if (at == wanted) {
          matched[i] += weighted.idf();
        }
      }
    }
  }

  @Override
  public synchronized void close() throws IOException {
    commit();
    searchers.close();
    writer.close();
    directory.close();
  }

  /** Gives up what was not committed, and writing; what was shown last can still be searched. */
  void unlock() throws IOException {
    writer.rollback();
  }

  /** Gives up what was not committed; for an index that is about to be deleted or replaced. */
  void abandon() throws IOException {
    searchers.close();
    writer.rollback();
    directory.close();
  }
}
