package dev.hone.experience;

import org.jspecify.annotations.Nullable;

/**
 * One compact reusable item, as of one version.
 *
 * @param id unique, time-ordered
 * @param version from 1
 * @param space the pool
 * @param lesson what it says
 * @param state its standing
 * @param owner the principal who alone sees it while it is a candidate
 * @param support distinct principals whose words it rests on
 * @param tokens what it costs in a prompt, estimated when it was written
 * @param sequence the commit that wrote this version
 * @param successor the item that took its place, if it was refined away
 */
public record Experience(
    String id,
    int version,
    String space,
    Lesson lesson,
    State state,
    String owner,
    int support,
    int tokens,
    long sequence,
    @Nullable String successor) {

  /** The same in another state. */
  public Experience in(State other) {
    return new Experience(
        id, version, space, lesson, other, owner, support, tokens, sequence, successor);
  }

  /** Whether this principal may be shown the item. */
  public boolean visibleTo(String principal) {
    return state == State.ACTIVE || (state == State.CANDIDATE && owner.equals(principal));
  }
}
