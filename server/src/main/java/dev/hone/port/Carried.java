package dev.hone.port;

import dev.hone.experience.EpisodeState;
import dev.hone.experience.Evidence;
import dev.hone.experience.Experience;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is carried from one Hone to another, or from a log into Hone. */
public final class Carried {

  private Carried() {}

  /**
   * An interaction as a whole.
   *
   * @param recorded as it is written down
   * @param source where it stood, {@code SOURCE#RECORD#N} with N from 0; unique in a space, absent
   *     for what a Hone captured itself
   * @param repeats the interaction of the same episode that said exactly the same before
   * @param emitted digests of the sentences that Hone itself put into its prompt
   */
  public record Recording(
      Journal.Recorded recorded,
      @Nullable String source,
      @Nullable String repeats,
      List<String> emitted) {

    public Recording {
      emitted = List.copyOf(emitted);
    }

    /** One that stands in a log. */
    public static Recording of(Journal.Recorded recorded, String source) {
      return new Recording(recorded, source, null, List.of());
    }

    public String id() {
      return recorded.opening().id();
    }
  }

  /**
   * An episode with its interactions.
   *
   * @param size interactions that count
   * @param note why nothing came of it, or why it failed
   * @param tokens of what it holds, estimated
   */
  public record Episode(
      String id,
      String principal,
      int revision,
      EpisodeState state,
      int size,
      int repetitions,
      int tokens,
      Instant lastAt,
      @Nullable String note,
      List<Recording> interactions) {

    public Episode {
      interactions = List.copyOf(interactions);
    }
  }

  /**
   * A span that an item rests on.
   *
   * @param source that of its interaction, if it has one
   */
  public record Span(Evidence evidence, @Nullable String source) {}

  /** What an item has to do with another whose id comes after its own. */
  public record Link(String other, String relation, double similarity) {}

  /** An item with what it rests on. */
  public record Item(Experience experience, List<Span> evidence, List<Link> links) {

    public Item {
      evidence = List.copyOf(evidence);
      links = List.copyOf(links);
    }
  }
}
