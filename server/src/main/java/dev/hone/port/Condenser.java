package dev.hone.port;

import dev.hone.experience.Experience;
import dev.hone.experience.Lesson;
import java.util.List;

/** Makes one lesson out of several similar ones. */
public interface Condenser {

  /** Some of the items, and the lesson that says what they say. */
  record Condensation(List<Experience> parents, Lesson child) {}

  /** What came of a group. */
  sealed interface Condensed {

    /** Lessons in place of items; none when the items do not say the same. */
    record Made(List<Condensation> condensations) implements Condensed {}

    /** Nothing that can be read. */
    record Unreadable(String why) implements Condensed {}

    /** Not now. */
    record Later(String why) implements Condensed {}
  }

  /**
   * Condenses a group. The result may split the group, or leave items out.
   *
   * @param group at least two items
   */
  Condensed condense(List<Experience> group);
}
