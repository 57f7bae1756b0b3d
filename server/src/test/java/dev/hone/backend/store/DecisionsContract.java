package dev.hone.backend.store;

import static dev.hone.testing.Samples.ANN;
import static dev.hone.testing.Samples.SPACE;
import static dev.hone.testing.Samples.correction;
import static dev.hone.testing.Samples.fact;
import static dev.hone.testing.Samples.judged;
import static dev.hone.testing.Samples.scope;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.experience.Change;
import dev.hone.experience.Commit;
import dev.hone.experience.Decision;
import dev.hone.experience.Episode;
import dev.hone.experience.Receipt;
import dev.hone.experience.State;
import dev.hone.port.Pool;
import dev.hone.testing.Samples;
import dev.hone.testing.Stores;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every {@link Pool} keeps what became of each draft, and why. */
abstract class DecisionsContract {

  private static final Decision ADDED =
      new Decision(Decision.Made.ADD_NEW, "a", "legs", "nothing like it is known");
  private static final Decision TURNED_DOWN = Decision.turnedDown("unsupported quote");

  abstract Stores stores();

  private Pool pool() {
    return stores().pool();
  }

  private Episode closed(String episode) {
    return stores()
        .closedEpisode(
            episode,
            "i-" + episode,
            scope(SPACE, ANN),
            correction("o-" + episode, "i-" + episode, ANN, "yes"));
  }

  private void learn(Episode episode, List<Change> changes, Decision... decisions) {
    pool()
        .apply(
            new Pool.ChangeSet(
                SPACE, Commit.Kind.DISTILL, "test", "why", changes, episode, List.of(decisions)));
  }

  private static Change add(String id) {
    return new Change.Add(
        id,
        fact("when", "what"),
        State.ACTIVE,
        ANN,
        List.of(judged("i-e1", ANN, "yes")),
        List.of());
  }

  private static List<Decision> made(List<Pool.Decided> decided) {
    return decided.stream().map(Pool.Decided::decision).toList();
  }

  @Test
  void theDecisionsOfAnEpisodeAreKeptInTheirOrder() {
    learn(closed("e1"), List.of(add("a")), ADDED, TURNED_DOWN);

    assertThat(made(pool().decisions(SPACE, "e1"))).containsExactly(ADDED, TURNED_DOWN);
    assertThat(pool().decisions(SPACE, "e1").getFirst())
        .isEqualTo(new Pool.Decided("e1", 1, 0, Samples.START, ADDED));
    assertThat(pool().decisions("other", "e1")).isEmpty();
  }

  @Test
  void theDecisionsAboutAnItemAreToldByTheNewestEpisode() {
    Decision reinforced = new Decision(Decision.Made.REINFORCE, "a", "legs", "says the same");
    learn(closed("e1"), List.of(add("a")), ADDED, TURNED_DOWN);
    learn(closed("e2"), List.of(), reinforced);

    assertThat(made(pool().decisionsAbout(SPACE, "a"))).containsExactly(reinforced, ADDED);
    assertThat(pool().decisionsAbout("other", "a")).isEmpty();
  }

  @Test
  void whatWasLearnedBeforeIsNotDecidedAgain() {
    Episode episode = closed("e1");
    learn(episode, List.of(add("a")), ADDED);
    learn(episode, List.of(add("b")), TURNED_DOWN);

    assertThat(made(pool().decisions(SPACE, "e1"))).containsExactly(ADDED);
  }

  @Test
  void theReceiptSaysWhyNothingWasLearned() {
    learn(closed("e1"), List.of(), TURNED_DOWN);

    assertThat(stores().journal().receipt(SPACE, ANN, "i-e1").orElseThrow().learning())
        .isEqualTo(new Receipt.Learning.Nothing("e1", 1, "unsupported quote"));
  }
}
