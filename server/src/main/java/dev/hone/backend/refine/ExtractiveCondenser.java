package dev.hone.backend.refine;

import dev.hone.experience.Experience;
import dev.hone.experience.Lesson;
import dev.hone.port.Condenser;
import dev.hone.similarity.Analysis;
import dev.hone.similarity.Background;
import dev.hone.similarity.Facts;
import dev.hone.similarity.Sameness;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The built-in condenser: no language model, it only selects. Items that say the same become one;
 * it keeps the content of the one with most support, and of the situations those whose facts would
 * be lost, then those that add words of their own.
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
    return new Condensed.Made(same.stream().flatMap(part -> condensed(part).stream()).toList());
  }

  /** What the situations of one child cannot keep goes into another, or stays as it is. */
  private List<Condensation> condensed(List<Experience> same) {
    List<Condensation> condensations = new ArrayList<>();
    List<Experience> left = new ArrayList<>(same);
    while (left.size() > 1) {
      Condensation made = next(left);
      left.removeAll(made.parents());
      if (made.parents().size() > 1) {
        condensations.add(made);
      }
    }
    return condensations;
  }

  private Condensation next(List<Experience> same) {
    Experience best =
        same.stream()
            .max(
                Comparator.comparingInt(Experience::support)
                    .thenComparingInt(item -> item.lesson().content().length())
                    .thenComparing(Experience::id, Comparator.reverseOrder()))
            .orElseThrow();
    Set<Experience> parents = new LinkedHashSet<>(Set.of(best));
    Lesson child = best.lesson();
    int situations = 1;
    for (Experience item : same) {
      Lesson wider = widened(child, item);
      if (keeps(child, Set.of(item))) {
        parents.add(item);
      } else if (situations < MOST_SITUATIONS
          && keeps(wider, Set.of(item))
          && keeps(wider, parents)) {
        parents.add(item);
        child = wider;
        situations++;
      }
    }
    for (Experience parent : parents) {
      Lesson wider = widened(child, parent);
      if (situations < MOST_SITUATIONS
          && addsWords(parent.lesson().when(), child.when())
          && keeps(wider, parents)) {
        child = wider;
        situations++;
      }
    }
    return new Condensation(same.stream().filter(parents::contains).toList(), child);
  }

  private static Lesson widened(Lesson child, Experience parent) {
    return new Lesson(
        child.title(),
        child.when() + " / " + parent.lesson().when(),
        child.content(),
        child.kind(),
        child.type());
  }

  /** Whether no number, name or negation of these is lost in the child. */
  private boolean keeps(Lesson child, Set<Experience> parents) {
    Facts kept = sameness.facts(child.text());
    return parents.stream().allMatch(each -> kept.keep(sameness.facts(each.lesson().text())));
  }

  private boolean addsWords(String situation, String known) {
    Set<String> words = telling(situation);
    Set<String> added = new HashSet<>(words);
    added.removeAll(telling(known));
    return added.size() > NEW_WORDS * words.size();
  }

  private Set<String> telling(String text) {
    Set<String> terms = new HashSet<>(analysis.terms(text));
    terms.removeIf(background::common);
    return terms;
  }
}
