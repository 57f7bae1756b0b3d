package dev.hone.http.exchange;

import dev.hone.port.Keys;
import dev.hone.port.Keys.Role;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, and what they may.
 *
 * @param principal who is answerable: a key's id; without keys, a keyed hash of what was shown
 * @param role what they may do
 * @param spaces the spaces that they may enter; {@link Keys#ALL_SPACES} for all
 * @param keyed whether a key of Hone was shown, which no model may see
 * @param pin the commit that their key is pinned to; absent for none
 */
public record Caller(
    String principal, Role role, Set<String> spaces, boolean keyed, @Nullable String pin) {

  private static final Set<String> ALL = Set.of(Keys.ALL_SPACES);

  /** Whoever comes in while there is no key. */
  static Caller open(String principal) {
    return new Caller(principal, Role.ADMIN, ALL, false, null);
  }

  /** Who can read the data folder. */
  static Caller local() {
    return new Caller("administrator", Role.ADMIN, ALL, true, null);
  }

  static Caller holding(Keys.Key key) {
    return new Caller(key.id(), key.role(), key.spaces(), true, key.pin());
  }

  /** Whether they may enter a space; {@link Keys#ALL_SPACES}: whether they may enter every one. */
  public boolean enters(String space) {
    return spaces.contains(space) || spaces.contains(Keys.ALL_SPACES);
  }

  /**
   * Makes sure that they may do what needs this role.
   *
   * @throws Problem 403
   */
  Caller as(Role needed) {
    if (!role.covers(needed)) {
      throw new Problem(
          403,
          "Not allowed",
          "This needs a key of role " + needed + "; the key shown has the role " + role + ".");
    }
    return this;
  }

  /**
   * Makes sure that they may enter every space: for what concerns all of them.
   *
   * @throws Problem 403
   */
  public Caller everywhere() {
    if (!enters(Keys.ALL_SPACES)) {
      throw new Problem(
          403, "Not allowed", "This needs a key of role admin that is bound to all spaces (*).");
    }
    return this;
  }
}
