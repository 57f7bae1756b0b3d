package dev.hone.similarity;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is known of single words: which mean the same in some sense, which are opposites, and on
 * which the meaning of a sentence hangs. English from WordNet 3.1; decisive words and opposites of
 * English, German, French and Spanish from a list of our own. Inflected words are found.
 */
public final class Lexicon {

  private static final List<String> FILES =
      List.of("/similarity/wordnet.txt", "/similarity/decisive.txt");

  private static final Set<String> ENDINGS = Set.of("es", "ed", "ing", "s");

  /** Prefixes that make an opposite. */
  private static final Set<String> NEGATIVE =
      Set.of("a", "an", "anti", "dis", "il", "im", "in", "ir", "mis", "non", "un");

  private static final int SHORTEST_ADVERB = 6;

  private final Map<String, List<Integer>> senses = new HashMap<>();
  private final Map<String, Set<String>> opposites = new HashMap<>();
  private final Map<String, String> decisive = new HashMap<>();
  private final Map<String, String> lines = new HashMap<>();
  private final Map<String, String> bases = new HashMap<>();
  private final Set<String> empty = new HashSet<>();
  private final Set<String> noAdverbs = new HashSet<>();
  private int sense;

  /** It is read when it is first needed, and never changes: all may share it. */
  private static final class Holder {
    static final Lexicon KNOWN = new Lexicon();
  }

  /** What is known. */
  static Lexicon known() {
    return Holder.KNOWN;
  }

  private Lexicon() {
    FILES.forEach(this::read);
  }

  private void read(String file) {
    try (InputStream stream = Objects.requireNonNull(Lexicon.class.getResourceAsStream(file));
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      lines.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(this::learn);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }

  private void learn(String line) {
    switch (line.charAt(0)) {
      case '~' -> empty.addAll(words(line));
      case '%' -> noAdverbs.addAll(words(line));
      case '=' -> words(line).forEach(word -> decisive.put(word, words(line).getFirst()));
      case '-' -> words(line).forEach(word -> lines.put(word, words(line).getFirst()));
      case '<' -> {
        List<String> forms = List.of(line.substring(2).split(" ", -1));
        forms.forEach(form -> bases.putIfAbsent(form, forms.getFirst()));
      }
      case '!' -> {
        List<String> words = List.of(line.substring(2).split(" ", -1));
        for (String other : words.subList(1, words.size())) {
          opposites.computeIfAbsent(words.getFirst(), any -> new HashSet<>()).add(other);
          opposites.computeIfAbsent(other, any -> new HashSet<>()).add(words.getFirst());
        }
      }
      default -> {
        sense++;
        for (String word : line.split(" ", -1)) {
          senses.computeIfAbsent(word, any -> new ArrayList<>(2)).add(sense);
        }
      }
    }
  }

  private static List<String> words(String line) {
    return Stream.of(line.substring(2).split(" ", -1)).map(Wording::uninflected).toList();
  }

  /**
   * Whether a word decides nothing.
   *
   * @param word as {@link Wording} has it
   */
  boolean empty(String word) {
    return empty.contains(word);
  }

  /**
   * What a word decides, if the meaning hangs on it: the same for words that mean the same. Numbers
   * and signs stand for themselves.
   *
   * @param word as {@link Wording} has it
   */
  Optional<String> decides(String word) {
    boolean plain = word.codePoints().allMatch(c -> Character.isLetter(c) || c == '\'');
    return plain ? Optional.ofNullable(decisive.get(word)) : Optional.of(word);
  }

  /**
   * What a function word says, if it may be exchanged only for one that says the same.
   *
   * @param word as {@link Wording} has it
   */
  Optional<String> says(String word) {
    return Optional.ofNullable(lines.get(word));
  }

  /**
   * Whether a word tells how, how often or how far, and the meaning does not hang on it. English
   * only: by its ending.
   *
   * @param word as {@link Wording} has it
   */
  boolean adverb(String word) {
    return word.length() >= SHORTEST_ADVERB
        && word.endsWith("ly")
        && !noAdverbs.contains(word)
        && !decisive.containsKey(word)
        && !lines.containsKey(word);
  }

  /** Whether two words mean the same in some sense, or are forms of one. */
  boolean synonyms(String one, String other) {
    return !Collections.disjoint(lemmas(one), lemmas(other))
        || !Collections.disjoint(senses(one), senses(other));
  }

  /** Whether two words are opposites: known as such, or the one the other with a prefix. */
  boolean opposites(String one, String other) {
    Set<String> others = lemmas(other);
    return negated(one, other)
        || negated(other, one)
        || lemmas(one).stream()
            .anyMatch(
                word -> !Collections.disjoint(opposites.getOrDefault(word, Set.of()), others));
  }

  private static boolean negated(String one, String other) {
    return one.endsWith(other)
        && NEGATIVE.contains(one.substring(0, one.length() - other.length()));
  }

  private List<Integer> senses(String word) {
    return lemmas(word).stream()
        .flatMap(lemma -> senses.getOrDefault(lemma, List.of()).stream())
        .toList();
  }

  /**
   * The words that this one may be a form of. A stem would say too little: "operate" and "operator"
   * have one, as have "organ" and "organism".
   */
  private Set<String> lemmas(String word) {
    Set<String> lemmas = new HashSet<>(Set.of(word));
    lemmas.add(bases.getOrDefault(word, word));
    if (adverb(word)) {
      String stem = word.substring(0, word.length() - 2);
      lemmas.addAll(List.of(stem, stem + "le", stem.replaceFirst("i$", "y")));
    }
    for (String ending : ENDINGS) {
      if (word.endsWith(ending) && word.length() > ending.length() + 2) {
        String lemma = word.substring(0, word.length() - ending.length());
        lemmas.add(lemma);
        lemmas.add(lemma + "e");
      }
    }
    return lemmas;
  }
}
