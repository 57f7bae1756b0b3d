package dev.hone.backend.refine;

import dev.hone.experience.Experience;
import dev.hone.experience.Lesson;
import dev.hone.port.Condenser;
import dev.hone.similarity.Analysis;
import dev.hone.similarity.Background;
import dev.hone.similarity.Sameness;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The built-in condenser: no language model, it only selects. Items that say the same become one;
 * it keeps the content of the one with most support, and of the situations those that add words of
 * their own.
 */
public final class ExtractiveCondenser implements Condenser {

  private static final int MOST_SITUATIONS = 3;
  private static final double NEW_WORDS = 0.34;

  private final Analysis analysis;
  private final Background background;
  private final Sameness sameness;

  public ExtractiveCondenser(Analysis analysis, Background background) {
    this.analysis = analysis;
    this.background = background;
    this.sameness = new Sameness(analysis, background);
  }

  @Override
  public Condensed condense(List<Experience> group) {
    List<List<Experience>> same = new ArrayList<>();
    for (Experience item : group) {
      same.stream()
          .filter(
              part -> sameness.same(part.getFirst().lesson().content(), item.lesson().content()))
          .findFirst()
          .orElseGet(
              () -> {
                List<Experience> part = new ArrayList<>();
                same.add(part);
                return part;
              })
          .add(item);
    }
    return new Condensed.Made(
        same.stream()
            .filter(part -> part.size() > 1)
            .map(part -> new Condensation(part, child(part)))
            .toList());
  }

  private Lesson child(List<Experience> parents) {
    Lesson best =
        parents.stream()
            .max(
                Comparator.comparingInt(Experience::support)
                    .thenComparingInt(item -> item.lesson().content().length())
                    .thenComparing(Experience::id, Comparator.reverseOrder()))
            .orElseThrow()
            .lesson();
    List<String> situations = new ArrayList<>(List.of(best.when()));
    Set<String> words = telling(best.when());
    for (Experience parent : parents) {
      Set<String> others = telling(parent.lesson().when());
      long added = others.stream().filter(word -> !words.contains(word)).count();
      if (situations.size() < MOST_SITUATIONS && added > NEW_WORDS * others.size()) {
        situations.add(parent.lesson().when());
        words.addAll(others);
      }
    }
    return new Lesson(
        best.title(), String.join(" / ", situations), best.content(), best.kind(), best.type());
  }

  private Set<String> telling(String text) {
    Set<String> terms = new HashSet<>(analysis.terms(text));
    terms.removeIf(background::common);
    return terms;
  }
}
