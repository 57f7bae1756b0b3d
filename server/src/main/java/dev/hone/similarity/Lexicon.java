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
 * English, German, French and Spanish from a list of our own. Words are looked up by their terms,
 * so inflected ones are found.
 */
public final class Lexicon {

  private static final List<String> FILES =
      List.of("/similarity/wordnet.txt", "/similarity/decisive.txt");

  private static final Set<String> ENDINGS =
      Set.of("", "e", "es", "ed", "d", "ing", "s", "y", "ies", "ied");

  private final Analysis analysis;
  private final Map<String, List<Integer>> senses = new HashMap<>();
  private final Map<String, Set<String>> opposites = new HashMap<>();
  private final Map<String, String> decisive = new HashMap<>();
  private final Map<String, String> lines = new HashMap<>();
  private final Map<String, String> bases = new HashMap<>();
  private final Set<String> empty = new HashSet<>();
  private int sense;

  public Lexicon(Analysis analysis) {
    this.analysis = analysis;
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
      case '=' -> words(line).forEach(word -> decisive.put(word, words(line).getFirst()));
      case '-' -> words(line).forEach(word -> lines.put(word, words(line).getFirst()));
      case '<' -> {
        List<String> terms = analysis.terms(line);
        terms.forEach(term -> bases.putIfAbsent(term, terms.getFirst()));
      }
      case '!' -> {
        List<String> terms = analysis.terms(line);
        for (String other : terms.subList(1, terms.size())) {
          opposites.computeIfAbsent(terms.getFirst(), any -> new HashSet<>()).add(other);
          opposites.computeIfAbsent(other, any -> new HashSet<>()).add(terms.getFirst());
        }
      }
      default -> {
        sense++;
        for (String term : Set.copyOf(analysis.terms(line))) {
          senses.computeIfAbsent(term, any -> new ArrayList<>(2)).add(sense);
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
   * Whether two words mean the same in some sense, or are forms of one. Of words with one stem only
   * the endings may differ: "organ" is the stem of "organism".
   */
  boolean synonyms(String one, String other) {
    if (stem(one).equals(stem(other))) {
      return endings(one, other);
    }
    return !Collections.disjoint(terms(one), terms(other))
        || !Collections.disjoint(senses(one), senses(other));
  }

  /** Whether two words are opposites. */
  boolean opposites(String one, String other) {
    return terms(one).stream()
        .anyMatch(
            term -> !Collections.disjoint(opposites.getOrDefault(term, Set.of()), terms(other)));
  }

  private static boolean endings(String one, String other) {
    int same = 0;
    while (same < Math.min(one.length(), other.length())
        && one.charAt(same) == other.charAt(same)) {
      same++;
    }
    return ENDINGS.contains(one.substring(same)) && ENDINGS.contains(other.substring(same));
  }

  private String stem(String word) {
    List<String> terms = analysis.terms(word);
    return terms.size() == 1 ? terms.getFirst() : word;
  }

  /** The stem; of an irregular form also that of its word. */
  private Set<String> terms(String word) {
    String stem = stem(word);
    Set<String> terms = new HashSet<>(Set.of(stem));
    terms.add(bases.getOrDefault(stem, stem));
    return terms;
  }

  private List<Integer> senses(String word) {
    return terms(word).stream()
        .flatMap(term -> senses.getOrDefault(term, List.of()).stream())
        .toList();
  }
}
