package dev.hone.frontend.classify;

import dev.hone.experience.Experience;
import dev.hone.experience.Routing;
import dev.hone.experience.State;
import dev.hone.port.Classifier;
import dev.hone.port.Pool;
import dev.hone.similarity.Analysis;
import dev.hone.similarity.Background;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Classifies by words, without a model: multinomial naive Bayes (McCallum and Nigam 1998) over the
 * descriptions of the types and the items that the pool holds of each, every type as likely as
 * another before a word is read. The words of a text are not independent, as naive Bayes takes them
 * to be, so that its probabilities are too sure of themselves, the more the longer the text; the
 * evidence of {@code n} words counts as that of {@code √n}.
 *
 * <p>The words of a space are counted anew off the online path, when its pool has grown by a
 * quarter; a query goes by the counts there are, at first those of the descriptions. With a single
 * type there is nothing to decide. Items of types that there are no longer teach nothing.
 */
public final class LexicalClassifier implements Classifier {

  private static final int WEIGHT_OF_DESCRIPTION = 5;
  private static final double GROWTH = 1.25;

  private final Map<String, String> types;
  private final Pool pool;
  private final Analysis analysis;
  private final Background background;
  private final WordCounts described;
  private final Map<String, WordCounts> learned = new ConcurrentHashMap<>();

  /**
   * @param types names with one-line descriptions, at least one
   */
  public LexicalClassifier(
      Map<String, String> types, Pool pool, Analysis analysis, Background background) {
    if (types.isEmpty()) {
      throw new IllegalArgumentException("there is at least one type");
    }
    this.types = new TreeMap<>(types);
    this.pool = pool;
    this.analysis = analysis;
    this.background = background;
    this.described = counted(0, List.of());
  }

  @Override
  public void catchUp(String space) {
    if (types.size() > 1) {
      learned.compute(space, (name, words) -> grown(name, words == null ? described : words));
    }
  }

  @Override
  public String type(String space, String text) {
    catchUp(space);
    return likely(space, text).getFirst().type();
  }

  @Override
  public Routing route(String space, String query) {
    if (types.size() == 1) {
      return Routing.EVERYWHERE;
    }
    WordCounts words = counts(space);
    Set<String> terms = telling(query);
    return words.knowsAnyOf(terms) ? Routing.by(words.likely(terms)) : Routing.EVERYWHERE;
  }

  /** All types, likeliest first. */
  List<Routing.Likely> likely(String space, String text) {
    return counts(space).likely(telling(text));
  }

  private WordCounts counts(String space) {
    return learned.getOrDefault(space, described);
  }

  private Set<String> telling(String text) {
    Set<String> terms = new HashSet<>(analysis.terms(text));
    terms.removeIf(background::common);
    return terms;
  }

  private WordCounts grown(String space, WordCounts known) {
    long head = pool.head(space);
    return head < known.sequence() || head > GROWTH * known.sequence()
        ? counted(head, pool.inStates(space, List.of(State.ACTIVE)))
        : known;
  }

  private WordCounts counted(long sequence, List<Experience> items) {
    Map<String, Map<String, Integer>> counts = new TreeMap<>();
    types.forEach(
        (type, description) ->
            count(
                counts.computeIfAbsent(type, any -> new HashMap<>()),
                type + " " + description,
                WEIGHT_OF_DESCRIPTION));
    for (Experience item : items) {
      Map<String, Integer> words = counts.get(item.lesson().type());
      if (words != null) {
        count(words, item.lesson().text(), 1);
      }
    }
    return WordCounts.of(sequence, counts);
  }

  private void count(Map<String, Integer> words, String text, int weight) {
    for (String term : analysis.terms(text)) {
      if (!background.common(term)) {
        words.merge(term, weight, Integer::sum);
      }
    }
  }
}
