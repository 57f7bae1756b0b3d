package dev.hone.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.port.LearningModel.Reply;
import dev.hone.testing.SettableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A model that was asked in vain is left alone for a while. */
class CircuitBreakerTest {

  private static final Reply YES = new Reply.Text("Yes.", 1);

  private final SettableClock clock = new SettableClock();
  private Reply next = YES;
  private int asked;
  private final CircuitBreaker breaker =
      new CircuitBreaker(
          (space, instructions, material) -> {
            asked++;
            return next;
          },
          clock);

  private Reply ask() {
    return breaker.ask("main", "instructions", "material");
  }

  private void busy(Duration retryAfter) {
    next = new Reply.Unavailable("busy", retryAfter);
  }

  @Test
  void nobodyAsksItUntilItsPauseIsOver() {
    busy(Duration.ofSeconds(7));
    assertThat(ask()).isEqualTo(next);
    clock.advance(Duration.ofSeconds(6));

    for (int i = 0; i < 5; i++) {
      assertThat(ask())
          .isEqualTo(
              new Reply.NotAsked(
                  "busy; it is asked again at 2026-01-01T00:00:07Z", Duration.ofSeconds(1)));
    }
    assertThat(asked).isEqualTo(1);

    clock.advance(Duration.ofSeconds(1));
    next = YES;
    assertThat(ask()).isEqualTo(YES);
    assertThat(ask()).isEqualTo(YES);
    assertThat(asked).isEqualTo(3);
  }

  @Test
  void thePauseDoublesWithEachFailureInARowUpToAnHour() {
    busy(Duration.ofMinutes(10));
    for (int minutes : new int[] {10, 20, 40, 60, 60}) {
      assertThat(ask()).isEqualTo(next);
      clock.advance(Duration.ofMinutes(minutes).minusMillis(1));
      assertThat(ask()).as("before %s minutes", minutes).isInstanceOf(Reply.NotAsked.class);
      clock.advance(Duration.ofMillis(1));
    }
    next = YES;
    ask();
    busy(Duration.ofMinutes(10));
    ask();
    clock.advance(Duration.ofMinutes(10));

    assertThat(ask()).as("it begins anew after an answer").isEqualTo(next);
  }

  @Test
  void itIsNeverAskedEarlierThanItsServerSays() {
    busy(Duration.ofHours(5));
    ask();
    clock.advance(Duration.ofHours(5).minusSeconds(1));

    assertThat(ask()).isInstanceOf(Reply.NotAsked.class);
  }

  @Test
  void aRequestThatIsRefusedSaysNothingOfOthers() {
    next = new Reply.Refused("HTTP status 400");
    ask();
    next = YES;

    assertThat(ask()).isEqualTo(YES);
  }
}
