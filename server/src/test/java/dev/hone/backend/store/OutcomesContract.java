package dev.hone.backend.store;

import static dev.hone.testing.Samples.ANN;
import static dev.hone.testing.Samples.SPACE;
import static dev.hone.testing.Samples.START;
import static dev.hone.testing.Samples.answered;
import static dev.hone.testing.Samples.assistant;
import static dev.hone.testing.Samples.correction;
import static dev.hone.testing.Samples.fact;
import static dev.hone.testing.Samples.opening;
import static dev.hone.testing.Samples.scope;
import static dev.hone.testing.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.experience.Change;
import dev.hone.experience.Commit;
import dev.hone.experience.Episode;
import dev.hone.experience.EpisodeState;
import dev.hone.experience.Evidence;
import dev.hone.experience.Interaction;
import dev.hone.experience.Outcome;
import dev.hone.experience.Receipt;
import dev.hone.experience.Role;
import dev.hone.experience.Scope;
import dev.hone.experience.State;
import dev.hone.port.Episodes;
import dev.hone.port.Journal;
import dev.hone.port.Pool;
import dev.hone.testing.Samples;
import dev.hone.testing.Stores;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link Journal} does with outcomes, and what its receipts say of learning. */
abstract class OutcomesContract {

  private static final Scope MINE = scope(SPACE, ANN);

  abstract Stores stores();

  private Journal journal() {
    return stores().journal();
  }

  private Receipt.Learning learning() {
    return journal().receipt(SPACE, ANN, "i1").orElseThrow().learning();
  }

  private Episode closed() {
    return stores().closedEpisode("e1", "i1", MINE);
  }

  private void correct() {
    journal().outcome(SPACE, correction("o1", "i1", ANN, "Six."));
  }

  private void learn(Episode episode) {
    stores()
        .pool()
        .apply(
            new Pool.ChangeSet(
                SPACE,
                Commit.Kind.DISTILL,
                "test",
                "test",
                List.of(
                    new Change.Add(
                        "item",
                        fact("legs of insects", "Six."),
                        State.ACTIVE,
                        ANN,
                        List.of(new Evidence("i1", Role.USER, "question i1", ANN)),
                        List.of())),
                episode));
  }

  @Test
  void anOutcomeBelongsToItsInteraction() {
    closed();
    correct();

    assertThat(journal().interaction(SPACE, "i1").orElseThrow().outcomes())
        .containsExactly(correction("o1", "i1", ANN, "Six."));
  }

  @Test
  void anOutcomeWithoutAMeasureHasNone() {
    closed();
    var words = new Outcome("o1", "i1", "comment", null, null, "Nice.", "bob", Samples.START);
    journal().outcome(SPACE, words);

    assertThat(journal().interaction(SPACE, "i1").orElseThrow().outcomes()).containsExactly(words);
  }

  @Test
  void anOutcomeNamedFromAnotherSpaceIsNotSeen() {
    closed();
    journal().outcome("other", correction("o1", "i1", "mallory", "Seven."));

    assertThat(journal().interaction(SPACE, "i1").orElseThrow().outcomes()).isEmpty();
  }

  @Test
  void aLateOutcomeMakesALearnedEpisodeWaitAgainAsItsNextRevision() {
    learn(closed());
    correct();

    assertThat(learning())
        .isEqualTo(new Receipt.Learning.InEpisode("e1", 2, EpisodeState.CLOSED, ""));
    Episode again = stores().episodes().due(Samples.START).orElseThrow();
    assertThat(again.revision()).isEqualTo(2);
    assertThat(again.interactions().getLast().outcomes()).hasSize(1);
  }

  @Test
  void anOutcomeThatIsToldTwiceIsLearnedFromOnce() {
    closed();
    correct();
    Episode second = stores().episodes().due(START).orElseThrow();
    assertThat(second.revision()).isEqualTo(2);
    stores().episodes().nothingLearned(second, "small talk");

    correct();

    assertThat(stores().episodes().due(START)).isEmpty();
    assertThat(stores().episodes().summary(SPACE, "e1").orElseThrow())
        .extracting(Episodes.Summary::revision, Episodes.Summary::note)
        .containsExactly(2, "small talk");
  }

