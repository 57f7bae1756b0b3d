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

  /** Fillers; none is among the words that the rules under test have for empty. */
  static final List<String> ADDED =
      List.of(
          "mostly",
          "frequently",
          "largely",
          "broadly",
          "currently",
          "nowadays",
          "again",
          "still",
          "overall",
          "literally",
          "technically",
          "ultimately",
          "effectively",
          "notably",
          "apparently",
          "presumably",
          "principally",
          "respectively",
          "customarily",
          "altogether",
          "practically",
          "regularly",
          "virtually",
          "namely",
          "chiefly");

  /**
   * Words that mean the same in a question about nature; no two of one line are synonyms by the
   * rules' own list.
   */
  static final String SYNONYMS =
"""
      process procedure
      processes procedures
      part portion piece
      parts portions pieces
      many numerous
      occur happen
      occurs happens
      contain hold
      contains holds
      important significant
      change alter modify
      changes alters modifies
      show display
      shows displays
      begin start commence
      begins starts commences
      end finish
      ends finishes
      need require
      needs requires
      similar alike
      main primary chief principal
      example instance
      examples instances
      amount quantity
      amounts quantities
      speed velocity
      quickly rapidly swiftly
      fast quick
      area region zone
      areas regions zones
      device instrument
      tool instrument
      method technique
      methods techniques
      way manner
      ways manners
      cause induce
      causes induces
      caused induced
      move travel
      moves travels
      movement motion
      study examine
      describe depict
      describes depicts
      obtain get acquire
      obtains gets acquires
      build construct
      break fracture
      split divide
      divide separate
      divided separated
      join connect link
      joins connects links
      connected linked joined
      combine unite
      combines unites
      combined united
      stage phase
      stages phases
      layer stratum
      structure construction
      function role
      functions roles
      ocean sea
      oceans seas
      rock stone
      rocks stones
      force power
      rate pace
      entire whole
      complete total
      common usual
      rise ascend
      fall descend
      allow permit
      allows permits
      supply provide
      provides supplies
      kill destroy
      eat consume
      eats consumes
      give yield
      gives yields
      remain stay
      remains stays
      hard difficult
      close near
      almost nearly
      approximately about
      animal creature
      animals creatures
      result outcome
      results outcomes
      carry transport
      carries transports
      carried transported
      release discharge
      releases discharges
      released discharged
      convert transform
      converts transforms
      converted transformed
      determine ascertain
      determined ascertained
      reproduce breed
      shape form
      liquid fluid
      liquids fluids
      ability capacity
      feature trait characteristic
      features traits characteristics
      country nation
      countries nations
      center middle
      edge border boundary
      medicine drug
      doctor physician
      doctors physicians
      component constituent
      components constituents
      mixture blend
      famous renowned
      modern contemporary
      strong powerful
      sequence series
      path route
      response reaction
      responses reactions
      offspring progeny
      ancestor forebear
      ancestors forebears
      enable let
      enables lets
      maintain preserve sustain
      maintains preserves sustains
      regulate control
      regulates controls
      transfer transmit
      transferred transmitted
      collect gather
      collects gathers
      attached fastened
      located situated positioned
      classified categorized
      considered regarded deemed
      calculate compute
      calculated computed
      identify recognize
      identified recognized
      explain clarify
      explains clarifies
      through via
      because since
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
      words.set(place, ADDED.get(random.nextInt(ADDED.size())) + " " + within(word, place));
    } else {
      words.set(place, others.get(random.nextInt(others.size())) + ending(word));
    }
  }

  /** The word as it is where it does not begin a question. */
  private static String within(String word, int place) {
    return place == 0 && OPENING.contains(bare(word)) ? word.toLowerCase(Locale.ROOT) : word;
  }

  static boolean factual(String word, int place) {
    String bare = bare(word);
    return word.chars().anyMatch(Character::isDigit)
        || NUMBERS.contains(bare.replaceFirst("s$", ""))
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
