package dev.hone.experience;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One change of a pool, in a chain.
 *
 * @param id a digest over parent, metadata and the salted digests of what it wrote
 * @param sequence its place in the pool's chain, from 1
 * @param space the pool
 * @param parent the commit before, absent for the first
 * @param kind what sort of change
 * @param author who made it
 * @param reason why
 * @param at when
 * @param touched the versions that it wrote
 */
public record Commit(
    String id,
    long sequence,
    String space,
    @Nullable String parent,
    Kind kind,
    String author,
    String reason,
    Instant at,
    List<Touched> touched) {

  /** What sort of change a commit is. */
  public enum Kind {
    DISTILL,
    REFINE,
    EDIT,
    ROLLBACK,
    IMPORT,
    FORGET,
    /** Items put into quarantine, or made active, by their outcomes. */
    OUTCOME
  }

  /**
   * An item's change: {@code before} is 0 for a new item; both are equal when only its evidence
   * grew.
   */
  public record Touched(String experience, int before, int after, State state) {}

  public Commit {
    touched = List.copyOf(touched);
  }
}
