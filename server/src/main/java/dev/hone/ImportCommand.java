package dev.hone;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.wire.ChatRecord;
import dev.hone.wire.Malformed;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Imports a log of chats, or an export, into a running server: in batches, each durable when it is
 * acknowledged. Broken off, it goes on where it was; repeated, it changes nothing.
 */
@Command(
    name = "import",
    description = "Import a log of chats, or what 'hone export' wrote, into a running server.",
    mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CHAT = "chat";
  private static final String HONE = "hone";
  private static final int MOST_LINES = 50;
  private static final int MOST_CHARACTERS = 1 << 20;

  @Parameters(paramLabel = "FILE", description = "Lines of JSON (.jsonl), zipped (.gz) or not.")
  private Path file = Path.of("");

  @Option(
      names = "--format",
      paramLabel = "F",
      description = "chat: conversations; hone: an export. Without: told by the first line.")
  private @Nullable String format;

  @Option(
      names = "--source",
      paramLabel = "NAME",
      description = "What the log is called, the same each time; without, the file's name.")
  private @Nullable String source;

  @Option(names = "--space", defaultValue = "default", description = "The pool (default).")
  private String space = "default";

  @Option(names = "--dry-run", description = "Only look what would be taken.")
  private boolean dryRun;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  @Mixin private Target target = new Target();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new CommandFailed("there is no file " + file + " that can be read.");
    }
    HoneApi api = target.running();
    String name = source == null ? named(file) : source;
    String holds = format == null ? told(file) : format;
    if (!holds.equals(CHAT) && !holds.equals(HONE)) {
      throw new ParameterException(spec.commandLine(), "--format is chat or hone.");
    }
    String path =
        "/api/v1/import?source="
            + URLEncoder.encode(name, StandardCharsets.UTF_8)
            + "&format="
            + holds
            + (dryRun ? "&dry_run=true" : "");
    Sum sum = new Sum(name, holds, dryRun);
    try (Lines lines = begin(api, name, holds);
        ProgressLine progress = new ProgressLine()) {
      sum.resumed(lines.file.lines());
      for (Chunk chunk = lines.next(); chunk != null; chunk = lines.next()) {
        String done = dryRun ? "" : "&done=" + lines.file.lines() + "&mark=" + lines.file.mark();
        sum.add(send(api, path + done, chunk), chunk.offset);
        progress.at("importing", lines.file.position(), lines.file.size());
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(sum.view()));
    } else {
      sum.print(out, space);
    }
    out.flush();
    return sum.refused() == 0 ? 0 : 1;
  }

  private JsonNode send(HoneApi api, String path, Chunk chunk) throws InterruptedException {
    try {
      return api.send(path, chunk.text, "x-hone-space", space);
    } catch (CommandFailed e) {
      throw new CommandFailed(
          e.getMessage()
              + " (at line "
              + (chunk.offset + 1)
              + " of the file; run the same command again to go on from there)");
    }
  }

  /** The file, behind the lines that were done when an import of it broke off. */
  private Lines begin(HoneApi api, String name, String holds)
      throws IOException, InterruptedException {
    JsonNode point =
        api.ask(
            "GET",
            "/api/v1/import/" + URLEncoder.encode(name, StandardCharsets.UTF_8),
            null,
            "x-hone-space",
            space);
    long done = dryRun ? 0 : point.path("done").asLong();
    Lines lines = new Lines(ImportFile.open(file), holds);
    if (done > 0 && !lines.skip(done, point.path("mark").asText())) {
      lines.close();
      return new Lines(ImportFile.open(file), holds);
    }
    return lines;
  }

  private static String named(Path file) {
    String name = String.valueOf(file.getFileName()).replaceAll("\\.gz$", "");
    return name.replaceAll("\\.(jsonl|ndjson|json)$", "")
        .replaceAll("[^A-Za-z0-9._-]", "-")
        .replaceAll("^[^A-Za-z0-9]+", "");
  }

  private static String told(Path file) throws IOException {
    try (ImportFile first = ImportFile.open(file)) {
      String line = first.next();
      return line != null && line.startsWith("{\"hone\":\"export\"") ? HONE : CHAT;
    }
  }

  /**
   * Lines to be sent together.
   *
   * @param offset added to the number of one of its lines, gives its number in the file
   */
  private record Chunk(String text, long offset) {}

  /** A file in chunks; each begins with the instructions that go before its records. */
  private static final class Lines implements AutoCloseable {

    final ImportFile file;
    private final boolean chats;
    private @Nullable String instructions;
    private @Nullable String ahead;

    Lines(ImportFile file, String format) {
      this.file = file;
      this.chats = format.equals(CHAT);
    }

    /** Goes behind the lines that are done; false when these are others, or all there are. */
    boolean skip(long done, String mark) throws IOException {
      while (file.lines() < done) {
        String line = file.next();
        if (line == null) {
          return false;
        }
        note(line);
      }
      if (!file.mark().equals(mark)) {
        return false;
      }
      ahead = file.next();
      return ahead != null;
    }

    private void note(String line) {
      if (chats) {
        try {
          if (ChatRecord.read(JSON.readTree(line)).instructs()) {
            instructions = line;
          }
        } catch (JsonProcessingException | Malformed e) {
          // Said when the line is sent.
          return;
        }
      }
    }

    @Nullable Chunk next() throws IOException {
      List<String> lines = new ArrayList<>();
      if (instructions != null) {
        lines.add(instructions);
      }
      long offset = file.lines() - (ahead == null ? 0 : 1) - lines.size();
      int before = lines.size();
      int characters = 0;
      String line = ahead == null ? file.next() : ahead;
      ahead = null;
      while (line != null) {
        lines.add(line);
        note(line);
        characters += line.length();
        line = lines.size() < MOST_LINES && characters < MOST_CHARACTERS ? file.next() : null;
      }
      return lines.size() == before ? null : new Chunk(String.join("\n", lines), offset);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  /** What all batches came to. */
  private static final class Sum {

    private static final List<String> COUNTED = List.of("conversations", "episodes", "experiences");

    private final ObjectNode view = JSON.createObjectNode();
    private final List<JsonNode> errors = new ArrayList<>();
    private long resumed;

    Sum(String source, String format, boolean dryRun) {
      view.put("source", source).put("format", format).put("dry_run", dryRun);
    }

    void resumed(long after) {
      resumed = Math.max(0, after - 1);
      view.put("resumed_after", resumed);
    }

    void add(JsonNode batch, long offset) {
      for (String kind : COUNTED) {
        ObjectNode counts = view.withObject("/" + kind);
        batch
            .path(kind)
            .properties()
            .forEach(
                each ->
                    counts.put(
                        each.getKey(),
                        counts.path(each.getKey()).asLong() + each.getValue().asLong()));
      }
      for (String number : List.of("lines", "interactions", "refused")) {
        view.put(number, view.path(number).asLong() + batch.path(number).asLong());
      }
      for (JsonNode error : batch.path("errors")) {
        errors.add(
            JSON.createObjectNode()
                .put("line", offset + error.path("line").asLong())
                .put("detail", error.path("detail").asText()));
      }
      if (batch.hasNonNull("commit_id")) {
        view.set("commit_id", batch.path("commit_id"));
      }
    }

    long refused() {
      return view.path("refused").asLong();
    }

    ObjectNode view() {
      view.putArray("errors").addAll(errors);
      return view;
    }

    void print(PrintWriter out, String space) {
      if (resumed > 0) {
        out.printf("went on behind line %d%n", resumed);
      }
      boolean dry = view.path("dry_run").asBoolean();
      for (String kind : COUNTED) {
        JsonNode counts = view.path(kind);
        if (counts.properties().stream().anyMatch(each -> each.getValue().asLong() > 0)) {
          out.printf(
              "%s: %d %s, %d already there, %d extended, %d different (left as they are), %d"
                  + " forgotten%n",
              kind,
              counts.path("taken").asLong(),
              dry ? "would be taken" : "taken",
              counts.path("there").asLong(),
              counts.path("extended").asLong(),
              counts.path("different").asLong(),
              counts.path("forgotten").asLong());
        }
      }
      errors.forEach(
          each ->
              out.printf(
                  "line %d is left out: %s%n",
                  each.path("line").asLong(), Terminal.plain(each.path("detail").asText())));
      out.printf(
          "%d lines of %s for space %s, %d interactions, %d lines refused%s%n",
          view.path("lines").asLong(),
          view.path("source").asText(),
          space,
          view.path("interactions").asLong(),
          refused(),
          view.has("commit_id") ? "; commit " + view.path("commit_id").asText() : "");
    }
  }
}
