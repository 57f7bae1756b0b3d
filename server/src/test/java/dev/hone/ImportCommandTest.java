package dev.hone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hone.config.SettingsReader;
import dev.hone.e2e.HoneClient;
import dev.hone.e2e.HoneProcess;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code hone import} and {@code hone export}. */
class ImportCommandTest {

  @TempDir Path folder;

  private record Result(int code, String out, String err) {

    JsonNode json() throws IOException {
      return new ObjectMapper().readTree(out);
    }
  }

  private static Result run(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    int code = line.execute(Stream.of(arguments).map(String::valueOf).toArray(String[]::new));
    return new Result(code, out.toString(), err.toString());
  }

  private Path data() {
    return folder.resolve("data");
  }

  private static Server serve(Path data) {
    return Server.start(
        new SettingsReader()
            .set("server.port", "0")
            .set("server.data", data.toString())
            .set("episode.idle", "1h")
            .read());
  }

  private static String record(int number) {
    return ("{\"id\":\"run-%d\",\"messages\":[{\"role\":\"user\",\"content\":\"Question %d?\"},"
            + "{\"role\":\"assistant\",\"content\":\"Answer %d.\"}],\"outcomes\":[{\"correction\":"
            + "\"Rather %d.\"}]}")
        .formatted(number, number, number, number);
  }

  private Path log(String name, int records) throws IOException {
    Path log = folder.resolve(name);
    try (Writer writer =
        new OutputStreamWriter(
            name.endsWith(".gz")
                ? new GZIPOutputStream(Files.newOutputStream(log))
                : Files.newOutputStream(log),
            UTF_8)) {
      writer.write(
          "{\"id\":\"system\",\"messages\":[{\"role\":\"system\",\"content\":\"Short!\"}]}\n");
      for (int i = 0; i < records; i++) {
        writer.write(record(i) + "\n");
      }
    }
    return log;
  }

  @Test
  void aZippedLogIsImportedOnceWithItsInstructions() throws Exception {
    Path log = log("chats.jsonl.gz", 120);
    try (Server server = serve(data())) {
      Result first = run("import", log, "--data", data(), "--json");

      assertThat(first.code()).as(first.err()).isZero();
      assertThat(first.json().path("source").asText()).isEqualTo("chats");
      assertThat(first.json().at("/conversations/taken").asInt()).isEqualTo(120);
      HoneClient client = new HoneClient(server.url(), List.of());
      assertThat(client.get("/api/v1/export").text().split("Short!", -1))
          .as("every record comes with the instructions, whatever batch it was sent in")
          .hasSize(121);

      Result again = run("import", log, "--data", data(), "--json");
      assertThat(again.code()).isZero();
      assertThat(again.json().at("/conversations/there").asInt()).isEqualTo(120);
      assertThat(again.json().path("interactions").asInt()).isZero();
    }
  }

  @Test
  void aBadLineIsNamedByItsNumberInTheFileAndTheExitCodeSaysSo() throws Exception {
    Path log = log("chats.jsonl", 70);
    List<String> lines = new java.util.ArrayList<>(Files.readAllLines(log));
    lines.set(59, "{\"messages\":7}");
    Files.write(log, lines);
    try (Server server = serve(data())) {
      Result result = run("import", log, "--data", data());

      assertThat(server.port()).isPositive();
      assertThat(result.code()).isEqualTo(1);
      assertThat(result.out())
          .contains("line 60 is left out: 'messages' must be a non-empty list")
          .contains("conversations: 69 taken, 0 already there")
          .contains("1 lines refused");
    }
  }

  @Test
  void aDryRunTellsAndTakesNothing() throws Exception {
    Path log = log("chats.jsonl", 3);
    try (Server server = serve(data())) {
      Result result = run("import", log, "--data", data(), "--dry-run");

      assertThat(result.code()).as(result.err()).isZero();
      assertThat(result.out()).contains("conversations: 3 would be taken");
      assertThat(new HoneClient(server.url(), List.of()).list("interactions")).isEmpty();
    }
  }

