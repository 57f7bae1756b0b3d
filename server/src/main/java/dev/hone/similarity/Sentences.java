package dev.hone.similarity;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Splits text into sentences. */
public final class Sentences {

  private Sentences() {}

  /** The sentences of a text, stripped, blank ones left out; line ends also end a sentence. */
  public static List<String> of(String text) {
    List<String> sentences = new ArrayList<>();
    for (String line : text.split("\\R+", -1)) {
      BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ROOT);
      breaks.setText(line);
      int start = breaks.first();
      for (int end = breaks.next(); end != BreakIterator.DONE; start = end, end = breaks.next()) {
        String sentence = line.substring(start, end).strip();
        if (!sentence.isEmpty()) {
          sentences.add(sentence);
        }
      }
    }
    return sentences;
  }

  /**
   * The sentences in the form by which repetition is recognised: folded, lower-cased, without end
   * marks.
   */
  public static List<String> normal(String text) {
    return of(text).stream()
        .map(sentence -> folded(sentence).toLowerCase(Locale.ROOT).replaceAll("[.!?。！？\\s]+$", ""))
        .filter(sentence -> !sentence.isEmpty())
        .toList();
  }

  /** The text with every run of white space made one space, and none at its ends. */
  public static String folded(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }
}
