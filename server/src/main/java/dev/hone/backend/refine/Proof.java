package dev.hone.backend.refine;

import dev.hone.experience.Experience;
import dev.hone.experience.Hit;
import dev.hone.experience.Lesson;
import dev.hone.experience.Limits;
import dev.hone.experience.Query;
import dev.hone.port.Retriever;
import dev.hone.similarity.Facts;
import dev.hone.similarity.Sameness;
import dev.hone.similarity.Scoring;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a condensation must show before it replaces anything: the child keeps the numbers, names and
 * negations of every parent, those of its content in the content and those of its situation
 * anywhere; negates only what a parent negates; and is retrieved for the situations that its
 * parents served.
 */
final class Proof {

  private static final int MOST_QUERIES = 20;

  /** The verdict, with what was checked. */
  record Verdict(boolean holds, String statement) {}

  private final Retriever retriever;
  private final Sameness sameness;
  private final Limits limits;
  private final double floor;

  Proof(Retriever retriever, Sameness sameness, Limits limits, double floor) {
    this.retriever = retriever;
    this.sameness = sameness;
    this.limits = limits;
    this.floor = floor;
  }

  Verdict check(String space, List<Experience> parents, Lesson child, Scoring scoring) {
    for (Experience parent : parents) {
      if (!keeps(child, parent.lesson())) {
        return new Verdict(
            false, "the child loses a number, name or negation of item " + parent.id());
      }
    }
    List<Facts> known =
        parents.stream().map(parent -> sameness.facts(parent.lesson().text())).toList();
    if (!sameness.facts(child.text()).negateOnlyWhatIsNegatedIn(known)) {
      return new Verdict(false, "the child negates what no item negates");
    }
    Set<String> ids = parents.stream().map(Experience::id).collect(Collectors.toSet());
    int limit = Math.max(1, limits.of(child.type()));
    List<Experience> asked = parents.subList(0, Math.min(MOST_QUERIES, parents.size()));
    for (Experience parent : asked) {
      String situation = parent.lesson().when();
      Scoring.Score own = scoring.score(situation, child.text());
      long better =
          retriever
              .retrieve(
                  new Query(
                      space,
                      parent.owner(),
                      situation,
                      Set.of(child.type()),
                      Query.HEAD,
                      limit,
                      ids))
              .stream()
              .map(Hit::experience)
              .filter(
                  other -> scoring.score(situation, other.lesson().text()).value() > own.value())
              .count();
      if (better >= limit || own.coverage() < floor) {
        return new Verdict(
            false, "the child is not retrieved for the situation of item " + parent.id());
      }
    }
    return new Verdict(
        true,
        "keeps the numbers, names and negations of "
            + parents.size()
            + " items; retrieved for "
            + asked.size()
            + " of their situations");
  }

  private boolean keeps(Lesson child, Lesson parent) {
    return sameness.facts(child.content()).keep(sameness.facts(parent.content()))
        && sameness.facts(child.text()).keep(sameness.facts(parent.text()));
  }
}
