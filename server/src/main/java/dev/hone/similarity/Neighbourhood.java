package dev.hone.similarity;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The items of one pool, comparable with one another and with new ones, under the statistics of one
 * epoch. When the pool has doubled, a new neighbourhood is due.
 *
 * <p>Not thread-safe.
 */
public final class Neighbourhood {

  private static final int SMALLEST_EPOCH = 32;

  private final Vectors vectors;
  private final SimilarityIndex<String> index;

  private Neighbourhood(Vectors vectors, SimilarityIndex<String> index) {
    this.vectors = vectors;
    this.index = index;
  }

  /**
   * A new epoch over these texts.
   *
   * @param threshold the lowest similarity that will be asked for
   * @param texts texts by id, in a fixed order
   */
  public static Neighbourhood of(
      Analysis analysis,
      Background background,
      Bm25 bm25,
      double threshold,
      Map<String, String> texts) {
    List<List<String>> documents = new ArrayList<>();
    texts.values().forEach(text -> documents.add(analysis.terms(text)));
    Statistics statistics = Statistics.of(background, documents);
    Neighbourhood made =
        new Neighbourhood(
            new Vectors(analysis, statistics, bm25), new SimilarityIndex<>(threshold));
    texts.forEach(made::put);
    return made;
  }

  public void put(String id, String text) {
    index.put(id, vectors.of(text));
  }

  public void remove(String id) {
    index.remove(id);
  }

  public int size() {
    return index.size();
  }

  /** The vector of a text, whether or not it is in the neighbourhood. */
  public TermVector vector(String text) {
    return vectors.of(text);
  }

  /** The vector of an item that is in the neighbourhood. */
  public Optional<TermVector> vectorOf(String id) {
    return index.vector(id);
  }

  /** Every item at least that similar, most similar first. */
  public List<SimilarityIndex.Match<String>> near(TermVector vector, double least) {
    return index.probe(vector, least);
  }

  public Statistics statistics() {
    return vectors.statistics();
  }

  /**
   * Whether the pool has doubled since the statistics were frozen, or more was removed than is
   * left: what was removed takes room until the next epoch.
   */
  public boolean outgrown() {
    return index.size() >= 2 * Math.max(SMALLEST_EPOCH / 2, statistics().documents())
        || index.removed() > Math.max(SMALLEST_EPOCH, index.size());
  }
}
