package dev.hone.backend.store;

import dev.hone.similarity.Analysis;
import dev.hone.similarity.Background;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** The words that tell what a text is about: its terms but for function words. */
final class TellingWords {

  private final Analysis analysis;
  private final Background background;

  TellingWords(Analysis analysis, Background background) {
    this.analysis = analysis;
    this.background = background;
  }

  Set<String> of(String text) {
    Set<String> words = new HashSet<>(analysis.terms(text));
    words.removeIf(background::common);
    return words;
  }

  static boolean overlap(Set<String> one, Set<String> other) {
    return one.stream().anyMatch(other::contains);
  }

  static Set<String> union(Collection<Set<String>> sets) {
    Set<String> all = new HashSet<>();
    sets.forEach(all::addAll);
    return all;
  }
}
