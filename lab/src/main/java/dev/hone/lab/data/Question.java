package dev.hone.lab.data;

import java.util.List;
import java.util.Locale;

/**
 * A question with its right answer.
 *
 * @param id as in the data set
 * @param split the part of the data set, empty when it says none
 * @param topic what it is about, such as a subject of MMLU; empty when the data set says none
 * @param text the question
 * @param choices the choices, empty for an open question
 * @param answer the text of the right answer; empty when there is none
 */
public record Question(
    String id, String split, String topic, String text, List<String> choices, String answer) {

  public Question {
    choices = List.copyOf(choices);
  }

  /** What a model is asked: the question, and its choices on lines of their own. */
  public String prompt() {
    StringBuilder prompt = new StringBuilder(text);
    for (int i = 0; i < choices.size(); i++) {
      prompt.append('\n').append((char) ('A' + i)).append(") ").append(choices.get(i));
    }
    return prompt.toString();
  }

  /** The question by its letters and digits alone, to recognise it elsewhere. */
  public String normal() {
    return normal(text);
  }

  /**
   * Whether what a model said is right: the letter of the right choice, or words that hold the
   * right answer.
   */
  public boolean answeredBy(String said) {
    if (choices.isEmpty()) {
      return !answer.isEmpty() && (" " + normal(said) + " ").contains(" " + normal(answer) + " ");
    }
    int chosen = Choice.of(said, choices);
    return chosen >= 0 && normal(choices.get(chosen)).equals(normal(answer));
  }

  /** A text by its letters and digits alone, in lower case. */
  public static String normal(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
  }
}
