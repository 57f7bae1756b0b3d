package dev.hone.port;

import dev.hone.experience.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The API keys there are. Of a key only its digest is known; who holds it can prove so. */
public interface Keys {

  /** Stands for all spaces, those to come included. */
  String ALL_SPACES = "*";

  /** What the holder of a key may do; each role may do what those before it may. */
  enum Role {
    /** Uses Hone: asks models, records, gives feedback, reads what is shared. */
    CLIENT,
    /** Changes what was learned, and decides when learning is done. */
    CURATOR,
    /** Makes spaces and keys, sees what is measured. */
    ADMIN;

    /** Whether this role may do what needs another. */
    public boolean covers(Role needed) {
      return compareTo(needed) >= 0;
    }

    /** The role of that name, in lower case. */
    public static Optional<Role> named(String name) {
      for (Role role : values()) {
        if (role.toString().equals(name)) {
          return Optional.of(role);
        }
      }
      return Optional.empty();
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A key.
   *
   * @param id names it, and is the principal of what its holder does; no secret
   * @param name what people call it: 1 to 100 characters, none of them a control character
   * @param role what its holder may do
   * @param spaces the spaces it opens, at least one; {@link #ALL_SPACES} alone, for an
   *     administrator only, opens all
   * @param created when it was made
   * @param used the hour in which it was last used; absent if never
   * @param revoked when it ceased to be valid; absent if it is
   * @param pin the commit that its requests see the pool of that commit at; absent for the newest
   *     state
   */
  record Key(
      String id,
      String name,
      Role role,
      Set<String> spaces,
      Instant created,
      @Nullable Instant used,
      @Nullable Instant revoked,
      @Nullable String pin) {

    private static final int LONGEST_NAME = 100;

    public Key {
      spaces = Set.copyOf(spaces);
      if (name.isBlank()
          || name.length() > LONGEST_NAME
          || name.chars().anyMatch(Character::isISOControl)) {
        throw new IllegalArgumentException(
            "A key's name has 1 to 100 characters, none of them a control character.");
      }
      if (spaces.isEmpty()) {
        throw new IllegalArgumentException("A key is bound to at least one space.");
      }
      if (spaces.contains(ALL_SPACES) && (role != Role.ADMIN || spaces.size() > 1)) {
        throw new IllegalArgumentException(
            "'*' stands alone, and only a key of role admin is bound to all spaces.");
      }
    }

    /** Whether it opens this space; {@link #ALL_SPACES}: whether it opens all. */
    public boolean opens(String space) {
      return spaces.contains(space) || spaces.contains(ALL_SPACES);
    }
  }

  /** Whether a key was ever made. */
  boolean any();

  /** Keeps a new key, with the digest of what its holder shows. */
  void create(Key key, Digest digest);

  /** The valid key of this digest, which counts as used now. */
  Optional<Key> held(Digest digest);

  /** All keys, revoked ones too, newest first. */
  List<Key> list();

  /**
   * Makes a key invalid, at once and for good; what it is then. One that is revoked already stays
   * as it is; empty when there is no such key.
   */
  Optional<Key> revoke(String id);

  /**
   * Says which commit the requests of a key see the pool at, from now on; what the key is then.
   * Empty when there is no such key.
   *
   * @param commit absent for the newest state
   */
  Optional<Key> pin(String id, @Nullable String commit);
}