  @Test
  void anOutcomeInTimeMakesNoNewRevision() {
    journal().recorded(opening("i1", MINE, user("?")), answered(assistant("!")), List.of());
    Interaction taken = journal().interaction(SPACE, "i1").orElseThrow();
    stores().episodes().put(List.of(new Episodes.Place("e1", taken)));
    correct();

    assertThat(learning())
        .isEqualTo(new Receipt.Learning.InEpisode("e1", 1, EpisodeState.OPEN, ""));
  }

  @Test
  void anOutcomeDuringDistillationIsLearnedFromAndTheOldRevisionIsVoid() {
    Episode distilled = closed();
    correct();
    learn(distilled);
    stores().episodes().nothingLearned(distilled, "nobody judged it");
    stores().episodes().fail(distilled, "unreadable", "{");

    assertThat(stores().pool().head(SPACE)).isZero();
    Episode again = stores().episodes().due(Samples.START).orElseThrow();
    assertThat(again.revision()).isEqualTo(2);
    assertThat(again.interactions().getLast().outcomes()).hasSize(1);
  }

  @Test
  void anOutcomeGivesAFailedEpisodeAnotherChance() {
    stores().episodes().fail(closed(), "unreadable", "raw");
    correct();

    assertThat(learning())
        .isEqualTo(new Receipt.Learning.InEpisode("e1", 2, EpisodeState.CLOSED, ""));
  }

  @Test
  void anOutcomeFromAnotherSpaceDoesNotWakeAnEpisode() {
    learn(closed());
    journal().outcome("other", correction("o1", "i1", "mallory", "Seven."));

    assertThat(learning()).isInstanceOf(Receipt.Learning.Distilled.class);
  }

  @Test
  void aReceiptSaysThatAnInteractionWaits() {
    journal().recorded(opening("i1", MINE, user("?")), answered(assistant("!")), List.of());

    assertThat(learning()).isEqualTo(new Receipt.Learning.Waiting());
  }

  @Test
  void aReceiptNamesTheItemsThatRestOnTheInteraction() {
    learn(closed());

    assertThat(learning()).isEqualTo(new Receipt.Learning.Distilled("e1", 1, List.of("item")));
  }

  @Test
  void aReceiptSaysWhyNothingWasLearned() {
    stores().episodes().nothingLearned(closed(), "nobody judged it");

    assertThat(learning()).isEqualTo(new Receipt.Learning.Nothing("e1", 1, "nobody judged it"));
  }

  @Test
  void aReceiptSaysWhyLearningFailed() {
    stores().episodes().fail(closed(), "unreadable", "{");

    assertThat(learning()).isEqualTo(new Receipt.Learning.Failed("e1", 1, "unreadable"));
  }

  @Test
  void anOutcomeNamedInAnotherSpaceIsNobodys() {
    learn(closed());

    journal().outcome("elsewhere", correction("o1", "i1", ANN, "Eight."));

    assertThat(journal().interaction(SPACE, "i1").orElseThrow().outcomes()).isEmpty();
    assertThat(stores().episodes().episode(SPACE, "e1").orElseThrow().revision()).isEqualTo(1);
    assertThat(learning()).isInstanceOf(Receipt.Learning.Distilled.class);
  }

  @Test
  void whatIsLearnedInAnotherSpaceLeavesTheEpisodeAsItIs() {
    Episode episode = closed();

    assertThat(
            stores()
                .pool()
                .apply(
                    new Pool.ChangeSet(
                        "elsewhere", Commit.Kind.DISTILL, "test", "test", List.of(), episode)))
        .isEmpty();

    assertThat(learning()).isInstanceOf(Receipt.Learning.InEpisode.class);
  }
}
