package dev.hone.backend.refine;

import dev.hone.experience.Experience;
import dev.hone.experience.Refinement;
import dev.hone.similarity.Neighbourhood;
import dev.hone.similarity.ScoreIndex;
import dev.hone.similarity.Scoring;
import dev.hone.similarity.SimilarityIndex;
import dev.hone.similarity.TermVector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How alike two items are, and which of many are. */
sealed interface Similarity {

  /** Two items, by their places in a list: {@code one < other}. */
  @FunctionalInterface
  interface Found {
    void pair(int one, int other, double similarity);
  }

  /** How alike two items are. */
  double of(Experience one, Experience other);

  /** Tells of every pair at or above a threshold, once. */
  void pairs(List<Experience> items, double threshold, Found found);

  /** By a measure. */
  static Similarity by(Refinement.Measure measure, Neighbourhood neighbours, Scoring scoring) {
    return switch (measure) {
      case NORMALISED -> new Normalised(neighbours);
      case RAW -> new Raw(scoring);
    };
  }

  /** See {@link Refinement.Measure#NORMALISED}. */
  record Normalised(Neighbourhood neighbours) implements Similarity {

    @Override
    public double of(Experience one, Experience other) {
      Optional<TermVector> first = neighbours.vectorOf(one.id());
      Optional<TermVector> second = neighbours.vectorOf(other.id());
      return first.isPresent() && second.isPresent() ? first.get().similarity(second.get()) : 0;
    }

    @Override
    public void pairs(List<Experience> items, double threshold, Found found) {
      Map<String, Integer> places = new HashMap<>();
      items.forEach(item -> places.put(item.id(), places.size()));
      for (int i = 0; i < items.size(); i++) {
        Optional<TermVector> vector = neighbours.vectorOf(items.get(i).id());
        if (vector.isPresent()) {
          for (SimilarityIndex.Match<String> match : neighbours.near(vector.get(), threshold)) {
            int there = places.getOrDefault(match.key(), -1);
            if (there > i) {
              found.pair(i, there, match.similarity());
            }
          }
        }
      }
    }
  }

  /**
   * See {@link Refinement.Measure#RAW}. A pair counts when either direction reaches the threshold.
   */
  record Raw(Scoring scoring) implements Similarity {

    @Override
    public double of(Experience one, Experience other) {
      return Math.max(score(one, other), score(other, one));
    }

    private double score(Experience query, Experience item) {
      return scoring.score(query.lesson().text(), item.lesson().text()).value();
    }

    @Override
    public void pairs(List<Experience> items, double threshold, Found found) {
      ScoreIndex index =
          new ScoreIndex(scoring, items.stream().map(item -> item.lesson().text()).toList());
      for (int i = 0; i < items.size(); i++) {
        Experience here = items.get(i);
        for (int there : index.atLeast(here.lesson().text(), threshold)) {
          Experience match = items.get(there);
          if (there > i) {
            found.pair(i, there, of(here, match));
          } else if (there < i && score(match, here) < threshold) {
            // In the other direction it was not found before.
            found.pair(there, i, of(here, match));
          }
        }
      }
    }
  }
}
