package dev.hone.http.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.LearningLoop;
import dev.hone.experience.Refinement;
import dev.hone.http.exchange.Answer;
import dev.hone.http.exchange.Ask;
import dev.hone.http.exchange.Endpoint;
import dev.hone.http.exchange.Exchange;
import dev.hone.http.exchange.Operation;
import dev.hone.http.exchange.Operation.Trait;
import dev.hone.http.exchange.Resource;
import dev.hone.http.exchange.Schema;
import dev.hone.http.exchange.Struct;
import dev.hone.network.Network;
import dev.hone.port.Episodes;
import dev.hone.port.Keys.Role;
import dev.hone.port.Pool;
import java.time.Duration;
import java.util.List;

/** {@code /api/v1/learning} and {@code refinements}: where learning stands, and pushing it on. */
public final class LearningApi implements Resource {

  private static final int LONGEST_WAIT_SECONDS = 3_600;
  private static final Struct STATUS =
      Struct.of()
          .required("space", Schema.text(), "")
          .required("backlog", Schema.count(), "Interactions and episodes that wait.")
          .required("failed", Schema.count(), "Episodes set aside for a person.")
          .required("head", Schema.count(), "The newest commit's sequence.");

  private final LearningLoop loop;
  private final Episodes episodes;
  private final Pool pool;
  private final Network network;
  private final Views views = new Views();

  public LearningApi(LearningLoop loop, Episodes episodes, Pool pool, Network network) {
    this.loop = loop;
    this.episodes = episodes;
    this.pool = pool;
    this.network = network;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(
            Operation.of("GET", "/api/v1/learning", Role.CLIENT, "Where learning stands.")
                .with(Trait.SCOPED)
                .answers(200, STATUS),
            ask -> Answer.of(200, status(ask.space()))),
        new Endpoint(
            Operation.of(
                    "POST",
                    "/api/v1/learning/settle",
                    Role.CURATOR,
                    "Ends the open episodes and waits until all is learned from; 202 when that"
                        + " takes too long.")
                .with(Trait.SCOPED)
                .takes(
                    Struct.of()
                        .optional(
                            "timeout_seconds",
                            Schema.whole(1, LONGEST_WAIT_SECONDS),
                            "60 unless said."),
                    "{\"timeout_seconds\":60}")
                .answers(200, STATUS.required("settled", Schema.flag(), "")),
            this::settle),
        new Endpoint(
            Operation.of("POST", "/api/v1/refinements", Role.CURATOR, "One refinement pass.")
                .with(Trait.SCOPED, Trait.WRITES)
                .takes(
                    Struct.of()
                        .optional("dry_run", Schema.flag(), "Only look.")
                        .optional("reason", Schema.text(1, 1_000), ""),
                    "{\"dry_run\":true}")
                .answers(200, Shapes.REFINEMENT),
            this::refine));
  }

  private ObjectNode status(String space) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("space", space)
        .put("backlog", episodes.backlog(space))
        .put("failed", episodes.counts(space).failed())
        .put("head", pool.head(space));
  }

  private Answer settle(Ask ask) {
    String space = ask.space();
    int seconds = ask.body().path("timeout_seconds").asInt(60);
    boolean settled = loop.settle(space, Duration.ofSeconds(seconds));
    return Answer.of(settled ? 200 : 202, status(space).put("settled", settled));
  }

  private Answer refine(Ask ask) {
    boolean dryRun = Exchange.flag(ask.body(), "dry_run", false);
    String reason = ask.text("reason").orElse("by hand");
    Refinement result = network.backend().refine(ask.space(), dryRun, ask.principal(), reason);
    return Answer.of(dryRun || result.commit() == null ? 200 : 201, views.refinement(result));
  }
}
