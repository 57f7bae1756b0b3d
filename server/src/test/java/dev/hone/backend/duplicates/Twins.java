package dev.hone.backend.duplicates;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Two questions of one answer that differ in one number, name or negation, made of a real one.
 *
 * @param differ in what
 */
record Twins(Pair one, Pair other, String differ) {

  private static final List<String> NUMBERS =
      List.of("two", "three", "four", "five", "six", "seven", "eight", "ten", "100", "1,000");
  private static final Set<String> NUMERALS =
      Set.of("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten");
  private static final Set<String> VERBS =
      Set.of("is", "are", "was", "were", "can", "does", "do", "did", "may", "must", "will");

  /** So many of them, as many of each sort as can be, each of a question of its own. */
  static List<Twins> of(List<Pair> pairs, int many, Random random) {
    Set<String> names =
        pairs.stream()
            .map(Pair::answer)
            .filter(answer -> answer.matches("[a-z]{5,}(?<!ly)"))
            .collect(Collectors.toCollection(TreeSet::new));
    List<Pair> shuffled = new ArrayList<>(pairs);
    Collections.shuffle(shuffled, random);
    List<Twins> twins = new ArrayList<>();
    Set<String> asked = new HashSet<>();
    for (Pair pair : shuffled) {
      if (twins.size() < many && asked.add(pair.answer())) {
        int numbers = (int) twins.stream().filter(each -> each.differ.equals("number")).count();
        Twins made = numbers < many / 3 ? number(pair, random) : null;
        if (made == null && twins.size() - numbers < many - many / 3) {
          made = twins.size() % 2 == 0 ? name(pair, List.copyOf(names), random) : negation(pair);
        }
        if (made != null) {
          twins.add(made);
        }
      }
    }
    return twins;
  }

  private static List<String> words(String question) {
    return List.of(question.split(" ", -1));
  }

  private static @Nullable Twins number(Pair pair, Random random) {
    List<String> words = words(pair.question());
    for (int i = 0; i < words.size(); i++) {
      String bare = Editor.bare(words.get(i));
      if (NUMERALS.contains(bare) || bare.matches("\\d+")) {
        String other = NUMBERS.get(random.nextInt(NUMBERS.size()));
        if (!other.equals(bare)) {
          return twins(pair, words, i, other, "number");
        }
      }
    }
    return null;
  }

  /**
   * SciQ writes names in small letters: what is the answer to a question for what is to another. An
   * adverb names nothing.
   */
  private static @Nullable Twins name(Pair pair, List<String> names, Random random) {
    List<String> words = words(pair.question());
    for (int i = 1; i < words.size(); i++) {
      String bare = Editor.bare(words.get(i));
      if (names.contains(bare)) {
        String other = names.get(random.nextInt(names.size()));
        if (!other.equals(bare)) {
          return twins(pair, words, i, other, "name");
        }
      }
    }
    return null;
  }

  private static @Nullable Twins negation(Pair pair) {
    List<String> words = words(pair.question());
    for (int i = 0; i + 1 < words.size(); i++) {
      if (VERBS.contains(Editor.bare(words.get(i))) && !words.contains("not")) {
        return twins(pair, words, i, words.get(i) + " not", "negation");
      }
    }
    return null;
  }

  private static Twins twins(
      Pair pair, List<String> words, int place, String other, String differ) {
    List<String> changed = new ArrayList<>(words);
    String word = words.get(place);
    changed.set(place, other + word.substring(ending(word)));
    return new Twins(pair, new Pair(String.join(" ", changed), pair.answer()), differ);
  }

  /** Where the punctuation behind a word begins. */
  private static int ending(String word) {
    int end = word.length();
    while (end > 0 && !Character.isLetterOrDigit(word.charAt(end - 1))) {
      end--;
    }
    return end;
  }
}
