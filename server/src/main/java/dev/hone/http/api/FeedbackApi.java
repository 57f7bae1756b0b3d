package dev.hone.http.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hone.experience.Episode;
import dev.hone.experience.Outcome;
import dev.hone.http.exchange.Answer;
import dev.hone.http.exchange.Ask;
import dev.hone.http.exchange.Caller;
import dev.hone.http.exchange.Endpoint;
import dev.hone.http.exchange.Operation;
import dev.hone.http.exchange.Operation.Trait;
import dev.hone.http.exchange.Problem;
import dev.hone.http.exchange.Resource;
import dev.hone.http.exchange.Struct;
import dev.hone.outcome.Feedback;
import dev.hone.port.Episodes;
import dev.hone.port.Ids;
import dev.hone.port.Journal;
import dev.hone.port.Keys.Role;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** {@code /api/v1/feedback}: what happened after an answer. */
public final class FeedbackApi implements Resource {

  private static final String PATH = "/api/v1/feedback";

  private final Feedback feedback;
  private final Journal journal;
  private final Episodes episodes;
  private final Ids ids;
  private final InstantSource clock;
  private final Views views = new Views();

  public FeedbackApi(
      Feedback feedback, Journal journal, Episodes episodes, Ids ids, InstantSource clock) {
    this.feedback = feedback;
    this.journal = journal;
    this.episodes = episodes;
    this.ids = ids;
    this.clock = clock;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(
            Operation.of("POST", PATH, Role.CLIENT, "Says what happened after an answer.")
                .with(Trait.SCOPED, Trait.WRITES, Trait.KEYED)
                .takes(
                    Struct.of()
                        .optional("interaction_id", Shapes.ID, "From x-hone-interaction-id.")
                        .optional("episode_id", Shapes.ID, "In its place: its last interaction.")
                        .and(Outcomes.SHAPE),
                    "{\"interaction_id\":\"{interaction}\",\"correction\":\"Paris.\"}")
                .answers(
                    201,
                    Struct.of()
                        .required("id", Shapes.ID, "")
                        .required("interaction_id", Shapes.ID, "")),
            this::take),
        new Endpoint(
            Operation.of(
                    "GET",
                    PATH,
                    Role.CLIENT,
                    "What was said of an interaction of yours, newest first.")
                .with(Trait.SCOPED)
                .needs("interaction_id", Shapes.ID, "The interaction.")
                .paged(Shapes.OUTCOME),
            this::list));
  }

  private Answer take(Ask ask) {
    String space = ask.space();
    String interaction = interaction(ask, space);
    List<Outcome> outcomes = Outcomes.read(ask.body(), interaction, ask.principal(), ids, clock);
    if (outcomes.isEmpty()) {
      throw Problem.badRequest(
          "Feedback says something: give 'correction', 'value' (with 'metric'), or 'comment'.");
    }
    if (journal
        .interaction(space, interaction)
        .filter(found -> judges(ask.caller(), found.scope().principal()))
        .isEmpty()) {
      throw unknown(space, interaction);
    }
    Outcome outcome = outcomes.getFirst();
    return Answer.of(
            201,
            JsonNodeFactory.instance
                .objectNode()
                .put("id", outcome.id())
                .put("interaction_id", interaction))
        .after(
            () -> {
              if (!feedback.take(space, outcome)) {
                throw unknown(space, interaction);
              }
            });
  }

  /** Whether a caller may judge what was answered to a principal. */
  private static boolean judges(Caller caller, String principal) {
    return caller.role().covers(Role.CURATOR) || caller.principal().equals(principal);
  }

  private static Problem unknown(String space, String interaction) {
    return Problem.notFound(
        "Space '"
            + space
            + "' has no interaction '"
            + interaction
            + "'. Take the id from the header x-hone-interaction-id of the answer.");
  }

  /** An episode's outcome is its last interaction's. */
  private String interaction(Ask ask, String space) {
    Optional<String> interaction = ask.text("interaction_id");
    if (interaction.isPresent()) {
      return interaction.get();
    }
    String episode =
        ask.text("episode_id")
            .orElseThrow(
                () -> Problem.badRequest("Give 'interaction_id' or 'episode_id' as a string."));
    return episodes
        .episode(space, episode)
        .filter(found -> judges(ask.caller(), found.principal()))
        .map(Episode::interactions)
        .filter(interactions -> !interactions.isEmpty())
        .map(interactions -> interactions.getLast().id())
        .orElseThrow(
            () -> Problem.notFound("Space '" + space + "' has no episode '" + episode + "'."));
  }

  private Answer list(Ask ask) {
    String id = ask.parameter("interaction_id").orElse("");
    String before = ask.cursor();
    List<Outcome> outcomes =
        journal
            .interaction(ask.space(), id)
            .filter(found -> found.scope().principal().equals(ask.principal()))
            .orElseThrow(
                () ->
                    Problem.notFound(
                        "Space '" + ask.space() + "' has no interaction '" + id + "' of yours."))
            .outcomes()
            .reversed()
            .stream()
            .filter(outcome -> before == null || outcome.id().compareTo(before) < 0)
            .limit(Pages.fetched(ask))
            .toList();
    return Pages.answer(ask, outcomes, Outcome::id, views::outcome);
  }
}
