package dev.hone.similarity;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words and signs of a text in their order, in lower case, but for articles, a final s and the
 * label of a choice: what stays when only the form of a sentence changes.
 */
final class Wording {

  private static final Pattern LABEL =
      Pattern.compile("^\\s*(?:\\([A-Ha-h]\\)|[A-Ha-h]\\))\\s+(?=\\S)", Pattern.MULTILINE);
  private static final Pattern ARTICLE =
      Pattern.compile(
          "(?:(?<![\\p{L}\\p{N}'’.-])(?:[Tt]he|[Aa]n|a)|^A)\\h+(?=\\p{L})(?!few\\b|little\\b)",
          Pattern.MULTILINE);
  private static final Pattern WORD_OR_SIGN =
      Pattern.compile(
          "[\\p{L}\\p{M}\\p{N}]+(?:['’.,_][\\p{L}\\p{M}\\p{N}]+)*+|[\\p{Sm}\\p{Sc}\\p{So}%#&]");
  private static final Pattern PLURAL_IN_Y = Pattern.compile("(?<=\\p{L}{2})ies$");
  private static final Pattern FINAL_S = Pattern.compile("(?<=\\p{L}{2}[^isu\\P{L}])s$");

  private Wording() {}

  /** The words; for a text without any, the text itself. */
  static List<String> of(String text) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD_OR_SIGN.matcher(ARTICLE.matcher(unlabelled(text)).replaceAll(""));
    while (word.find()) {
      words.add(uninflected(word.group().toLowerCase(Locale.ROOT).replace('’', '\'')));
    }
    return words.isEmpty() ? List.of(Sentences.folded(text)) : words;
  }

  static String unlabelled(String text) {
    return LABEL.matcher(text).replaceAll("");
  }

  /**
   * The word without the s of a plural or of a third person. A stem would say too little: "organ"
   * is the stem of "organism".
   */
  static String uninflected(String word) {
    return switch (word) {
      case "has" -> "have";
      case "are" -> "is";
      case "does" -> "do";
      default -> FINAL_S.matcher(PLURAL_IN_Y.matcher(word).replaceFirst("y")).replaceFirst("");
    };
  }
}
