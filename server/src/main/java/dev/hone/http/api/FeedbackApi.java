package dev.hone.http.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.experience.Episode;
import dev.hone.experience.Outcome;
import dev.hone.http.exchange.Callers;
import dev.hone.http.exchange.Exchange;
import dev.hone.http.exchange.Operation;
import dev.hone.http.exchange.Problem;
import dev.hone.outcome.Feedback;
import dev.hone.port.Episodes;
import dev.hone.port.Ids;
import dev.hone.port.Keys.Role;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /api/v1/feedback}: what happened after an answer. */
public final class FeedbackApi implements Operation.Service {

  private final Exchange exchange;
  private final Callers callers;
  private final Feedback feedback;
  private final Episodes episodes;
  private final Ids ids;
  private final InstantSource clock;

  public FeedbackApi(
      Exchange exchange,
      Callers callers,
      Feedback feedback,
      Episodes episodes,
      Ids ids,
      InstantSource clock) {
    this.exchange = exchange;
    this.callers = callers;
    this.feedback = feedback;
    this.episodes = episodes;
    this.ids = ids;
    this.clock = clock;
  }

  @Override
  public List<Operation> operations() {
    return List.of(Operation.of(Role.CLIENT, "POST", "/api/v1/feedback", this::take));
  }

  /**
   * Takes {@code {"interaction_id" or "episode_id", "metric"?, "value"?, "comment"?,
   * "correction"?}}.
   */
  private void take(ServerRequest request, ServerResponse response) {
    JsonNode body = exchange.object(request);
    String space = callers.space(request);
    String interaction = interaction(body, space);
    List<Outcome> outcomes =
        Outcomes.read(body, interaction, callers.principal(request), ids, clock);
    if (outcomes.isEmpty()) {
      throw Problem.badRequest(
          "Feedback says something: give 'correction', 'value' (with 'metric'), or 'comment'.");
    }
    Outcome outcome = outcomes.getFirst();
    if (!feedback.take(space, outcome)) {
      throw Problem.notFound(
          "Space '"
              + space
              + "' has no interaction '"
              + interaction
              + "'. Take the id from the header x-hone-interaction-id of the answer.");
    }
    exchange.send(response, 201, Map.of("id", outcome.id(), "interaction_id", interaction));
  }

  /** An episode's outcome is its last interaction's. */
  private String interaction(JsonNode body, String space) {
    Optional<String> interaction = Exchange.text(body, "interaction_id");
    if (interaction.isPresent()) {
      return interaction.get();
    }
    String episode =
        Exchange.text(body, "episode_id")
            .orElseThrow(
                () -> Problem.badRequest("Give 'interaction_id' or 'episode_id' as a string."));
    return episodes
        .episode(space, episode)
        .map(Episode::interactions)
        .filter(interactions -> !interactions.isEmpty())
        .map(interactions -> interactions.getLast().id())
        .orElseThrow(
            () -> Problem.notFound("Space '" + space + "' has no episode '" + episode + "'."));
  }
}
