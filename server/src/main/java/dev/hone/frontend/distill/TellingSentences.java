package dev.hone.frontend.distill;

import dev.hone.similarity.Sentences;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Chooses the sentences of a long text that tell most: those with numbers and names, with the
 * condition under which something holds, with what must or must not be, and with words of the
 * situation that it speaks of.
 */
final class TellingSentences {

  private static final Pattern CUE =
      Pattern.compile(
          "\\b(?:if|when|unless|until|only|except|must|should|never|always|not|no|cannot|instead"
              + "|because|rather|correct|right|wrong|wenn|falls|nur|außer|muss|darf|soll|nie|immer"
              + "|nicht|kein\\w*|sondern|statt|weil|si|quand|sauf|seulement|doit|jamais|toujours|pas"
              + "|cuando|solo|debe|nunca|siempre|porque)\\b|n['’]t\\b",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern NUMBER = Pattern.compile("\\d+");
  private static final Pattern NAME =
      Pattern.compile(
          "(?<=[\\p{L}\\p{N},;:] )\\p{Lu}[\\p{L}\\p{N}-]*|\\b\\p{L}+\\d[\\p{L}\\d]*\\b");
  private static final Pattern WORD = Pattern.compile("\\p{L}{4,}");
  private static final int CUE_WEIGHT = 2;
  private static final int MOST = 3;

  private TellingSentences() {}

  /**
   * Chooses.
   *
   * @param situation what the text speaks of
   * @param longest characters in all
   * @return what was chosen, in order, as it stands in the text: neighbours are one span; empty
   *     when no sentence is short enough
   */
  static List<String> of(String text, String situation, int longest) {
    List<String> sentences = Sentences.of(text);
    Set<String> about = words(situation);
    int[] weights = sentences.stream().mapToInt(each -> weight(each, about)).toArray();
    List<Integer> ranked =
        IntStream.range(0, sentences.size())
            .boxed()
            .sorted(Comparator.comparingInt((Integer i) -> -weights[i]))
            .toList();
    Set<Integer> chosen = new TreeSet<>();
    int left = longest;
    for (int i : ranked) {
      if (sentences.get(i).length() < left) {
        chosen.add(i);
        left -= sentences.get(i).length() + 1;
      }
    }
    return spans(text, sentences, chosen);
  }

  private static List<String> spans(String text, List<String> sentences, Set<Integer> chosen) {
    List<String> spans = new ArrayList<>();
    int begin = -1;
    int end = 0;
    int place = 0;
    for (int i = 0; i < sentences.size(); i++) {
      int start = text.indexOf(sentences.get(i), place);
      place = start + sentences.get(i).length();
      if (chosen.contains(i)) {
        begin = begin < 0 ? start : begin;
        end = place;
      } else if (begin >= 0) {
        spans.add(text.substring(begin, end));
        begin = -1;
      }
    }
    if (begin >= 0) {
      spans.add(text.substring(begin, end));
    }
    return spans;
  }

  private static int weight(String sentence, Set<String> about) {
    Set<String> shared = words(sentence);
    shared.retainAll(about);
    return CUE_WEIGHT * count(CUE, sentence)
        + count(NUMBER, sentence)
        + count(NAME, sentence)
        + Math.min(MOST, shared.size());
  }

  private static int count(Pattern pattern, String sentence) {
    Matcher matcher = pattern.matcher(sentence);
    int found = 0;
    while (found < MOST && matcher.find()) {
      found++;
    }
    return found;
  }

  private static Set<String> words(String text) {
    Set<String> words = new HashSet<>();
    Matcher matcher = WORD.matcher(text.toLowerCase(Locale.ROOT));
    while (matcher.find()) {
      words.add(matcher.group());
    }
    return words;
  }
}
