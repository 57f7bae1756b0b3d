package dev.hone.http.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hone.experience.Commit;
import dev.hone.network.Network;
import dev.hone.port.Carried;
import dev.hone.port.Classifier;
import dev.hone.port.Imports;
import dev.hone.wire.Malformed;
import java.util.List;
import java.util.Optional;

/**
 * Takes the lines of an export. Interactions come in as they are read; items are set aside until
 * the last line, and then come in as one commit, or not at all.
 */
final class PoolImport {

  private final Batch batch;
  private final ObjectMapper json;
  private final Network network;
  private final Classifier classifier;
  private final String principal;
  private final PoolReader reader;

  PoolImport(
      Batch batch, ObjectMapper json, Network network, Classifier classifier, String principal) {
    this.batch = batch;
    this.json = json;
    this.network = network;
    this.classifier = classifier;
    this.principal = principal;
    this.reader = new PoolReader(batch.space());
  }

  void take(byte[] body) {
    batch.each(body, json, this::take);
  }

  private void take(JsonNode line, int number) throws Malformed {
    if (line.has("hone")) {
      begin(line);
    } else if (line.has("episode")) {
      batch.take(reader.episode(line.path("episode")));
    } else if (line.has("interaction")) {
      batch.take(List.of(reader.recording(line.path("interaction"))));
    } else if (line.has("experience")) {
      batch.stage(reader.item(line.path("experience")), line.toString());
    } else if (line.has("end")) {
      end(line.path("end"), number);
    } else if (!line.has("commit")) {
      throw new Malformed(
          "is no line of an export: one holds hone, episode, interaction, experience, commit or"
              + " end");
    }
  }

  private void begin(JsonNode line) throws Malformed {
    if (!line.path("hone").asText().equals("export")
        || line.path("version").asInt() != PoolLines.VERSION) {
      throw new Malformed(
          "is of version "
              + line.path("version").asText("?")
              + " of the format; this Hone reads version "
              + PoolLines.VERSION);
    }
    if (!batch.dryRun()) {
      batch.imports().unstage(batch.space(), batch.source());
    }
  }

  /** Only what is whole becomes a commit. */
  private void end(JsonNode end, int number) {
    batch.flush();
    if (batch.dryRun()) {
      return;
    }
    Imports imports = batch.imports();
    int staged = imports.staged(batch.space(), batch.source());
    if (staged != end.path("experiences").asInt()) {
      imports.unstage(batch.space(), batch.source());
      batch.refuse(
          number,
          "says that the export has "
              + end.path("experiences").asInt()
              + " items, but "
              + staged
              + " came: the pool stays as it is. Import the whole file again");
      return;
    }
    try {
      Optional<Commit> commit = network.backend().alone(batch.space(), () -> commit(imports));
      commit.ifPresent(
          made -> {
            batch.committed(made.id());
            classifier.catchUp(batch.space());
          });
    } catch (IllegalArgumentException e) {
      imports.unstage(batch.space(), batch.source());
      batch.refuse(
          number, "cannot be carried out: " + e.getMessage() + ". The pool stays as it is");
    }
  }

  private Optional<Commit> commit(Imports imports) {
    return imports.commit(
        batch.space(),
        batch.source(),
        principal,
        "import of " + batch.source(),
        line -> read(line));
  }

  private Carried.Item read(String line) {
    try {
      return reader.item(json.readTree(line).path("experience"));
    } catch (JsonProcessingException | Malformed e) {
      throw new IllegalStateException("what was set aside could be read before", e);
    }
  }
}
