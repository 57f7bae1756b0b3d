package dev.hone.similarity;

import java.util.List;
import java.util.Optional;

/**
 * Decides whether two similar texts differ by edits that decide nothing. Numbers, names and
 * negations are equal; so are the other words on which a meaning hangs, such as "first", "only" or
 * "after"; what both say stands in the same order; a word is exchanged for a synonym only; and no
 * two of the words in which they differ are opposites.
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
    this.lexicon = new Lexicon(analysis);
  }

  /** What keeps two texts apart; empty when the one is a paraphrase of the other. */
  public Optional<String> apart(String one, String other) {
    Facts facts = sameness.facts(one);
    Facts others = sameness.facts(other);
    List<String> words = Wording.of(one);
    List<String> otherWords = Wording.of(other);
    boolean equal = words.equals(otherWords);
    if (equal ? !facts.agree(others) : !facts.keep(others) || !others.keep(facts)) {
      return Optional.of("a number, name or negation differs");
    }
    if (equal) {
      return Optional.empty();
    }
    if (Math.max(words.size(), otherWords.size()) > MOST_WORDS) {
      return Optional.of("they are too long to be compared word by word");
    }
    if (!decided(words).equals(decided(otherWords))) {
      return Optional.of("a word on which the meaning hangs differs");
    }
    return apart(Alignment.of(words, otherWords));
  }

  private List<String> decided(List<String> words) {
    return words.stream().flatMap(word -> lexicon.decides(word).stream()).toList();
  }

  private Optional<String> apart(Alignment alignment) {
    return alignment.ordered()
        ? alignment.gaps().stream()
            .flatMap(gap -> exchanged(gap).stream())
            .findFirst()
            .or(() -> opposites(alignment.ones(), alignment.others()))
        : Optional.of("the words stand in another order");
  }

  /** A word that stands in the place of another and is no synonym of it. */
  private Optional<String> exchanged(Alignment.Gap gap) {
    List<String> mine = telling(gap.ones());
    List<String> theirs = telling(gap.others());
    List<String> fewer = mine.size() <= theirs.size() ? mine : theirs;
    List<String> more = mine.size() <= theirs.size() ? theirs : mine;
    return fewer.stream()
        .filter(word -> more.stream().noneMatch(each -> lexicon.synonyms(word, each)))
        .findFirst()
        .map(
            word ->
                "\"" + String.join(" ", mine) + "\" is not \"" + String.join(" ", theirs) + "\"");
  }

  private List<String> telling(List<String> words) {
    return words.stream().filter(word -> !background.common(analysis.terms(word))).toList();
  }

  private Optional<String> opposites(List<String> ones, List<String> others) {
    return ones.stream()
        .flatMap(
            one ->
                others.stream()
                    .filter(other -> lexicon.opposites(one, other))
                    .map(other -> "\"" + one + "\" is the opposite of \"" + other + "\""))
        .findFirst();
  }
}
