package dev.hone.backend.duplicates;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Says a question in other words: of 10 to 20 % of them each is exchanged for a synonym, left out,
 * or preceded by another. Facts are no matter of wording, so numbers, negations and capitalised
 * names stay.
 */
final class Editor {

  private static final Set<String> NUMBERS =
      Set.of(
          "zero",
          "two",
          "three",
          "four",
          "five",
          "six",
          "seven",
          "eight",
          "nine",
          "ten",
          "eleven",
          "twelve",
          "twenty",
          "thirty",
          "forty",
          "fifty",
          "hundred",
          "thousand",
          "million",
          "billion",
          "half",
          "double",
          "first",
          "second",
          "third",
          "fourth",
          "fifth",
          "twice");
  private static final Set<String> NEGATIONS =
      Set.of(
          "not", "no", "never", "none", "nor", "neither", "nothing", "without", "cannot", "nobody");

  /** Words that are capitalised at the beginning of a question only. */
  private static final Set<String> OPENING =
      Set.of(
          "what", "which", "who", "where", "when", "why", "how", "the", "a", "an", "in", "on", "at",
          "of", "for", "to", "by", "with", "during", "because", "if", "as", "many", "most", "some",
          "all", "these", "this", "is", "are", "do", "does", "can", "there");

  private static final List<String> ADDED =
      List.of(
          "typically",
          "generally",
          "usually",
          "really",
          "commonly",
          "basically",
          "actually",
          "normally",
          "mainly",
          "exactly",
          "simply",
          "also",
          "indeed",
          "here",
          "specifically",
          "essentially",
          "certainly",
          "naturally",
          "today",
          "then",
          "known",
          "particular",
          "given",
          "specific",
          "main");

  /** Words that mean the same in a question about nature. */
  private static final String SYNONYMS =
"""
      type kind sort form
      types kinds sorts forms
      called named termed
      known recognized
      used utilized employed
s utilizes employs
      process procedure
      processes procedures
      organism being
      organisms beings
      produce create generate make
      produces creates generates makes
      produced created generated made
      part portion piece
      parts portions pieces
      large big
      larger bigger
      largest biggest
      small little
      smaller littler
      smallest littlest
      many numerous
      occur happen
      occurs happens
      help assist aid
      helps assists aids
      contain hold
      contains holds
      important significant
      usually commonly normally
      often frequently
      typically usually
      change alter modify
      changes alters modifies
      show display
      shows displays
      begin start
      begins starts
      end finish
      ends finishes
      need require
      needs requires
      different distinct
      similar alike
      main primary chief principal
      example instance
      term word
      amount quantity
      speed velocity
      quickly rapidly
      fast quick
      place location
      places locations
      area region
      areas regions
      person individual
      people persons
      disease illness
      diseases illnesses
      sickness illness
      device instrument
      tool instrument
      method technique
      way manner
      cause induce
      causes induces
      caused induced
      move travel
      moves travels
      found discovered
      find discover
      study examine
      study survey
      scientist researcher
      scientists researchers
      describe depict
      describes depicts
      measure gauge
      measures gauges
      obtain get acquire
      consist comprise
      build construct
      builds constructs
      break fracture
      split divide
      divide separate
      divided separated
      join connect link
      joins connects links
      connected linked joined
      surround encircle
      surrounds encircles
      refer relate
      refers relates
      group class
      groups classes
      stage phase
      stages phases
      layer stratum
      structure construction
      structures constructions
      function role
      substance material
      substances materials
      ocean sea
      oceans seas
      rock stone
      rocks stones
      force power
      rate pace
      quick fast
      entire whole
      complete total
      total whole
      common usual
      certain particular
      special particular
      rise ascend
      fall descend
      allow permit
      allows permits
      supply provide
      provide supply
      provides supplies
      store keep
      stored kept
      protect guard
      protects guards
      kill destroy
      eat consume
      eats consumes
      take accept
      give yield
      gives yields
      remain stay
      remains stays
      tiny minute
      hard difficult
      close near
      almost nearly
      approximately about
      also too
""";

  private final Random random;
  private final Map<String, List<String>> synonyms = new HashMap<>();

  Editor(long seed) {
    random = new Random(seed);
    for (String line : SYNONYMS.lines().toList()) {
      List<String> words = List.of(line.strip().split(" ", -1));
      for (String word : words) {
        synonyms.computeIfAbsent(word, any -> new ArrayList<>()).addAll(words);
        synonyms.getOrDefault(word, List.of()).removeIf(word::equals);
      }
    }
  }

  /** Another wording; no two calls need give the same. */
  String edited(String question) {
    List<String> words = new ArrayList<>(List.of(question.split(" ", -1)));
    int edits = (int) Math.round(words.size() * (0.1 + 0.1 * random.nextDouble()));
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      if (!factual(words.get(i), i)) {
        places.add(i);
      }
    }
    Collections.shuffle(places, random);
    places.stream().limit(Math.max(1, edits)).forEach(place -> edit(words, place));
    words.removeIf(String::isEmpty);
    return String.join(" ", words);
  }

  private void edit(List<String> words, int place) {
    String word = words.get(place);
    List<String> others = synonyms.getOrDefault(bare(word), List.of());
    int way = random.nextInt(others.isEmpty() ? 2 : 3);
    if (way == 0) {
      words.set(place, ending(word));
    } else if (way == 1) {
      words.set(place, ADDED.get(random.nextInt(ADDED.size())) + " " + word);
    } else {
      words.set(place, others.get(random.nextInt(others.size())) + ending(word));
    }
  }

  static boolean factual(String word, int place) {
    String bare = bare(word);
    return word.chars().anyMatch(Character::isDigit)
        || NUMBERS.contains(bare)
        || NEGATIONS.contains(bare)
        || bare.endsWith("n't")
        || (word.chars().anyMatch(Character::isUpperCase)
            && !(place == 0 && OPENING.contains(bare)));
  }

  static String bare(String word) {
    return word.toLowerCase(Locale.ROOT).replaceAll("^[^\\p{L}\\p{N}]+|[^\\p{L}\\p{N}]+$", "");
  }

  /** The punctuation behind a word. */
  private static String ending(String word) {
    return word.replaceFirst("^.*?([^\\p{L}\\p{N}]*)$", "$1");
  }
}
