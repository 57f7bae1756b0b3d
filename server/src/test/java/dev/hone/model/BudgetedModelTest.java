package dev.hone.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.port.LearningModel.Reply;
import dev.hone.testing.FakeSpending;
import dev.hone.testing.Samples;
import dev.hone.testing.SettableClock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** A model is asked as long as the day's tokens last. */
class BudgetedModelTest {

  private static final LocalDate TODAY = LocalDate.ofInstant(Samples.START, ZoneOffset.UTC);

  private final SettableClock clock = new SettableClock();
  private final FakeSpending spending = new FakeSpending();
  private Reply next = new Reply.Text("Yes.", 40);
  private int asked;

  private Reply ask(long budget, String space) {
    return new BudgetedModel(
            (inSpace, instructions, material) -> {
              asked++;
              return next;
            },
            spending,
            clock,
            budget)
        .ask(space, "instructions", "material");
  }

  @Test
  void itIsAskedUntilTheTokensAreSpentAndAgainOnTheNextDay() {
    clock.advance(Duration.ofHours(20));
    assertThat(ask(50, "main")).isEqualTo(next);
    assertThat(ask(50, "main")).as("10 tokens were left").isEqualTo(next);

    assertThat(ask(50, "main"))
        .isEqualTo(
            new Reply.NotAsked(
                "the budget of 50 tokens a day is spent; learning goes on at 2026-01-02T00:00:00Z",
                Duration.ofHours(4)));
    assertThat(asked).isEqualTo(2);

    clock.advance(Duration.ofHours(4));
    assertThat(ask(50, "main")).isEqualTo(next);
  }

  @Test
  void eachSpaceHasItsOwnBudget() {
    ask(40, "main");

    assertThat(ask(40, "main")).isInstanceOf(Reply.NotAsked.class);
    assertThat(ask(40, "other")).isEqualTo(next);
  }

  @Test
  void withoutALimitItKeepsAccountAllTheSame() {
    ask(0, "main");
    ask(0, "main");

    assertThat(spending.on("main", TODAY).calls()).isEqualTo(2);
    assertThat(spending.on("main", TODAY).tokens()).isEqualTo(80);
  }

  @Test
  void whatIsNotAnsweredCostsNothing() {
    next = new Reply.Unavailable("busy", Duration.ofSeconds(1));
    assertThat(ask(50, "main")).isEqualTo(next);
    next = new Reply.Refused("HTTP status 400");
    assertThat(ask(50, "main")).isEqualTo(next);

    assertThat(spending.on("main", TODAY).tokens()).isZero();
  }
}
