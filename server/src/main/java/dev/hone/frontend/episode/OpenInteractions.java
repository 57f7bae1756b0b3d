package dev.hone.frontend.episode;

import dev.hone.similarity.Analysis;
import dev.hone.similarity.Background;
import dev.hone.similarity.Bm25;
import dev.hone.similarity.Neighbourhood;
import dev.hone.similarity.SimilarityIndex;
import dev.hone.similarity.TermVector;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The interactions of one principal in episodes that more may join, comparable with a new one.
 *
 * <p>The similarity needed is the threshold less what a common session and closeness in time add.
 * Closeness can help anybody, so the index is asked for the threshold less closeness; the few
 * interactions of the same session are compared one by one.
 */
final class OpenInteractions {

  /**
   * How alike an interaction and one in an episode must be.
   *
   * @param threshold the similarity needed, bonuses included, in (0, 1]
   * @param session what a common session adds
   * @param closeness what it adds that they came at the same time; with {@code session} less than
   *     the threshold
   * @param halving the time between them that halves closeness
   */
  record Bonuses(double threshold, double session, double closeness, Duration halving) {

    double closeness(Instant one, Instant other) {
      double apart = Math.abs(Duration.between(one, other).toMillis());
      return closeness * Math.pow(0.5, apart / Math.max(1, halving.toMillis()));
    }
  }

  /** Where an interaction is. */
  record Home(String episode, @Nullable String session, Instant at) {}

  private final Analysis analysis;
  private final Background background;
  private final Bm25 bm25;
  private final Bonuses bonuses;
  private final double least;
  private final Map<String, String> texts = new LinkedHashMap<>();
  private final Map<String, Home> homes = new HashMap<>();
  private final Map<String, Set<String>> sessions = new HashMap<>();
  private Neighbourhood neighbours;

  OpenInteractions(Analysis analysis, Background background, Bm25 bm25, Bonuses bonuses) {
    this.analysis = analysis;
    this.background = background;
    this.bm25 = bm25;
    this.bonuses = bonuses;
    this.least = bonuses.threshold - bonuses.closeness;
    this.neighbours = Neighbourhood.of(analysis, background, bm25, least, texts);
  }

  void put(String interaction, String text, Home home) {
    texts.put(interaction, text);
    homes.put(interaction, home);
    if (home.session != null) {
      sessions.computeIfAbsent(home.session, any -> new LinkedHashSet<>()).add(interaction);
    }
    neighbours.put(interaction, text);
    if (neighbours.outgrown()) {
      neighbours = Neighbourhood.of(analysis, background, bm25, least, texts);
    }
  }

  void remove(String interaction) {
    texts.remove(interaction);
    neighbours.remove(interaction);
    Home home = homes.remove(interaction);
    if (home != null && home.session != null) {
      sessions.computeIfPresent(
          home.session,
          (session, mates) -> {
            mates.remove(interaction);
            return mates.isEmpty() ? null : mates;
          });
    }
  }

  boolean isEmpty() {
    return texts.isEmpty();
  }

  /** The episode of the most similar interaction, if one is similar enough. */
  Optional<String> mostSimilar(String text, @Nullable String session, Instant at) {
    Best best = new Best(session, at);
    TermVector vector = neighbours.vector(text);
    for (SimilarityIndex.Match<String> match : neighbours.near(vector, least)) {
      best.consider(match.key(), match.similarity());
    }
    for (String mate :
        session == null ? Set.<String>of() : sessions.getOrDefault(session, Set.of())) {
      neighbours.vectorOf(mate).ifPresent(of -> best.consider(mate, vector.similarity(of)));
    }
    return Optional.ofNullable(best.episode);
  }

  private final class Best {
    private final @Nullable String session;
    private final Instant at;
    private double score = bonuses.threshold;
    private @Nullable String episode;

    Best(@Nullable String session, Instant at) {
      this.session = session;
      this.at = at;
    }

    void consider(String interaction, double similarity) {
      Home home = homes.get(interaction);
      if (home != null && similarity > 0) {
        double bonus =
            (session != null && session.equals(home.session) ? bonuses.session : 0)
                + bonuses.closeness(at, home.at);
        double sum = similarity + bonus;
        if (sum > score || (episode == null && sum >= score)) {
          score = sum;
          episode = home.episode;
        }
      }
    }
  }
}
