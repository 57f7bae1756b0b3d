package dev.hone.http.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.frontend.capture.Conversations;
import dev.hone.http.exchange.Answer;
import dev.hone.http.exchange.Ask;
import dev.hone.http.exchange.Callers;
import dev.hone.http.exchange.Endpoint;
import dev.hone.http.exchange.Operation;
import dev.hone.http.exchange.Operation.Trait;
import dev.hone.http.exchange.Resource;
import dev.hone.http.exchange.Schema;
import dev.hone.http.exchange.Struct;
import dev.hone.port.Ids;
import dev.hone.port.Journal;
import dev.hone.port.Keys.Role;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** {@code POST /api/v1/interactions}: takes what does not pass through the gateway. */
public final class Interactions implements Resource {

  static final String PATH = "/api/v1/interactions";
  private static final int MOST = 100;
  private static final String ONE =
      "{\"messages\":[{\"role\":\"user\",\"content\":\"What is the capital of France?\"}],"
          + "\"answer\":\"Lyon.\",\"correction\":\"Paris.\"}";

  private final Callers callers;
  private final Journal journal;
  private final Conversations conversations;
  private final Runnable wake;
  private final Ids ids;
  private final InstantSource clock;

  public Interactions(
      Callers callers,
      Journal journal,
      Conversations conversations,
      Runnable wake,
      Ids ids,
      InstantSource clock) {
    this.callers = callers;
    this.journal = journal;
    this.conversations = conversations;
    this.wake = wake;
    this.ids = ids;
    this.clock = clock;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(
            Operation.of("POST", PATH, Role.CLIENT, "Takes one interaction, durable when answered.")
                .with(Trait.SCOPED, Trait.WRITES, Trait.KEYED)
                .takes(Recordings.SHAPE, ONE)
                .answers(201, Struct.of().required("id", Shapes.ID, "")),
            this::take),
        new Endpoint(
            Operation.of(
                    "POST", PATH + "/batch", Role.CLIENT, "Takes several interactions, or none.")
                .with(Trait.SCOPED, Trait.WRITES, Trait.KEYED)
                .takes(
                    Struct.of()
                        .required(
                            "interactions", Schema.list(Recordings.SHAPE, 1, MOST), "In order."),
                    "{\"interactions\":[" + ONE + "]}")
                .answers(
                    201, Struct.of().required("ids", Schema.list(Shapes.ID), "In their order.")),
            this::takeAll));
  }

  private Answer take(Ask ask) {
    Journal.Recorded recorded =
        recordings().read(ask.body(), callers.scope(ask.request(), ask.body()), "");
    String id = recorded.opening().id();
    return Answer.of(201, JsonNodeFactory.instance.objectNode().put("id", id))
        .header("Location", PATH + "/" + id)
        .after(() -> write(List.of(recorded)));
  }

  private Answer takeAll(Ask ask) {
    Recordings recordings = recordings();
    List<Journal.Recorded> all = new ArrayList<>();
    for (JsonNode each : ask.body().path("interactions")) {
      all.add(
          recordings.read(each, callers.scope(ask.request(), each), "/interactions/" + all.size()));
    }
    ObjectNode view = JsonNodeFactory.instance.objectNode();
    ArrayNode taken = view.putArray("ids");
    all.forEach(each -> taken.add(each.opening().id()));
    return Answer.of(201, view).after(() -> write(all));
  }

  private Recordings recordings() {
    return new Recordings(conversations, ids, clock);
  }

  private void write(List<Journal.Recorded> all) {
    journal.recorded(all);
    wake.run();
  }
}
