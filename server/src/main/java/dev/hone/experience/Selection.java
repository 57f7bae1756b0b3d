package dev.hone.experience;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What of a space is to be forgotten.
 *
 * @param by what is named
 * @param value its name; for a query its words, with at least one letter or digit
 * @param principal whose interactions alone are meant; absent for everybody's
 */
public record Selection(By by, String value, @Nullable String principal) {

  /** What a selection goes by. */
  public enum By {
    /** One interaction, by its id. */
    INTERACTION,
    /** The application's session. */
    SESSION,
    /** The application's user. */
    USER,
    /** Who is answerable: all that was asked, said and written with a key. */
    PRINCIPAL,
    /** What was imported: {@code SOURCE}, {@code SOURCE#RECORD} or {@code SOURCE#RECORD#N}. */
    SOURCE,
    /** What holds these words, one behind the other, in any case. */
    QUERY;

    /** The one of that name, in lower case. */
    public static Optional<By> named(String name) {
      for (By by : values()) {
        if (by.toString().equals(name)) {
          return Optional.of(by);
        }
      }
      return Optional.empty();
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Selection {
    if (value.isBlank()) {
      throw new IllegalArgumentException("A selection names something: '" + by + "' is blank.");
    }
    if (by == By.QUERY && value.codePoints().noneMatch(Character::isLetterOrDigit)) {
      throw new IllegalArgumentException(
          "Words are looked for by their letters and digits: 'query' has none.");
    }
  }
}
