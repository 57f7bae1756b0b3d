package dev.hone.frontend.distill;

import dev.hone.experience.Episode;
import dev.hone.experience.Interaction;
import dev.hone.experience.Outcome;
import java.util.List;

/** What people and environments made of what was done. */
final class Judgement {

  private Judgement() {}

  /**
   * The outcomes of an interaction that stand. Of each principal the last correction counts. A
   * judgement is taken back by the opposite one by the same metric, a correction also by a
   * judgement that the answer was right after all.
   */
  static List<Outcome> standing(Interaction interaction) {
    return interaction.outcomes().stream().filter(each -> !saidAnew(interaction, each)).toList();
  }

  private static boolean saidAnew(Interaction interaction, Outcome outcome) {
    int index = interaction.outcomes().indexOf(outcome);
    return interaction.outcomes().stream()
        .skip(index + 1L)
        .filter(later -> later.principal().equals(outcome.principal()))
        .anyMatch(
            later ->
                outcome.correction() == null
                    ? outcome.value() != null
                        && later.value() != null
                        && later.metric().equals(outcome.metric())
                        && later.positive() != outcome.positive()
                    : later.correction() != null
                        || (later.positive() && later.metric().equals(outcome.metric())));
  }

  /** Whether something stands that calls one of these good. */
  static boolean praises(List<Interaction> interactions) {
    return interactions.stream()
        .flatMap(each -> standing(each).stream())
        .anyMatch(Outcome::positive);
  }

  /** Whether something stands that calls one of these bad. */
  static boolean blames(List<Interaction> interactions) {
    return interactions.stream()
        .flatMap(each -> standing(each).stream())
        .anyMatch(Outcome::negative);
  }

  /** The conversations of an episode, each in its order. */
  static List<List<Interaction>> conversations(Episode episode) {
    return episode.interactions().stream()
        .map(Interaction::conversation)
        .distinct()
        .map(
            conversation ->
                episode.interactions().stream()
                    .filter(each -> each.conversation().equals(conversation))
                    .toList())
        .toList();
  }
}
