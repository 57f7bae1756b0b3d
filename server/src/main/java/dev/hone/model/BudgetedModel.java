package dev.hone.model;

import dev.hone.port.LearningModel;
import dev.hone.port.Spending;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Asks a model as long as the day's tokens last, in each space by itself, and keeps account. The
 * last call of a day may cost more than was left: what it will cost is not known before. Days begin
 * at midnight UTC.
 */
public final class BudgetedModel implements LearningModel {

  private final LearningModel model;
  private final Spending spending;
  private final InstantSource clock;
  private final long tokens;

  /**
   * @param tokens per day and space; 0 for no limit
   */
  public BudgetedModel(LearningModel model, Spending spending, InstantSource clock, long tokens) {
    this.model = model;
    this.spending = spending;
    this.clock = clock;
    this.tokens = tokens;
  }

  @Override
  public Reply ask(String space, String instructions, String material) {
    Instant now = clock.instant();
    LocalDate day = LocalDate.ofInstant(now, ZoneOffset.UTC);
    if (tokens > 0 && spending.on(space, day).tokens() >= tokens) {
      Instant tomorrow = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
      return new Reply.NotAsked(
          "the budget of " + tokens + " tokens a day is spent; learning goes on at " + tomorrow,
          Duration.between(now, tomorrow));
    }
    Reply reply = model.ask(space, instructions, material);
    if (reply instanceof Reply.Text text) {
      spending.add(space, day, Spending.Cost.call(text.tokens()));
    }
    return reply;
  }
}
