package dev.hone.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hone.Logging;
import dev.hone.Server;
import dev.hone.config.Settings;
import dev.hone.config.SettingsReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A Hone in this process whose frontend never counts as idle, with a folder of its own that is
 * deleted in the end. It knows some things that requests ask about.
 */
final class LoadedHone implements AutoCloseable {

  /** Where requests go. */
  static final String WORK = "work";

  /** Where the backlog is. */
  static final String LESSONS = "lessons";

  private static final int KNOWN = 300;
  private static final int BATCH = 100;

  private final ObjectMapper json = new ObjectMapper();
  private final Path folder;
  private final Server server;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private LoadedHone(Path folder, Server server) {
    this.folder = folder;
    this.server = server;
  }

  /**
   * Starts one.
   *
   * @param overdue how old the backlog is when learning begins
   */
  static LoadedHone start(String upstream, String overdue) throws IOException {
    Path folder = Files.createTempDirectory("hone-bench-");
    Settings settings =
        new SettingsReader()
            .set("server.port", "0")
            .set("server.data", folder.toString())
            .set("upstream.url", upstream)
            .set("log.requests", "false")
            .set("learning.idle", "24h")
            .set("learning.overdue", overdue)
            .set("episode.idle", "1s")
            .set("episode.outcome", "200ms")
            .set("refine.growth", "0")
            .set("refine.every", "0s")
            .read();
    Logging.configure(settings.log().format());
    LoadedHone hone = new LoadedHone(folder, Server.start(settings));
    hone.prepare();
    return hone;
  }

  private void prepare() {
    post("default", "/api/v1/spaces", "{\"name\":\"" + WORK + "\"}");
    post("default", "/api/v1/spaces", "{\"name\":\"" + LESSONS + "\"}");
    teach(WORK, 0, KNOWN);
    post(WORK, "/api/v1/learning/settle", "{\"timeout_seconds\":600}");
  }

  /** A word of its own for each number. */
  private static String word(int number) {
    StringBuilder word = new StringBuilder("qu");
    for (int rest = number, i = 0; i < 4; i++, rest /= 26) {
      word.append((char) ('a' + rest % 26));
    }
    return word.append("zz").toString();
  }

  private static String question(int number) {
    return "Which torque has flange " + word(number) + " of the rig " + word(7 * number + 1) + "?";
  }

  /** Tells of questions, of wrong answers, and of their corrections. */
  void teach(String space, int first, int count) {
    for (int i = first; i < first + count; i += BATCH) {
      post(
          space,
          "/api/v1/interactions/batch",
          IntStream.range(i, Math.min(i + BATCH, first + count))
              .mapToObj(LoadedHone::lesson)
              .collect(Collectors.joining(",", "{\"interactions\":[", "]}")));
    }
  }

  private static String lesson(int number) {
    return "{\"messages\":[{\"role\":\"user\",\"content\":\""
        + question(number)
        + "\"}],\"answer\":\"I don't know.\",\"correction\":\"Flange "
        + word(number)
        + " has "
        + (number + 11)
        + " newton metres.\"}";
  }

  /** Asks about something that is known. */
  void ask(int number) {
    post(
        WORK,
        "/v1/chat/completions",
        "{\"model\":\"stub\",\"messages\":[{\"role\":\"user\",\"content\":\""
            + question(number % KNOWN)
            + " Asked for the "
            + number
            + "th time.\"}]}");
  }

  /** What of a space waits to be learned from. */
  int backlog(String space) {
    return send(request(space, "/api/v1/learning").GET().build()).path("backlog").asInt();
  }

  private void post(String space, String path, String body) {
    send(request(space, path).POST(HttpRequest.BodyPublishers.ofString(body)).build());
  }

  private HttpRequest.Builder request(String space, String path) {
    return HttpRequest.newBuilder(URI.create(server.url() + path))
        .header("content-type", "application/json")
        .header("x-hone-space", space);
  }

  private JsonNode send(HttpRequest request) {
    try {
      HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (answer.statusCode() >= 300) {
        throw new IllegalStateException(request.uri() + " answered " + answer.statusCode());
      }
      return json.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(request.uri() + " cannot be asked", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    http.close();
    server.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the folder " + folder + " cannot be deleted", e);
    }
  }
}
