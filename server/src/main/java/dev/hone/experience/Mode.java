package dev.hone.experience;

import java.util.Locale;
import java.util.Optional;

/** What Hone does with one request ({@code x-hone-mode}). */
public enum Mode {
  /** Neither captured nor augmented. */
  OFF(false, false),
  /** Captured, not augmented. */
  CAPTURE(true, false),
  /** Captured and augmented: the default. */
  AUGMENT(true, true),
  /** Augmented, not captured. */
  READ(false, true);

  private final boolean captures;
  private final boolean augments;

  Mode(boolean captures, boolean augments) {
    this.captures = captures;
    this.augments = augments;
  }

  public boolean captures() {
    return captures;
  }

  public boolean augments() {
    return augments;
  }

  /** The mode of that name in any case, or empty. */
  public static Optional<Mode> named(String name) {
    for (Mode mode : values()) {
      if (mode.name().equalsIgnoreCase(name.strip())) {
        return Optional.of(mode);
      }
    }
    return Optional.empty();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
