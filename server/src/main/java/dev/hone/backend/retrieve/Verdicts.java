package dev.hone.backend.retrieve;

import dev.hone.experience.Experience;
import dev.hone.experience.Explanation;
import dev.hone.experience.Hit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** Says of the items that a search looked at what became of each. */
final class Verdicts {

  private final double floor;
  private final ToDoubleFunction<Experience> worth;
  private final List<Explanation.Considered> considered = new ArrayList<>();

  /**
   * @param searched a search of the types asked for
   * @param hits what it found, in order; absent where the asker may not see an item
   * @param wanted takes what is wanted of it
   * @param worth what an item's score is multiplied with; 0 where it is not found
   */
  Verdicts(
      SpaceIndex.Searched searched,
      List<Optional<Hit>> hits,
      double floor,
      Wanted wanted,
      ToDoubleFunction<Experience> worth) {
    this.floor = floor;
    this.worth = worth;
    for (int i = 0; i < hits.size(); i++) {
      if (hits.get(i).isPresent()) {
        add(searched, hits, i, verdict(hits.get(i).orElseThrow(), wanted));
      }
    }
  }

  private Explanation.Verdict verdict(Hit hit, Wanted wanted) {
    if (hit.coverage() < floor) {
      return Explanation.Verdict.BELOW_FLOOR;
    }
    if (worth.applyAsDouble(hit.experience()) == 0) {
      return Explanation.Verdict.DOUBTED;
    }
    return wanted.takes(hit) ? Explanation.Verdict.FOUND : Explanation.Verdict.BEYOND_LIMIT;
  }

  /** Adds what a search of all types found besides, if it would have been good enough. */
  void addOtherTypes(SpaceIndex.Searched searched, List<Optional<Hit>> hits, Set<String> types) {
    for (int i = 0; i < hits.size(); i++) {
      boolean other =
          hits.get(i)
              .filter(hit -> !types.contains(hit.experience().lesson().type()))
              .filter(hit -> hit.coverage() >= floor)
              .isPresent();
      if (other) {
        add(searched, hits, i, Explanation.Verdict.OTHER_TYPE);
      }
    }
  }

  private void add(
      SpaceIndex.Searched searched,
      List<Optional<Hit>> hits,
      int place,
      Explanation.Verdict verdict) {
    hits.get(place)
        .ifPresent(
            hit ->
                considered.add(
                    new Explanation.Considered(
                        hit,
                        searched.matched().get(place),
                        worth.applyAsDouble(hit.experience()),
                        verdict)));
  }

  /** What was found first, then the rest, best first. */
  List<Explanation.Considered> considered() {
    return considered.stream()
        .sorted(
            Comparator.comparing(
                    (Explanation.Considered each) -> each.verdict() != Explanation.Verdict.FOUND)
                .thenComparing(
                    Comparator.comparingDouble(
                            (Explanation.Considered each) -> each.hit().score() * each.worth())
                        .reversed()))
        .toList();
  }
}
