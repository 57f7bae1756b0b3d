package dev.hone.similarity;

import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * Decides whether two similar texts differ by edits that decide nothing. Numbers, names and
 * negations are equal; so are the other words on which a meaning hangs, such as "first", "only" or
 * "after"; what both say stands in the same order; a word is exchanged for a synonym only; and no
 * two of the words in which they differ are opposites. An adverb may stand elsewhere, and another
 * in its place, unless they are opposites.
 *
 * <p>This is for situations of one content: there a word more or less decides nothing. Contents are
 * compared by {@link Sameness}.
 */
public final class Paraphrase {

  private static final int MOST_WORDS = 1_000;

  private final Analysis analysis;
  private final Background background;
  private final Sameness sameness;
  private final Lexicon lexicon;

  public Paraphrase(Analysis analysis, Background background) {
    this.analysis = analysis;
    this.background = background;
    this.sameness = new Sameness(analysis, background);
    this.lexicon = Lexicon.known();
  }

  /** What keeps two texts apart; empty when the one is a paraphrase of the other. */
  public Optional<String> apart(String one, String other) {
    Facts facts = sameness.facts(one);
    Facts others = sameness.facts(other);
    List<String> words = words(one);
    List<String> otherWords = words(other);
    if (!facts.agreeOnNumbersAndNames(others)) {
      return Optional.of("a number or name differs");
    }
    if (words.equals(otherWords)) {
      return Optional.empty();
    }
    if (Math.max(words.size(), otherWords.size()) > MOST_WORDS) {
      return Optional.of("they are too long to be compared word by word");
    }
    if (!decided(words).equals(decided(otherWords))) {
      return Optional.of("a negation, or a word on which the meaning hangs, differs");
    }
    // Where a word is repeated, there are several longest subsequences; from the other side
    // another.
    List<String> fixed = fixed(words);
    List<String> otherFixed = fixed(otherWords);
    return exchanged(Alignment.of(fixed, otherFixed))
        .or(() -> exchanged(Alignment.of(otherFixed, fixed)))
        .or(() -> opposites(Alignment.of(words, otherWords)));
  }

  private List<String> words(String text) {
    return Wording.of(text).stream().filter(word -> !lexicon.empty(word)).toList();
  }

  /** The words of which no other may take the place: an adverb may stand here or there. */
  private List<String> fixed(List<String> words) {
    return words.stream().filter(word -> !lexicon.adverb(word)).toList();
  }

  private List<String> decided(List<String> words) {
    return words.stream()
        .flatMap(
            word -> (Facts.negates(word) ? Optional.of("not") : lexicon.decides(word)).stream())
        .toList();
  }

  private Optional<String> exchanged(Alignment alignment) {
    return alignment.ordered()
        ? alignment.gaps().stream().flatMap(gap -> exchanged(gap).stream()).findFirst()
        : Optional.of("the words stand in another order");
  }

  /** A word that stands in the place of another and says something else. */
  private Optional<String> exchanged(Alignment.Gap gap) {
    return unlike(telling(gap.ones()), telling(gap.others()), lexicon::synonyms)
        .or(() -> unlike(said(gap.ones()), said(gap.others()), String::equals));
  }

  /** If each has words, then each word of the one with fewer has its like in the other. */
  private static Optional<String> unlike(
      List<String> ones, List<String> others, BiPredicate<String, String> like) {
    List<String> fewer = ones.size() <= others.size() ? ones : others;
    List<String> more = ones.size() <= others.size() ? others : ones;
    return fewer.stream().allMatch(word -> more.stream().anyMatch(each -> like.test(word, each)))
        ? Optional.empty()
        : Optional.of("a word stands in the place of another");
  }

  private List<String> telling(List<String> words) {
    return words.stream()
        .filter(
            word ->
                lexicon.says(word).isEmpty()
                    && !Facts.negates(word)
                    && !background.common(analysis.terms(word)))
        .toList();
  }

  private List<String> said(List<String> words) {
    return words.stream().flatMap(word -> lexicon.says(word).stream()).toList();
  }

  private Optional<String> opposites(Alignment whole) {
    return whole.ones().stream()
            .anyMatch(one -> whole.others().stream().anyMatch(o -> lexicon.opposites(one, o)))
        ? Optional.of("words in which they differ are opposites")
        : Optional.empty();
  }
}
