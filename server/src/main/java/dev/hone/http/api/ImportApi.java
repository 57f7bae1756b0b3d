package dev.hone.http.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.http.exchange.Answer;
import dev.hone.http.exchange.Ask;
import dev.hone.http.exchange.Endpoint;
import dev.hone.http.exchange.Exchange;
import dev.hone.http.exchange.Operation;
import dev.hone.http.exchange.Operation.Trait;
import dev.hone.http.exchange.Problem;
import dev.hone.http.exchange.Resource;
import dev.hone.http.exchange.Schema;
import dev.hone.http.exchange.Struct;
import dev.hone.network.Network;
import dev.hone.port.Classifier;
import dev.hone.port.Ids;
import dev.hone.port.Imports;
import dev.hone.port.Keys.Role;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** {@code /api/v1/import}: takes logs of chats, and exports of other pools, in batches of lines. */
public final class ImportApi implements Resource {

  private static final String PATH = "/api/v1/import";
  private static final Schema SOURCE = Schema.text(1, 128);
  private static final String EXAMPLE =
      "{\"id\":\"run-1\",\"messages\":[{\"role\":\"user\",\"content\":\"How far is it to the"
          + " rig?\"},{\"role\":\"assistant\",\"content\":\"Nine miles.\"}],\"reward\":1}";

  private static final Struct TAKEN =
      Struct.of()
          .required("source", SOURCE, "")
          .required("format", Schema.text(), "")
          .required("dry_run", Schema.flag(), "")
          .required("lines", Schema.count(), "Lines of the batch that hold something.")
          .required(
              "conversations",
              Schema.counts(),
              "Of conversations, or interactions of an export in no episode: taken, there,"
                  + " extended, different, forgotten.")
          .required("episodes", Schema.counts(), "Of an export, likewise.")
          .required("experiences", Schema.counts(), "Of an export, likewise.")
          .required("interactions", Schema.count(), "In the conversations and episodes taken.")
          .required("refused", Schema.count(), "Lines that cannot be read.")
          .required(
              "errors",
              Schema.list(
                  Struct.of()
                      .required("line", Schema.count(), "Of the batch, from 1.")
                      .required("detail", Schema.text(), "")),
              "What is wrong with them; the first 100.")
          .optional("commit_id", Shapes.ID, "The commit of an export's items.");

  private final Exchange exchange;
  private final Imports imports;
  private final Network network;
  private final Classifier classifier;
  private final Runnable wake;
  private final Ids ids;
  private final InstantSource clock;

  /**
   * @param wake told that there is something new to learn from
   */
  public ImportApi(
      Exchange exchange,
      Imports imports,
      Network network,
      Classifier classifier,
      Runnable wake,
      Ids ids,
      InstantSource clock) {
    this.exchange = exchange;
    this.imports = imports;
    this.network = network;
    this.classifier = classifier;
    this.wake = wake;
    this.ids = ids;
    this.clock = clock;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(
            Operation.of("POST", PATH, Role.CURATOR, "Takes a batch of lines, each once.")
                .with(Trait.SCOPED, Trait.WRITES)
                .needs("source", SOURCE, "What the log is called; the same each time.")
                .query(
                    "format",
                    Schema.choice(List.of("chat", "hone")),
                    "chat (unless said): conversations; hone: lines of an export.")
                .query("dry_run", Schema.choice(List.of("true", "false")), "Only look.")
                .query("done", Schema.count(), "Lines of the source done with this batch.")
                .query("mark", Schema.text(1, 200), "What their reader knows them by.")
                .takesLines(Struct.of().andOthers(), EXAMPLE)
                .answers(200, TAKEN),
            this::take),
        new Endpoint(
            Operation.of("GET", PATH + "/{name}", Role.CURATOR, "How far a source is imported.")
                .with(Trait.SCOPED)
                .answers(
                    200,
                    Struct.of()
                        .required("source", Schema.text(), "")
                        .required("done", Schema.count(), "Lines that are done.")
                        .required("mark", Schema.text(), "")
                        .required("interactions", Schema.count(), "Those that are here.")
                        .optional("at", Shapes.TIME, "When the last batch was taken.")),
            this::point));
  }

  private Answer take(Ask ask) {
    String space = ask.space();
    String source = source(ask.parameter("source").orElseThrow());
    boolean dryRun = ask.parameter("dry_run").map(Boolean::parseBoolean).orElse(false);
    boolean pool = ask.parameter("format").equals(Optional.of("hone"));
    byte[] body = exchange.body(ask.request());
    Batch batch = new Batch(imports, space, source, dryRun);
    if (pool) {
      new PoolImport(batch, exchange.json(), network, classifier, ask.principal()).take(body);
    } else {
      ChatLog log = new ChatLog(space, ask.principal(), source, ids, clock.instant());
      new ChatImport(batch, exchange.json(), log).take(body);
    }
    if (!dryRun) {
      ask.parameter("done").ifPresent(done -> reached(space, source, done, ask));
      wake.run();
    }
    return Answer.of(200, batch.view(pool ? "hone" : "chat"));
  }

  private void reached(String space, String source, String done, Ask ask) {
    imports.reached(
        space,
        source,
        new Imports.Point(Long.parseLong(done), ask.parameter("mark").orElse(""), clock.instant()));
  }

  private static String source(String name) {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw Problem.invalid(
          List.of(
              Problem.Fault.inQuery(
                  "source",
                  "A source's name has letters, digits, '.', '_' and '-', and begins with a letter"
                      + " or digit.")));
    }
    return name;
  }

  private Answer point(Ask ask) {
    String space = ask.space();
    String source = ask.path("name");
    ObjectNode view = JsonNodeFactory.instance.objectNode().put("source", source);
    Optional<Imports.Point> point = imports.point(space, source);
    view.put("done", point.map(Imports.Point::records).orElse(0L));
    view.put("mark", point.map(Imports.Point::mark).orElse(""));
    view.put("interactions", imports.interactions(space, source));
    point.ifPresent(reached -> view.put("at", reached.at().toString()));
    return Answer.of(200, view);
  }
}
