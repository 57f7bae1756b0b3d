package dev.hone.experience;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a captured interaction.
 *
 * @param interaction as captured
 * @param path the endpoint asked; empty for what did not pass through the gateway
 * @param usage what the model says that it cost
 * @param confidence what the answer says of its own confidence, in [0, 1]; absent where it says
 *     nothing
 * @param exposures the items that stood in its prompt
 * @param block the text that was put behind its newest message; empty when there was none
 * @param learning where it stands on its way to experience
 * @param repeats the interaction of its episode that said exactly the same before: this one is
 *     counted there, and what rests on that one rests on it; absent for all others
 */
public record Receipt(
    Interaction interaction,
    String path,
    @Nullable Usage usage,
    @Nullable Double confidence,
    List<Exposure> exposures,
    String block,
    Learning learning,
    @Nullable String repeats) {

  public Receipt {
    exposures = List.copyOf(exposures);
  }

  /** Where an interaction stands on its way to experience. */
  public sealed interface Learning {

    /** Not to be learned from: interrupted, or failed. */
    record Excluded(String why) implements Learning {}

    /** Waits to be put in an episode. */
    record Waiting() implements Learning {}

    /**
     * In an episode that still gathers, or waits to be distilled.
     *
     * @param why it waits; empty when nothing but its turn is missing
     */
    record InEpisode(String episode, int revision, EpisodeState state, String why)
        implements Learning {}

    /** Distilled; the items that rest on it. */
    record Distilled(String episode, int revision, List<String> experiences) implements Learning {}

    /** Distilled, and nothing came of it. */
    record Nothing(String episode, int revision, String why) implements Learning {}

    /** Could not be distilled. */
    record Failed(String episode, int revision, String why) implements Learning {}
  }
}
