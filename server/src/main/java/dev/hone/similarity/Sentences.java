package dev.hone.similarity;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Splits text into sentences. */
public final class Sentences {

  /**
   * Ends of lines as {@code \\R} knows them; that itself needs a stack as deep as they are many.
   */
  private static final Pattern LINE_ENDS =
      Pattern.compile("[\\n\\x0B\\f\\r\\u0085\\u2028\\u2029]+");

  private static final String END_MARKS = ".!?。！？ ";

  private Sentences() {}

  /** The sentences of a text, stripped, blank ones left out; line ends also end a sentence. */
  public static List<String> of(String text) {
    List<String> sentences = new ArrayList<>();
    BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ROOT);
    for (String line : LINE_ENDS.split(text, -1)) {
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
        .map(sentence -> unmarked(folded(sentence).toLowerCase(Locale.ROOT)))
        .filter(sentence -> !sentence.isEmpty())
        .toList();
  }

  private static String unmarked(String sentence) {
    int end = sentence.length();
    while (end > 0 && END_MARKS.indexOf(sentence.charAt(end - 1)) >= 0) {
      end--;
    }
    return sentence.substring(0, end);
  }

  /** The text with every run of white space made one space, and none at its ends. */
  public static String folded(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }
}
