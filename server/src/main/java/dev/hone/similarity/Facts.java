package dev.hone.similarity;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a paraphrase may not change: the numbers, names and negations of a text.
 *
 * @param numbers as written, thousands separators removed
 * @param names capitalised words inside a sentence, words in capitals, and codes of letters and
 *     digits; lower-cased
 * @param negated whether the text holds an odd number of negating words
 */
public record Facts(Set<String> numbers, Set<String> names, boolean negated) {

  private static final Pattern NUMBER = Pattern.compile("\\d+(?:[.,]\\d+)*");
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}'’_-]*");
  private static final Pattern NEGATION =
      Pattern.compile(
          "\\b(?:not|no|never|none|nor|neither|nothing|nobody|without|cannot|[a-z]+n['’]t|nicht|kein\\w*|nie|ohne|ne|pas"
              + "|jamais|sans|nunca|sin)\\b",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

  public Facts {
    numbers = Set.copyOf(numbers);
    names = Set.copyOf(names);
  }

  /** The facts of a text. */
  public static Facts of(String text) {
    Set<String> numbers = new HashSet<>();
    Matcher number = NUMBER.matcher(text);
    while (number.find()) {
      numbers.add(number.group().replaceAll(",(?=\\d{3}\\b)", ""));
    }
    Set<String> names = new HashSet<>();
    for (String sentence : Sentences.of(text)) {
      Matcher word = WORD.matcher(sentence);
      while (word.find()) {
        if (name(word.group(), word.start() == 0)) {
          names.add(word.group().toLowerCase(Locale.ROOT));
        }
      }
    }
    long negations = NEGATION.matcher(text).results().count();
    return new Facts(numbers, names, negations % 2 == 1);
  }

  /** Whether nothing of {@code other} is missing or contradicted here. */
  public boolean keep(Facts other) {
    return numbers.containsAll(other.numbers)
        && names.containsAll(other.names)
        && negated == other.negated;
  }

  private static boolean name(String word, boolean first) {
    boolean letter = word.codePoints().anyMatch(Character::isLetter);
    boolean digit = word.codePoints().anyMatch(Character::isDigit);
    boolean upper = Character.isUpperCase(word.codePointAt(0));
    boolean capitals = word.length() > 1 && word.codePoints().noneMatch(Character::isLowerCase);
    return letter && (digit || capitals || (upper && !first && word.length() > 1));
  }
}
