package dev.hone.model.builtin;

import dev.hone.experience.Digest;
import dev.hone.similarity.Sentences;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Answers by words from what stands in the prompt, and from nothing else; it is not a language
 * model and knows nothing.
 *
 * <p>A multiple-choice question: an item counts as much as the share of the question's weight
 * (without the choice's own words) that it covers; it supports a choice if its note matches the
 * choice, or if its situation mentions the choice while its note stands in the question; the best
 * supported choice wins. An open question: the note of the item that matches the question best, or
 * the best matching sentence of the prompt's own text, else "I don't know."
 *
 * <p>Weights are inverse document frequencies over the prompt: its question and its items are the
 * documents.
 */
final class LexicalReader {

  /** An answer; {@code confidence} is the reader's own, in [0, 1]. */
  record Reading(String answer, double confidence) {}

  static final String UNKNOWN = "I don't know.";

  private static final double BASE_RELEVANCE = 0.02;
  private static final double PREFIX_SIMILARITY = 0.7;
  private static final int SHORTEST_PREFIX = 4;
  private static final double DOUBT = 0.3;
  private static final int SHARPNESS = 3;
  private static final double OPEN_THRESHOLD = 0.5;
  private static final Pattern SEPARATOR = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final Set<String> STOP =
      Set.of(
          ("a about above after again against all also am an and any are as at be because been"
               + " before being below between both but by call called can cannot could did do does"
               + " doing down during each either else etc few for form from further had has have"
               + " having he her here hers him his how i if in into is it its itself just kind"
               + " known made make many may me might more most much must my name named no nor not"
               + " now of off often on once one only or other our out over own part process refer"
               + " referred same she should so some such t s term termed than that the their them"
               + " then there these they this those through to too type types under until up use"
               + " used uses using usually very was we were what when where which while who whom"
               + " whose why will with would you your")
              .split(" "));

  /** Reads a user message. */
  Reading read(String message) {
    Prompt prompt = Prompt.of(message);
    return prompt.choices().isEmpty() ? open(prompt) : choose(prompt);
  }

  private static Reading choose(Prompt prompt) {
    List<String> question = words(prompt.question());
    Weights weights = new Weights(question, prompt.items());
    double[] support = new double[prompt.choices().size()];
    for (int i = 0; i < support.length; i++) {
      support[i] = support(prompt, question, words(prompt.choices().get(i)), weights);
    }
    int pick = best(support, prompt.question());
    double sum = 0;
    for (double each : support) {
      sum += Math.pow(each + DOUBT, SHARPNESS);
    }
    double confidence = Math.pow(support[pick] + DOUBT, SHARPNESS) / sum;
    return new Reading((char) ('A' + pick) + ") " + prompt.choices().get(pick), confidence);
  }

  private static double support(
      Prompt prompt, List<String> question, List<String> choice, Weights weights) {
    List<String> rest = question.stream().filter(word -> !choice.contains(word)).toList();
    List<String> asked = rest.isEmpty() ? question : rest;
    double support = 0;
    for (Prompt.Item item : prompt.items()) {
      List<String> when = words(item.when());
      List<String> note = words(item.note());
      List<String> both = new ArrayList<>(when);
      both.addAll(note);
      double relevance = BASE_RELEVANCE + weights.covered(asked, both);
      double answers = harmonic(weights.covered(note, choice), weights.covered(choice, note));
      double linked = weights.covered(choice, when) * weights.covered(note, asked);
      support += relevance * (answers + linked);
    }
    return support;
  }

  /** The best supported; among equals one chosen by a hash of the question, as good as a guess. */
  private static int best(double[] support, String question) {
    double highest = 0;
    for (double each : support) {
      highest = Math.max(highest, each);
    }
    List<Integer> top = new ArrayList<>();
    for (int i = 0; i < support.length; i++) {
      if (support[i] >= highest - 1e-12) {
        top.add(i);
      }
    }
    long hash = Long.parseLong(Digest.of(question).value().substring(0, 8), 16);
    return top.get((int) (hash % top.size()));
  }

  private static Reading open(Prompt prompt) {
    List<String> question = words(prompt.question());
    Weights weights = new Weights(question, prompt.items());
    String best = UNKNOWN;
    double highest = 0;
    for (Prompt.Item item : prompt.items()) {
      List<String> when = words(item.when());
      List<String> note = words(item.note());
      List<String> both = new ArrayList<>(when);
      both.addAll(note);
      double match = harmonic(weights.covered(question, both), weights.covered(when, question));
      if (match > highest && adds(note, question)) {
        highest = match;
        best = item.note();
      }
    }
    return highest >= OPEN_THRESHOLD ? new Reading(best, highest) : fromText(prompt, weights);
  }

  /** A note that has no word besides those of the question does not answer it. */
  private static boolean adds(List<String> note, List<String> question) {
    return note.stream()
        .anyMatch(
            word -> question.stream().allMatch(other -> Weights.similarity(word, other) == 0));
  }

  /**
   * A prompt may hold text besides the question: its best matching sentence, if its last sentence
   * is the question.
   */
  private static Reading fromText(Prompt prompt, Weights weights) {
    List<String> sentences = Sentences.of(prompt.question());
    if (sentences.size() < 2) {
      return new Reading(UNKNOWN, 0);
    }
    List<String> asked = words(sentences.getLast());
    String best = UNKNOWN;
    double highest = 0;
    for (String sentence : sentences.subList(0, sentences.size() - 1)) {
      double match = weights.covered(asked, words(sentence));
      if (match > highest) {
        highest = match;
        best = sentence;
      }
    }
    return highest >= OPEN_THRESHOLD ? new Reading(best, highest) : new Reading(UNKNOWN, 0);
  }

  private static List<String> words(String text) {
    Set<String> distinct = new LinkedHashSet<>();
    for (String word : SEPARATOR.split(text.toLowerCase(Locale.ROOT), -1)) {
      if (!word.isEmpty()) {
        distinct.add(word);
      }
    }
    List<String> telling =
        distinct.stream()
            .filter(
                word ->
                    !STOP.contains(word)
                        && (word.length() > 1 || Character.isDigit(word.charAt(0))))
            .toList();
    return telling.isEmpty() ? List.copyOf(distinct) : telling;
  }

  private static double harmonic(double one, double other) {
    return one + other == 0 ? 0 : 2 * one * other / (one + other);
  }

  /** Word weights of one prompt. */
  private static final class Weights {

    private final Map<String, Integer> frequencies = new HashMap<>();
    private final int documents;

    Weights(List<String> question, List<Prompt.Item> items) {
      documents = 1 + items.size();
      question.forEach(word -> frequencies.merge(word, 1, Integer::sum));
      for (Prompt.Item item : items) {
        Set<String> words = new LinkedHashSet<>(words(item.when()));
        words.addAll(words(item.note()));
        words.forEach(word -> frequencies.merge(word, 1, Integer::sum));
      }
    }

    private double weight(String word) {
      return Math.log1p((double) documents / Math.max(1, frequencies.getOrDefault(word, 0)));
    }

    /** The share of the words' weight that is found among others. */
    double covered(List<String> words, List<String> others) {
      double total = 0;
      double found = 0;
      for (String word : words) {
        double weight = weight(word);
        total += weight;
        double nearest = 0;
        for (String other : others) {
          nearest = Math.max(nearest, similarity(word, other));
        }
        found += weight * nearest;
      }
      return total == 0 ? 0 : found / total;
    }

    /**
     * Equal, or with a common beginning of at least half the longer word: an inflection or a
     * derivation.
     */
    private static double similarity(String one, String other) {
      if (one.equals(other)) {
        return 1;
      }
      int common = 0;
      int shorter = Math.min(one.length(), other.length());
      while (common < shorter && one.charAt(common) == other.charAt(common)) {
        common++;
      }
      boolean related =
          common >= SHORTEST_PREFIX && 2 * common >= Math.max(one.length(), other.length());
      return related ? PREFIX_SIMILARITY : 0;
    }
  }
}
