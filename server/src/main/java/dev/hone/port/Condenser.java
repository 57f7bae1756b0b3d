package dev.hone.port;

import dev.hone.experience.Experience;
import dev.hone.experience.Lesson;
import java.util.List;

/** Makes one lesson out of several similar ones. */
public interface Condenser {

  /** Some of the items, and the lesson that says what they say. */
  record Condensation(List<Experience> parents, Lesson child) {}

  /**
   * Condenses a group. The result may split the group, leave items out, or be empty when they do
   * not say the same.
   *
   * @param group at least two items
   */
  List<Condensation> condense(List<Experience> group);
}
