package dev.hone.model;

import dev.hone.port.LearningModel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Leaves a model alone that was asked in vain, whoever wants to ask it, until its pause is over.
 * The pause is what the model (or its server) said, doubled with each failure in a row up to an
 * hour; never shorter than what was said.
 */
public final class CircuitBreaker implements LearningModel {

  private static final Duration LONGEST = Duration.ofHours(1);
  private static final int MOST_DOUBLINGS = 20;

  private final LearningModel model;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private int failures;
  private Instant closedAgain = Instant.MIN;
  private String why = "";

  public CircuitBreaker(LearningModel model, InstantSource clock) {
    this.model = model;
    this.clock = clock;
  }

  @Override
  public Reply ask(String space, String instructions, String material) {
    lock.lock();
    try {
      Instant now = clock.instant();
      if (now.isBefore(closedAgain)) {
        return new Reply.NotAsked(
            why + "; it is asked again at " + closedAgain, Duration.between(now, closedAgain));
      }
    } finally {
      lock.unlock();
    }
    Reply reply = model.ask(space, instructions, material);
    note(reply);
    return reply;
  }

  private void note(Reply reply) {
    lock.lock();
    try {
      if (reply instanceof Reply.Unavailable unavailable) {
        closedAgain = clock.instant().plus(pause(unavailable.retryAfter(), failures));
        why = unavailable.why();
        failures++;
      } else {
        failures = 0;
      }
    } finally {
      lock.unlock();
    }
  }

  private static Duration pause(Duration said, int failuresBefore) {
    if (said.compareTo(LONGEST) >= 0) {
      return said;
    }
    Duration doubled = said.multipliedBy(1L << Math.min(failuresBefore, MOST_DOUBLINGS));
    return doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
  }
}
