package dev.hone.lab.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What holds of every environment. */
abstract class EnvironmentContract {

  private static final int MANY = 1_000;

  /** One whose episodes end, whatever is done, within a thousand steps. */
  abstract Environment environment();

  @Test
  void theSameSeedBeginsTheSameEpisode() {
    try (Environment environment = environment()) {
      Situation first = environment.reset(7);
      environment.reset(8);
      assertThat(environment.reset(7)).isEqualTo(first);
    }
  }

  @Test
  void anEpisodeEndsAndItsRewardsLieBetween0And1() {
    try (Environment environment = environment()) {
      Situation situation = environment.reset(7);
      for (int i = 0; i < MANY; i++) {
        Step step = environment.step(any(situation));
        step.reward().ifPresent(reward -> assertThat(reward).isBetween(0.0, 1.0));
        if (step.done()) {
          return;
        }
        situation = step.next();
      }
      throw new AssertionError("no end after " + MANY + " steps");
    }
  }

  @Test
  void aStepWithoutAnEpisodeIsRefused() {
    try (Environment environment = environment()) {
      assertThatThrownBy(() -> environment.step("x")).isInstanceOf(IllegalStateException.class);
      Situation situation = environment.reset(7);
      for (Step step = environment.step(any(situation));
          !step.done();
          step = environment.step(any(step.next()))) {
        assertThat(step.next().observation()).isNotBlank();
      }
      assertThatThrownBy(() -> environment.step("x")).isInstanceOf(IllegalStateException.class);
    }
  }

  private static String any(Situation situation) {
    return situation.actions().isEmpty() ? "x" : situation.actions().getLast();
  }
}
