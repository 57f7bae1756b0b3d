package dev.hone.lab;

import java.util.List;
import java.util.Locale;

/**
 * A question with its right answer.
 *
 * @param id as in the data set
 * @param split the part of the data set, empty when it says none
 * @param text the question
 * @param choices the choices, empty for an open question
 * @param answer the text of the right answer; empty when there is none
 */
record Question(String id, String split, String text, List<String> choices, String answer) {

  Question {
    choices = List.copyOf(choices);
  }

  /** What a model is asked: the question, and its choices on lines of their own. */
  String prompt() {
    StringBuilder prompt = new StringBuilder(text);
    for (int i = 0; i < choices.size(); i++) {
      prompt.append('\n').append((char) ('A' + i)).append(") ").append(choices.get(i));
    }
    return prompt.toString();
  }

  /** The question by its letters and digits alone, to recognise it elsewhere. */
  String normal() {
    return normal(text);
  }

  /**
   * Whether what a model said is right: the letter of the right choice, or words that hold the
   * right answer.
   */
  boolean answeredBy(String said) {
    if (choices.isEmpty()) {
      return !answer.isEmpty() && (" " + normal(said) + " ").contains(" " + normal(answer) + " ");
    }
    int chosen = Choice.of(said, choices);
    return chosen >= 0 && normal(choices.get(chosen)).equals(normal(answer));
  }

  static String normal(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
  }
}
