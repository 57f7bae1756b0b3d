package dev.hone.backend.refine;

import dev.hone.experience.Experience;
import dev.hone.port.Condenser;
import dev.hone.similarity.Sameness;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A condenser that takes similar items for the same, as refinement without a proof does: the whole
 * group becomes the one of its items whose content most of them say; among equals the best
 * supported, then the oldest.
 */
public final class RepresentativeCondenser implements Condenser {

  private final Sameness sameness;

  public RepresentativeCondenser(Sameness sameness) {
    this.sameness = sameness;
  }

  @Override
  public Condensed condense(List<Experience> group) {
    Map<String, Long> said =
        group.stream()
            .map(this::content)
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    Experience representative =
        group.stream()
            .max(
                Comparator.comparingLong((Experience item) -> said.getOrDefault(content(item), 0L))
                    .thenComparingInt(Experience::support)
                    .thenComparing(Experience::id, Comparator.reverseOrder()))
            .orElseThrow();
    return new Condensed.Made(List.of(new Condensation(group, representative.lesson())));
  }

  private String content(Experience item) {
    return sameness.key(item.lesson().content());
  }
}
