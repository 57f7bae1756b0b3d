package dev.hone.lab.arm;

import java.util.Locale;

/** The arms there are. */
public enum ArmKind {
  PLAIN("the model alone"),
  RAW("raw records, retrieved: the paper's memory-based baseline"),
  EXPERIENCE("experience, distilled and retrieved"),
  SHEET("one sheet for everything, rewritten as a whole (as in Dynamic Cheatsheet)"),
  SHUFFLED("control: experience of corrections shuffled among the questions");

  private final String about;

  ArmKind(String about) {
    this.about = about;
  }

  /** What it is, for reports. */
  public String about() {
    return about;
  }

  /** Its name in options and files. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
