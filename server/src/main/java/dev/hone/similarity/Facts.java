package dev.hone.similarity;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a paraphrase may not change: the numbers, names and negations of a text. A negation is known
 * by the word that it negates, so that none moves from one statement to another unnoticed.
 *
 * @param numbers as written with their sign, thousands separators removed
 * @param names terms of capitalised words inside a sentence, words in capitals, codes of letters
 *     and digits, and lone letters other than the article "a" and the pronoun "I"
 * @param openings terms of other capitalised words that begin a sentence: these may be names too
 * @param stated terms of the telling words that are not negated
 * @param negated of each negating word the first telling term after it in its sentence; empty when
 *     none follows
 */
public record Facts(
    Set<String> numbers,
    Set<String> names,
    Set<String> openings,
    Set<String> stated,
    List<String> negated) {

  private static final Pattern NUMBER =
      Pattern.compile("(?:(?<![\\p{L}\\p{N}])[-−])?\\d+(?:[.,]\\d+)*+");
  private static final Pattern WORD =
      Pattern.compile("[\\p{L}\\p{M}\\p{N}]+(?:['’_-][\\p{L}\\p{M}\\p{N}]+)*+");
  private static final Pattern NEGATION =
      Pattern.compile(
          "not|no|never|none|nor|neither|nothing|nobody|no-?one|nowhere|without|cannot"
              + "|\\p{L}+n['’]t|nicht|kein\\p{L}*|nie|ohne|ne|pas|jamais|sans|nunca|sin",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

  /** Function words that are names too. */
  private static final Set<String> NAMES = Set.of("May", "Will", "Mine");

  private static final Pattern BETWEEN_SITUATIONS = Pattern.compile("\\s/\\s");

  public Facts {
    numbers = Set.copyOf(numbers);
    names = Set.copyOf(names);
    openings = Set.copyOf(openings);
    stated = Set.copyOf(stated);
    negated = List.copyOf(negated);
  }

  /** The facts of a text. A slash between spaces ends a sentence, as it parts two situations. */
  public static Facts of(String text, Analysis analysis, Background background) {
    Reader reader = new Reader(analysis, background);
    for (String situation : BETWEEN_SITUATIONS.split(text, -1)) {
      Sentences.of(situation).forEach(reader::read);
    }
    return new Facts(numbers(text), reader.names, reader.openings, reader.stated, reader.negated);
  }

  /** Whether these are the facts of two texts that say the same in the same words. */
  public boolean agree(Facts other) {
    return numbers.equals(other.numbers)
        && names.equals(other.names)
        && negated.equals(other.negated);
  }

  /**
   * Whether nothing of {@code other} is missing or contradicted here. A name must be capitalised
   * here too; a word that begins a sentence need only be here. What is negated there is negated
   * here, by at least as many negations. There may be more of them here, since one text may keep
   * several; but of a word in both, both or neither negate it, and both or neither state it.
   */
  public boolean keep(Facts other) {
    return numbers.containsAll(other.numbers)
        && named(other)
        && negated.size() >= other.negated.size()
        && new HashSet<>(negated).containsAll(other.negated)
        && !contradict(other);
  }

  /**
   * Whether two texts have the same numbers and names. A name must be capitalised in both; a word
   * that begins a sentence need only be in both.
   */
  public boolean agreeOnNumbersAndNames(Facts other) {
    return numbers.equals(other.numbers) && named(other) && other.named(this);
  }

  private boolean named(Facts other) {
    return capitalised().containsAll(other.names) && words().containsAll(other.openings);
  }

  /** Whether a word negates. */
  static boolean negates(String word) {
    return NEGATION.matcher(word).matches();
  }

  /** Whether every word that is negated here is negated by one of the others. */
  public boolean negateOnlyWhatIsNegatedIn(List<Facts> others) {
    return negated.stream()
        .allMatch(word -> others.stream().anyMatch(other -> other.negated.contains(word)));
  }

  private boolean contradict(Facts other) {
    Set<String> disputed = new HashSet<>(negated);
    disputed.addAll(other.negated);
    disputed.retainAll(words());
    disputed.retainAll(other.words());
    return disputed.stream()
        .anyMatch(
            word ->
                negated.contains(word) != other.negated.contains(word)
                    || stated.contains(word) != other.stated.contains(word));
  }

  private Set<String> capitalised() {
    Set<String> capitalised = new HashSet<>(names);
    capitalised.addAll(openings);
    return capitalised;
  }

  private Set<String> words() {
    Set<String> words = capitalised();
    words.addAll(stated);
    words.addAll(negated);
    return words;
  }

  private static Set<String> numbers(String text) {
    Set<String> numbers = new HashSet<>();
    Matcher number = NUMBER.matcher(text);
    while (number.find()) {
      numbers.add(number.group().replace('−', '-').replaceAll(",(?=\\d{3}\\b)", ""));
    }
    return numbers;
  }

  /** Collects the facts of words, sentence by sentence. */
  private static final class Reader {
    private final Analysis analysis;
    private final Background background;
    private final Set<String> names = new HashSet<>();
    private final Set<String> openings = new HashSet<>();
    private final Set<String> stated = new HashSet<>();
    private final List<String> negated = new ArrayList<>();

    Reader(Analysis analysis, Background background) {
      this.analysis = analysis;
      this.background = background;
    }

    void read(String sentence) {
      Matcher word = WORD.matcher(sentence);
      int negating = 0;
      for (boolean first = true; word.find(); first = false) {
        if (NEGATION.matcher(word.group()).matches()) {
          negating++;
        } else {
          List<String> telling = read(word.group(), first);
          if (negating > 0 && !telling.isEmpty()) {
            negated.addAll(Collections.nCopies(negating, telling.getFirst()));
            negating = 0;
          } else {
            stated.addAll(telling);
          }
        }
      }
      negated.addAll(Collections.nCopies(negating, ""));
    }

    /** The telling terms of a word. */
    private List<String> read(String word, boolean first) {
      List<String> terms = analysis.terms(word);
      List<String> telling = terms.stream().filter(term -> !background.common(term)).toList();
      boolean function = word.length() > 1 && telling.isEmpty() && !NAMES.contains(word);
      if (name(word, first || function)) {
        names.addAll(terms);
      } else if (first && Character.isUpperCase(word.codePointAt(0))) {
        openings.addAll(telling);
      }
      return telling;
    }

    private static boolean name(String word, boolean first) {
      if (word.codePointCount(0, word.length()) == 1) {
        return letter(word, first);
      }
      boolean letter = word.codePoints().anyMatch(Character::isLetter);
      boolean digit = word.codePoints().anyMatch(Character::isDigit);
      boolean capitals = word.codePoints().noneMatch(Character::isLowerCase);
      return letter
          && (digit || capitals || (!first && Character.isUpperCase(word.codePointAt(0))));
    }

    /** Whether a lone letter is a name: "vitamin C", "option b". */
    private static boolean letter(String word, boolean first) {
      return switch (word) {
        case "a", "i", "I" -> false;
        case "A" -> !first;
        default ->
            Character.isUpperCase(word.codePointAt(0))
                || Character.isLowerCase(word.codePointAt(0));
      };
    }
  }
}