  @Test
  void killedInTheMiddleItGoesOnWhereItWas() throws Exception {
    Path log = log("chats.jsonl", 3_000);
    long reached;
    try (HoneProcess first = HoneProcess.start(data())) {
      CompletableFuture<Result> importing =
          CompletableFuture.supplyAsync(() -> run("import", log, "--data", data()));
      do {
        reached = done(first.client());
      } while (reached < 200 && !importing.isDone());
      first.kill();
      Result broken = importing.join();
      assertThat(broken.code()).as(broken.out()).isEqualTo(1);
      assertThat(broken.err()).contains("run the same command again to go on from there");
    }

    try (HoneProcess second = HoneProcess.start(data())) {
      Result result = run("import", log, "--data", data(), "--json");

      assertThat(result.code()).as(result.err()).isZero();
      assertThat(result.json().path("resumed_after").asLong()).isGreaterThanOrEqualTo(reached);
      assertThat(result.json().path("lines").asLong())
          .as("lines sent, with instructions for each of the batches")
          .isLessThan(3_001 - reached + 100);
      assertThat(second.client().get("/api/v1/import/chats").json().path("interactions").asInt())
          .isEqualTo(3_000);
    }
  }

  private static long done(HoneClient client) {
    try {
      return client.get("/api/v1/import/chats").json().path("done").asLong();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void anotherFileOfTheSameNameIsReadFromItsBeginning() throws Exception {
    Path log = log("chats.jsonl", 60);
    try (Server server = serve(data())) {
      run("import", log, "--data", data());
      Files.writeString(log, record(900) + "\n" + Files.readString(log));

      Result result = run("import", log, "--data", data(), "--json");

      assertThat(server.port()).isPositive();
      assertThat(result.json().path("resumed_after").asLong()).isZero();
      assertThat(result.json().at("/conversations/taken").asInt()).isEqualTo(1);
      assertThat(result.json().at("/conversations/there").asInt()).isEqualTo(60);
    }
  }

  @Test
  void aPoolGoesThroughAFileIntoAnotherHone() throws Exception {
    Path log = log("chats.jsonl", 12);
    Path there = folder.resolve("there");
    Path file = folder.resolve("pool.jsonl.gz");
    try (Server one = serve(data());
        Server two = serve(there)) {
      run("import", log, "--data", data());
      new HoneClient(one.url(), List.of()).settle();

      Result out = run("export", "--data", data(), "--out", file, "--json");
      assertThat(out.code()).as(out.err()).isZero();
      assertThat(out.json().path("experiences").asInt()).isEqualTo(12);
      assertThat(folder.resolve("pool.jsonl.gz.part")).doesNotExist();

      Result in = run("import", file, "--data", there, "--json");
      assertThat(in.code()).as(in.out() + in.err()).isZero();
      assertThat(in.json().path("format").asText()).isEqualTo("hone");
      assertThat(in.json().at("/experiences/taken").asInt()).isEqualTo(12);
      assertThat(in.json().path("commit_id").asText()).isNotEmpty();
      assertThat(new HoneClient(two.url(), List.of()).list("commits")).hasSize(1);
      assertThat(body(run("export", "--data", there)))
          .isEqualTo(body(run("export", "--data", data())));
      assertThat(run("import", file, "--data", there).out()).contains("12 already there");
    }
  }

  private static List<String> body(Result export) {
    return export
        .out()
        .lines()
        .filter(line -> !line.startsWith("{\"hone\"") && !line.startsWith("{\"commit\""))
        .toList();
  }

  @Test
  void whatIsUsedWronglyIsTold() throws Exception {
    assertThat(run("import").code()).isEqualTo(2);
    assertThat(run("import", log("a.jsonl", 1), "--format", "csv").code()).isEqualTo(2);
    Result missing = run("import", folder.resolve("none.jsonl"), "--data", data());
    assertThat(missing.code()).isEqualTo(1);
    assertThat(missing.err()).contains("there is no file");
    try (Server server = serve(data())) {
      Result space = run("export", "--data", data(), "--space", "none");
      assertThat(server.port()).isPositive();
      assertThat(space.code()).isEqualTo(1);
      assertThat(space.err()).contains("There is no space 'none'");
    }
  }
}
