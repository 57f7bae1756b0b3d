package dev.hone.port;

import dev.hone.experience.Draft;
import dev.hone.experience.Episode;
import java.time.Duration;
import java.util.List;

/** Turns an episode into lessons. */
public interface Distiller {

  /** What came of it. */
  sealed interface Distillation {

    /**
     * Lessons, at least one.
     *
     * @param rejected of each other lesson that was claimed, its title and why it was turned down
     */
    record Lessons(List<Draft> drafts, List<String> rejected) implements Distillation {}

    /**
     * Nothing to learn: a normal result.
     *
     * @param rejected of each lesson that was claimed, its title and why it was turned down; empty
     *     when none was
     */
    record Nothing(String why, List<String> rejected) implements Distillation {

      /** No lesson was claimed. */
      public Nothing(String why) {
        this(why, List.of());
      }
    }

    /** The model's answer cannot be read, also not after one repair. */
    record Unreadable(String why, String raw) implements Distillation {}

    /** Tried in vain: try again after this time, later each time. */
    record Later(String why, Duration after) implements Distillation {}

    /** Not tried, and nothing of its space can be: its turn comes after this time. */
    record Waits(String why, Duration until) implements Distillation {}
  }

  Distillation distill(Episode episode);
}
