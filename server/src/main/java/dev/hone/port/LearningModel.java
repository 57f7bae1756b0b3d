package dev.hone.port;

import java.time.Duration;

/** The model that learns: distills and condenses. It may be another than the one that answers. */
public interface LearningModel {

  /** What the model said. */
  sealed interface Reply {

    /** Its text. */
    record Text(String text) implements Reply {}

    /** It cannot be asked now. */
    record Unavailable(String why, Duration retryAfter) implements Reply {}
  }

  /**
   * Asks for one JSON document.
   *
   * @param instructions the same for every call of its kind, so that providers can cache them
   * @param material what to work on
   */
  Reply ask(String instructions, String material);
}
