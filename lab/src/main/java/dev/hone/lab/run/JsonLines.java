package dev.hone.lab.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.lab.data.BadData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lines of JSON that are only ever added to, each found by some of its fields. A line is in the
 * file when {@link #add} returns; a last line that a kill cut short is taken out when the file is
 * opened. For any thread.
 */
public final class JsonLines implements AutoCloseable {

  private final ObjectMapper json = new ObjectMapper();
  private final Map<String, JsonNode> lines = new LinkedHashMap<>();
  private final List<String> key;
  private final Path file;
  private final FileChannel channel;

  /**
   * Opens a file, or begins one.
   *
   * @param key the fields that tell lines apart
   * @throws BadData if what is there are no lines of JSON
   */
  public JsonLines(Path file, List<String> key) throws IOException {
    this.key = List.copyOf(key);
    this.file = file;
    this.channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    byte[] bytes = Files.readAllBytes(file);
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    channel.truncate(end);
    channel.position(end);
    new String(bytes, 0, end, StandardCharsets.UTF_8).lines().forEach(this::take);
  }

  private void take(String line) {
    try {
      JsonNode node = json.readTree(line);
      lines.put(name(node), node);
    } catch (JsonProcessingException e) {
      throw new BadData(
          file + " holds a line that is not JSON: take it out, or give another --out.");
    }
  }

  private String name(JsonNode line) {
    return String.join("\0", key.stream().map(field -> line.path(field).asText("")).toList());
  }

  /** The line with these values of the key. */
  public synchronized Optional<JsonNode> find(String... values) {
    return Optional.ofNullable(lines.get(String.join("\0", values)));
  }

  /** Adds a line. */
  public synchronized void add(ObjectNode line) {
    lines.put(name(line), line);
    ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be written", e);
    }
  }

  /** All lines. */
  public synchronized List<JsonNode> all() {
    return List.copyOf(lines.values());
  }

  @Override
  public synchronized void close() throws IOException {
    channel.close();
  }
}
