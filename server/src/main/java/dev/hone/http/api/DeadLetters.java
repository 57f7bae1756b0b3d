package dev.hone.http.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.experience.EpisodeState;
import dev.hone.http.exchange.Answer;
import dev.hone.http.exchange.Ask;
import dev.hone.http.exchange.Endpoint;
import dev.hone.http.exchange.Operation;
import dev.hone.http.exchange.Operation.Trait;
import dev.hone.http.exchange.Problem;
import dev.hone.http.exchange.Resource;
import dev.hone.http.exchange.Schema;
import dev.hone.http.exchange.Struct;
import dev.hone.port.Episodes;
import dev.hone.port.Jobs;
import dev.hone.port.Keys.Role;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/v1/learning/dead-letters}: episodes and jobs of a space that were set aside after
 * they had failed too often, for a person to retry or drop.
 */
public final class DeadLetters implements Resource {

  private static final String PATH = "/api/v1/learning/dead-letters";

  private final Episodes episodes;
  private final Jobs jobs;
  private final Runnable wake;
  private final InstantSource clock;

  /**
   * @param wake told that there is something to try again
   */
  public DeadLetters(Episodes episodes, Jobs jobs, Runnable wake, InstantSource clock) {
    this.episodes = episodes;
    this.jobs = jobs;
    this.wake = wake;
    this.clock = clock;
  }

  @Override
  public List<Endpoint> endpoints() {
    Struct done =
        Struct.of().required("id", Shapes.ID, "").required("retried", Schema.flag(), "Or dropped.");
    return List.of(
        new Endpoint(
            Operation.of("GET", PATH, Role.CURATOR, "What learning has given up, newest first.")
                .with(Trait.SCOPED)
                .paged(Shapes.DEAD_LETTER),
            this::list),
        new Endpoint(
            Operation.of("POST", PATH + "/{id}/retry", Role.CURATOR, "Has it tried once more.")
                .with(Trait.SCOPED, Trait.WRITES)
                .takes(Struct.of(), "{}")
                .answers(200, done),
            this::retry),
        new Endpoint(
            Operation.of("POST", PATH + "/{id}/drop", Role.CURATOR, "Gives it up for good.")
                .with(Trait.SCOPED, Trait.WRITES)
                .takes(Struct.of().optional("reason", Schema.text(1, 1_000), ""), "{}")
                .answers(200, done),
            this::drop));
  }

  private Answer list(Ask ask) {
    int most = Pages.fetched(ask);
    List<ObjectNode> newest =
        Stream.concat(
                episodes.failed(ask.space(), ask.cursor(), most).stream().map(DeadLetters::view),
                jobs.failed(ask.space(), ask.cursor(), most).stream().map(DeadLetters::view))
            .sorted(Comparator.comparing(DeadLetters::id).reversed())
            .limit(most)
            .toList();
    return Pages.answer(ask, newest, DeadLetters::id, each -> each);
  }

  private static String id(ObjectNode letter) {
    return letter.path("id").asText();
  }

  private static ObjectNode view(Episodes.Summary episode) {
    return view(episode.id(), "episode", episode.note())
        .put("attempts", episode.attempts())
        .put("at", episode.lastAt().toString())
        .put("revision", episode.revision())
        .put("raw", episode.raw());
  }

  private static ObjectNode view(Jobs.Job job) {
    return view(job.id(), job.kind().name().toLowerCase(Locale.ROOT), job.note())
        .put("attempts", job.attempts())
        .put("at", job.madeAt().toString())
        .put("subject", job.subject().isEmpty() ? null : job.subject());
  }

  private static ObjectNode view(String id, String kind, @Nullable String why) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", id)
        .put("kind", kind)
        .put("why", why == null ? "" : why);
  }

  private Answer retry(Ask ask) {
    String id = ask.path("id");
    if (!episodes.retry(ask.space(), id) && !jobs.retry(ask.space(), id, clock.instant())) {
      if (episodes.summary(ask.space(), id).filter(DeadLetters::isDead).isEmpty()) {
        throw unknown(ask.space(), id);
      }
      throw new Problem(
          409,
          "Words let go",
          "The words of episode '"
              + id
              + "' were let go (capture.keep, capture.size): it cannot be learned from any more."
              + " Drop it.");
    }
    wake.run();
    return answer(id, true);
  }

  private static boolean isDead(Episodes.Summary episode) {
    return episode.state() == EpisodeState.FAILED;
  }

  private Answer drop(Ask ask) {
    String id = ask.path("id");
    String why = "dropped: " + ask.text("reason").orElse("by hand");
    if (!episodes.drop(ask.space(), id, why) && !jobs.drop(ask.space(), id)) {
      throw unknown(ask.space(), id);
    }
    return answer(id, false);
  }

  private static Problem unknown(String space, String id) {
    return Problem.notFound("Space '" + space + "' has no dead letter '" + id + "'.");
  }

  private static Answer answer(String id, boolean retried) {
    return Answer.of(
        200, JsonNodeFactory.instance.objectNode().put("id", id).put("retried", retried));
  }
}
