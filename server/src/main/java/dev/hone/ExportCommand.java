package dev.hone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes a pool with its lineage as lines of JSON. A file is there only when it is whole. */
@Command(
    name = "export",
    description = "Write a pool of a running server with its lineage, to be imported elsewhere.",
    mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Option(names = "--space", defaultValue = "default", description = "The pool (default).")
  private String space = "default";

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where to; zipped if the name ends in .gz. Without: standard output.")
  private @Nullable Path out;

  @Option(
      names = "--without-interactions",
      description = "Leave out what was said, but for the quotes that items rest on.")
  private boolean wordless;

  @Option(names = "--json", description = "With --out: print what was written as JSON.")
  private boolean json;

  @Mixin private Target target = new Target();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter console = spec.commandLine().getOut();
    if (out == null) {
      fetch(console);
      console.flush();
      return 0;
    }
    Path file = out.toAbsolutePath();
    Path part = file.resolveSibling(file.getFileName() + ".part");
    JsonNode end;
    try (Writer writer = new OutputStreamWriter(written(part), StandardCharsets.UTF_8)) {
      end = fetch(writer);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(part);
      throw e;
    }
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    if (json) {
      console.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(end));
    } else {
      console.printf(
          "%s: %d items, %d episodes, %d other interactions of space %s%n",
          out,
          end.path("experiences").asLong(),
          end.path("episodes").asLong(),
          end.path("interactions").asLong(),
          space);
    }
    console.flush();
    return 0;
  }

  private OutputStream written(Path part) throws IOException {
    OutputStream file = Files.newOutputStream(part);
    return String.valueOf(out).endsWith(".gz") ? new GZIPOutputStream(file, 1 << 16) : file;
  }

  /** Copies line by line; what the last one says. */
  private JsonNode fetch(Writer to) throws IOException, InterruptedException {
    String path = "/api/v1/export?interactions=" + !wordless;
    return target.running().fetch(path, in -> copied(in, to), "x-hone-space", space);
  }

  private static JsonNode copied(InputStream in, Writer to) throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    String last = "";
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        to.write(line);
        to.write('\n');
        last = line;
      }
    } catch (IOException e) {
      throw new CommandFailed("the export broke off: " + e.getMessage() + ". Try it again.");
    }
    if (!last.startsWith("{\"end\":")) {
      throw new CommandFailed("the export broke off before its last line. Try it again.");
    }
    return JSON.readTree(last).path("end");
  }
}
