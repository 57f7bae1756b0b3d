package dev.hone.experience;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether outcomes get worse in one way, as far as can be told. An alarm says that something
 * changed, not why: what is compared is not drawn by chance.
 *
 * @param space the pool
 * @param kind what is watched
 * @param status whether it is so
 * @param statement the same in a sentence, with the numbers
 * @param groups what is compared
 * @param bound how large a difference chance would make at this level; absent when not known yet
 * @param level how likely this alarm may be false between one refinement and the next
 * @param commit the refinement that may be to blame; absent when none is
 * @param advice what to look at next; absent unless raised
 */
public record Alarm(
    String space,
    Kind kind,
    Status status,
    String statement,
    List<Group> groups,
    @Nullable Double bound,
    double level,
    @Nullable String commit,
    @Nullable String advice) {

  public Alarm {
    groups = List.copyOf(groups);
  }

  /** What is watched. */
  public enum Kind {
    /** The mean outcome of the newest sessions against that of those before, since a refinement. */
    FALLING_WITHOUT_REFINEMENT,
    /** The mean outcome of sessions that were shown experience, after a refinement and before. */
    FALLING_AFTER_REFINEMENT,
    /** The mean outcomes of sessions that were shown experience, by the type of what was shown. */
    TYPES_APART
  }

  /** Whether it is so. */
  public enum Status {
    /** It is so. */
    RAISED,
    /** Nothing that chance would not do. */
    QUIET,
    /** Too few sessions to tell. */
    UNKNOWN
  }

  /** Sessions that are compared, and their mean outcome in [0, 1]; 0 when there are none. */
  public record Group(String name, int sessions, double mean) {}
}
