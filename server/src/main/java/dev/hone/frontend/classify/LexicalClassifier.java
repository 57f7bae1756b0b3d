package dev.hone.frontend.classify;

import dev.hone.experience.Experience;
import dev.hone.experience.State;
import dev.hone.port.Classifier;
import dev.hone.port.Pool;
import dev.hone.similarity.Analysis;
import dev.hone.similarity.Background;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Classifies by words, without a model: naive Bayes (multinomial, Laplace-smoothed) over the
 * descriptions of the types and the items that the pool holds of each. The words of a space are
 * counted anew off the online path, when its pool has grown by a quarter; a query goes by the
 * counts there are, at first those of the descriptions. With a single type there is nothing to
 * decide.
 */
public final class LexicalClassifier implements Classifier {

  private static final int WEIGHT_OF_DESCRIPTION = 5;
  private static final double SURE = 0.8;
  private static final int MOST_TYPES = 3;
  private static final double GROWTH = 1.25;

  private final Map<String, String> types;
  private final Pool pool;
  private final Analysis analysis;
  private final Background background;
  private final Words described;
  private final Map<String, Words> learned = new ConcurrentHashMap<>();

  /** Word counts of each type, as of a commit of a pool; without a pool, as of commit 0. */
  private record Words(
      long sequence,
      Map<String, Map<String, Integer>> counts,
      Map<String, Integer> totals,
      Set<String> vocabulary) {}

  /** A type with its probability. */
  record Likely(String type, double probability) {}

  /**
   * @param types names with one-line descriptions, at least one
   */
  public LexicalClassifier(
      Map<String, String> types, Pool pool, Analysis analysis, Background background) {
    if (types.isEmpty()) {
      throw new IllegalArgumentException("there is at least one type");
    }
    this.types = Map.copyOf(types);
    this.pool = pool;
    this.analysis = analysis;
    this.background = background;
    this.described = words(0, List.of());
  }

  @Override
  public void catchUp(String space) {
    if (types.size() > 1) {
      learned.compute(space, (name, words) -> grown(name, words == null ? described : words));
    }
  }

  /** Counts the words of a space anew: some are forgotten. */
  public void recount(String space) {
    if (types.size() > 1) {
      learned.computeIfPresent(
          space,
          (name, words) -> words(pool.head(name), pool.inStates(name, List.of(State.ACTIVE))));
    }
  }

  @Override
  public String type(String space, String text) {
    catchUp(space);
    return likely(space, text).getFirst().type();
  }

  @Override
  public Set<String> types(String space, String query) {
    if (types.size() == 1) {
      return Set.of();
    }
    Set<String> chosen = new LinkedHashSet<>();
    double sum = 0;
    for (Likely each : likely(space, query)) {
      if (sum < SURE) {
        chosen.add(each.type());
        sum += each.probability();
      }
    }
    return chosen.size() > MOST_TYPES ? Set.of() : chosen;
  }

  /** All types, likeliest first. */
  List<Likely> likely(String space, String text) {
    if (types.size() == 1) {
      return List.of(new Likely(types.keySet().iterator().next(), 1));
    }
    Words words = learned.getOrDefault(space, described);
    Map<String, Double> logs = new HashMap<>();
    for (String type : types.keySet()) {
      logs.put(type, log(words, type, text));
    }
    double highest = logs.values().stream().mapToDouble(x -> x).max().orElse(0);
    double sum = logs.values().stream().mapToDouble(x -> Math.exp(x - highest)).sum();
    List<Likely> likely = new ArrayList<>();
    logs.forEach((type, log) -> likely.add(new Likely(type, Math.exp(log - highest) / sum)));
    likely.sort(
        Comparator.comparingDouble(Likely::probability).reversed().thenComparing(Likely::type));
    return likely;
  }

  private double log(Words words, String type, String text) {
    Map<String, Integer> counts = words.counts.getOrDefault(type, Map.of());
    double total = words.totals.getOrDefault(type, 0) + words.vocabulary.size();
    double log = 0;
    for (String term : analysis.terms(text)) {
      if (!background.common(term) && words.vocabulary.contains(term)) {
        log += Math.log((counts.getOrDefault(term, 0) + 1) / total);
      }
    }
    return log;
  }

  private Words grown(String space, Words known) {
    long head = pool.head(space);
    return head < known.sequence || head > GROWTH * known.sequence
        ? words(head, pool.inStates(space, List.of(State.ACTIVE)))
        : known;
  }

  private Words words(long sequence, List<Experience> items) {
    Map<String, Map<String, Integer>> counts = new HashMap<>();
    types.forEach(
        (type, description) ->
            count(counts, type, type + " " + description, WEIGHT_OF_DESCRIPTION));
    for (Experience item : items) {
      if (types.containsKey(item.lesson().type())) {
        count(counts, item.lesson().type(), item.lesson().text(), 1);
      }
    }
    Map<String, Integer> totals = new HashMap<>();
    Set<String> vocabulary = new HashSet<>();
    counts.forEach(
        (type, words) -> {
          totals.put(type, words.values().stream().mapToInt(x -> x).sum());
          vocabulary.addAll(words.keySet());
        });
    return new Words(sequence, counts, totals, vocabulary);
  }

  private void count(
      Map<String, Map<String, Integer>> counts, String type, String text, int weight) {
    Map<String, Integer> words = counts.computeIfAbsent(type, any -> new HashMap<>());
    for (String term : analysis.terms(text)) {
      if (!background.common(term)) {
        words.merge(term, weight, Integer::sum);
      }
    }
  }
}
