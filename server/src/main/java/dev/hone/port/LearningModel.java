package dev.hone.port;

import java.time.Duration;

/** The model that learns: distills and condenses. It may be another than the one that answers. */
public interface LearningModel {

  /** What came of asking. */
  sealed interface Reply {

    /**
     * What the model said.
     *
     * @param tokens what question and answer cost together: as the model says, else estimated
     */
    record Text(String text, int tokens) implements Reply {}

    /** It was asked in vain: rate-limited, unreachable, too slow. */
    record Unavailable(String why, Duration retryAfter) implements Reply {}

    /** It was not asked: its pause is not over, or the budget is spent until then. */
    record NotAsked(String why, Duration until) implements Reply {}

    /** It does not take this very request, however often it is asked. */
    record Refused(String why) implements Reply {}
  }

  /**
   * Asks for one JSON document.
   *
   * @param space the pool that learns, whose budget it is
   * @param instructions the same for every call of its kind, so that providers can cache them
   * @param material what to work on
   */
  Reply ask(String space, String instructions, String material);
}
