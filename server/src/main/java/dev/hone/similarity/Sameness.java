package dev.hone.similarity;

import java.util.Set;

/**
 * Decides whether two texts say the same: equal facts, and the same words in the same order, but
 * for articles, a final s and the label of a choice. Of 858 pairs of SciQ questions with similarity
 * of at least 0.8, 370 have different answers, so similarity alone never merges; and one word
 * added, exchanged or moved can say the opposite. A paraphrase kept apart costs a duplicate;
 * opposites that merge cost a truth.
 */
public final class Sameness {

  private static final Set<String> BARE =
      Set.of(
          "true",
          "false",
          "correct",
          "incorrect",
          "right",
          "wrong",
          "ok",
          "okay",
          "none",
          "ja",
          "nein",
          "wahr",
          "falsch",
          "richtig",
          "oui",
          "non",
          "vrai",
          "faux",
          "sí",
          "si",
          "verdadero",
          "falso");

  private final Analysis analysis;
  private final Background background;

  public Sameness(Analysis analysis, Background background) {
    this.analysis = analysis;
    this.background = background;
  }

  /** Whether two contents say the same. */
  public boolean same(String one, String other) {
    return Wording.of(one).equals(Wording.of(other)) && facts(one).agree(facts(other));
  }

  /** Equal for texts that {@linkplain #same say the same}, and seldom for others. */
  public String key(String text) {
    return String.join(" ", Wording.of(text));
  }

  /** The facts of a text; the label of a choice is none. */
  public Facts facts(String text) {
    return Facts.of(Wording.unlabelled(text), analysis, background);
  }

  /**
   * Whether a content tells something without its situation; "yes", "true" or the letter of a
   * choice do not.
   */
  public boolean telling(String content) {
    return Wording.of(content).stream()
        .filter(word -> !BARE.contains(word))
        .anyMatch(word -> !background.common(analysis.terms(word)));
  }
}
