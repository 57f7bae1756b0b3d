package dev.hone.frontend.episode;

import dev.hone.similarity.Analysis;
import dev.hone.similarity.Background;
import dev.hone.similarity.Bm25;
import dev.hone.similarity.Neighbourhood;
import dev.hone.similarity.SimilarityIndex;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The interactions of one principal that are in open episodes, comparable with a new one. */
public final class OpenInteractions {

  /** Where an interaction is. */
  record Home(String episode, String conversation, Optional<String> session) {}

  private final Analysis analysis;
  private final Background background;
  private final Bm25 bm25;
  private final double least;
  private final Map<String, String> texts = new LinkedHashMap<>();
  private final Map<String, Home> homes = new HashMap<>();
  private final Map<String, String> conversations = new HashMap<>();
  private Neighbourhood neighbours;

  /**
   * @param least the lowest similarity that will be asked for
   */
  public OpenInteractions(Analysis analysis, Background background, Bm25 bm25, double least) {
    this.analysis = analysis;
    this.background = background;
    this.bm25 = bm25;
    this.least = least;
    this.neighbours = Neighbourhood.of(analysis, background, bm25, least, texts);
  }

  void put(String interaction, String text, Home home) {
    texts.put(interaction, text);
    homes.put(interaction, home);
    conversations.put(home.conversation(), home.episode());
    neighbours.put(interaction, text);
    if (neighbours.outgrown()) {
      neighbours = Neighbourhood.of(analysis, background, bm25, least, texts);
    }
  }

  void remove(String interaction) {
    texts.remove(interaction);
    neighbours.remove(interaction);
    Home home = homes.remove(interaction);
    if (home != null) {
      conversations.remove(home.conversation(), home.episode());
    }
  }

  boolean isEmpty() {
    return texts.isEmpty();
  }

  /** The open episode of a conversation. */
  Optional<String> inConversation(String conversation) {
    return Optional.ofNullable(conversations.get(conversation));
  }

  /** The episode of the most similar interaction, where a common session adds a bonus. */
  Optional<String> mostSimilar(
      String text, Optional<String> session, double threshold, double bonus) {
    String best = null;
    double highest = threshold;
    double low = session.isPresent() ? Math.max(least, threshold - bonus) : threshold;
    for (SimilarityIndex.Match<String> match : neighbours.near(neighbours.vector(text), low)) {
      Home home = homes.get(match.key());
      if (home != null) {
        boolean common = session.isPresent() && session.equals(home.session());
        double score = match.similarity() + (common ? bonus : 0);
        if (score > highest || (best == null && score >= threshold)) {
          highest = score;
          best = home.episode();
        }
      }
    }
    return Optional.ofNullable(best);
  }
}
