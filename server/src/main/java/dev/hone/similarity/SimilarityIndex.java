package dev.hone.similarity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds, exactly, every vector at or above a similarity. A vector is indexed by the prefix of its
 * rarest terms only ("prefix filtering", Bayardo, Ma and Srikant 2007): the rarest term that two
 * similar vectors share lies in both prefixes, so none is missed, and frequent terms are never
 * looked up.
 *
 * <p>Not thread-safe.
 *
 * @param <K> what a vector stands for
 */
public final class SimilarityIndex<K> {

  /** A vector found. */
  public record Match<K>(K key, double similarity) {}

  private final double threshold;
  private final Map<Integer, int[]> postings = new HashMap<>();
  private final Map<Integer, Integer> lengths = new HashMap<>();
  private final List<@Nullable K> keys = new ArrayList<>();
  private final List<TermVector> vectors = new ArrayList<>();
  private final Map<K, Integer> slots = new HashMap<>();
  private int[] seen = new int[64];
  private int probes;

  /**
   * @param threshold the lowest similarity that will be asked for, in (0, 1]
   */
  public SimilarityIndex(double threshold) {
    if (!(threshold > 0 && threshold <= 1)) {
      throw new IllegalArgumentException("a similarity threshold lies in (0, 1], not " + threshold);
    }
    this.threshold = threshold;
  }

  /** Adds a vector, in place of any other of the same key. */
  public void put(K key, TermVector vector) {
    remove(key);
    int slot = keys.size();
    keys.add(key);
    vectors.add(vector);
    slots.put(key, slot);
    if (seen.length <= slot) {
      seen = Arrays.copyOf(seen, slot * 2);
    }
    int prefix = vector.prefix(threshold);
    for (int i = 0; i < prefix; i++) {
      int term = vector.ranks[i];
      int[] list = postings.computeIfAbsent(term, any -> new int[2]);
      int length = lengths.merge(term, 1, Integer::sum);
      if (list.length < length) {
        list = Arrays.copyOf(list, length * 2);
        postings.put(term, list);
      }
      list[length - 1] = slot;
    }
  }

  /** Removes what stands for the key, if anything does. */
  public void remove(K key) {
    Integer slot = slots.remove(key);
    if (slot != null) {
      keys.set(slot, null);
    }
  }

  /** How many removed vectors still take room. */
  int removed() {
    return keys.size() - slots.size();
  }

  public int size() {
    return slots.size();
  }

  /** The vector of a key. */
  public Optional<TermVector> vector(K key) {
    return Optional.ofNullable(slots.get(key)).map(vectors::get);
  }

  /**
   * All vectors whose similarity to this one is at least {@code least}, most similar first, earlier
   * ones before later ones.
   *
   * @param least not below the index's own threshold
   */
  public List<Match<K>> probe(TermVector vector, double least) {
    if (least < threshold) {
      throw new IllegalArgumentException("indexed from " + threshold + ", asked for " + least);
    }
    probes++;
    List<Match<K>> matches = new ArrayList<>();
    int prefix = vector.prefix(least);
    for (int i = 0; i < prefix; i++) {
      int[] list = postings.get(vector.ranks[i]);
      int length = lengths.getOrDefault(vector.ranks[i], 0);
      for (int j = 0; list != null && j < length; j++) {
        int slot = list[j];
        K key = keys.get(slot);
        if (seen[slot] != probes && key != null) {
          seen[slot] = probes;
          double similarity = vector.similarity(vectors.get(slot));
          if (similarity >= least) {
            matches.add(new Match<>(key, similarity));
          }
        }
      }
    }
    matches.sort(
        Comparator.<Match<K>>comparingDouble(match -> -match.similarity)
            .thenComparingInt(match -> slots.getOrDefault(match.key, 0)));
    return matches;
  }
}
