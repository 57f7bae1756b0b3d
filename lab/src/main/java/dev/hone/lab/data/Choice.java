package dev.hone.lab.data;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the choice in what a model said. */
public final class Choice {

  private static final Pattern LETTER =
      Pattern.compile(
          "^\\W*(?:answer\\W+)?\\(?([A-Ha-h])(?:[).:,]|\\s*$|\\s*\\R)", Pattern.CASE_INSENSITIVE);

  private Choice() {}

  /**
   * The index of the choice named by its letter at the beginning, or by its text alone; -1 when
   * neither.
   */
  public static int of(String said, List<String> choices) {
    Matcher letter = LETTER.matcher(said);
    if (letter.find()) {
      int index = Character.toUpperCase(letter.group(1).charAt(0)) - 'A';
      return index < choices.size() ? index : -1;
    }
    int found = -1;
    for (int i = 0; i < choices.size(); i++) {
      if ((" " + Question.normal(said) + " ")
          .contains(" " + Question.normal(choices.get(i)) + " ")) {
        if (found >= 0) {
          return -1;
        }
        found = i;
      }
    }
    return found;
  }
}
