package dev.hone.backend.store;

import static dev.hone.testing.Samples.ANN;
import static dev.hone.testing.Samples.SPACE;
import static dev.hone.testing.Samples.START;
import static dev.hone.testing.Samples.scope;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.experience.Episode;
import dev.hone.experience.EpisodeState;
import dev.hone.experience.Interaction;
import dev.hone.experience.Receipt;
import dev.hone.port.Episodes;
import dev.hone.testing.Samples;
import dev.hone.testing.Stores;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How episodes of every {@link Episodes} wait for their turn, and are distilled again. */
abstract class DeferralsContract {

  private static final Instant TOMORROW = START.plus(Duration.ofDays(1));

  abstract Stores stores();

  private Episodes episodes() {
    return stores().episodes();
  }

  private Episode closed() {
    return stores().closedEpisode("e1", "i1", scope(SPACE, ANN));
  }

  private Episodes.Summary summary() {
    return episodes().list(SPACE, ANN, null, null, 10).getFirst();
  }

  @Test
  void aDeferredEpisodeIsDueThenAndSaysWhyUntilThen() {
    closed();
    episodes().defer(SPACE, "the budget is spent", TOMORROW);

    assertThat(episodes().due(TOMORROW)).isEmpty();
    assertThat(episodes().due(TOMORROW.plusMillis(1))).isPresent();
    assertThat(summary().state()).isEqualTo(EpisodeState.CLOSED);
    assertThat(summary().note()).isEqualTo("the budget is spent");
    assertThat(stores().journal().receipt(SPACE, ANN, "i1").orElseThrow().learning())
        .isEqualTo(
            new Receipt.Learning.InEpisode("e1", 1, EpisodeState.CLOSED, "the budget is spent"));
  }

  @Test
  void deferringIsNoAttempt() {
    Episode episode = closed();
    for (int i = 0; i < 10; i++) {
      episodes().defer(SPACE, "not yet", START);
    }
    episodes().postpone(episode, "tried in vain", START, Duration.ofSeconds(1));

    assertThat(episodes().due(START.plusSeconds(1))).as("the first attempt").isPresent();
  }

  @Test
  void allThatIsClosedInTheSpaceIsDeferredAndNothingElse() {
    stores().closedEpisode("learned", "i0", scope(SPACE, ANN));
    episodes().nothingLearned(episodes().episode(SPACE, "learned").orElseThrow(), "small talk");
    stores().closedEpisode("e1", "i1", scope(SPACE, ANN));
    stores().closedEpisode("e2", "i2", scope(SPACE, "bob"));
    stores().closedEpisode("e3", "i3", scope("elsewhere", ANN));

    episodes().defer(SPACE, "the budget is spent", TOMORROW);

    assertThat(episodes().due(TOMORROW)).map(Episode::id).contains("e3");
    episodes().nothingLearned(episodes().due(TOMORROW).orElseThrow(), "small talk");
    assertThat(episodes().due(TOMORROW)).isEmpty();
    assertThat(episodes().waitingSince(TOMORROW)).as("what is deferred does not wait").isEmpty();
    assertThat(episodes().waitingSince(TOMORROW.plusMillis(1))).contains(START);
    assertThat(episodes().summary(SPACE, "learned").orElseThrow().note()).isEqualTo("small talk");
  }

  @Test
  void whatIsPutOffForLongerIsNotDueSooner() {
    Instant later = TOMORROW.plusSeconds(60);
    episodes().postpone(closed(), "tried in vain", TOMORROW, Duration.ofSeconds(60));

    episodes().defer(SPACE, "the budget is spent", TOMORROW);

    assertThat(episodes().due(later.minusMillis(1))).isEmpty();
    assertThat(episodes().due(later)).isPresent();
  }

  @Test
  void whatWasDeferredComesBeforeWhatWasClosedLater() {
    Interaction kept = interaction("i9");
    stores().closedEpisode("e8", "i8", scope(SPACE, ANN));
    episodes().put(List.of(new Episodes.Place("e1", kept)));
    episodes().defer(SPACE, "the budget is spent", TOMORROW);
    episodes().close(List.of("e1"), TOMORROW.plusSeconds(1));

    assertThat(episodes().due(TOMORROW.plusSeconds(2))).map(Episode::id).contains("e8");
  }

  private Interaction interaction(String id) {
    stores()
        .journal()
        .recorded(
            Samples.opening(id, scope(SPACE, ANN), Samples.user("question")),
            Samples.answered(Samples.assistant("answer")),
            List.of());
    return stores().journal().interaction(SPACE, id).orElseThrow();
  }

  @Test
  void anEpisodeIsDistilledAgainAsANewRevisionWhateverCameOfIt() {
    Episode first = closed();
    episodes().fail(first, "unreadable", "Hm.");

    assertThat(episodes().again(SPACE, "e1")).contains(2);

    Episode second = episodes().due(START).orElseThrow();
    assertThat(second.revision()).isEqualTo(2);
    assertThat(summary().note()).isNull();
    assertThat(summary().raw()).isNull();
    episodes().nothingLearned(second, "dull");
    assertThat(episodes().again(SPACE, "e1")).contains(3);
  }

  @Test
  void whatIsInAnotherSpaceOrNowhereIsNotDistilledAgain() {
    closed();
    assertThat(episodes().again("elsewhere", "e1")).isEmpty();
    assertThat(episodes().again(SPACE, "e9")).isEmpty();
    assertThat(episodes().again(SPACE, "e1")).contains(2);
  }
}
