package dev.hone.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.crash.Truth.Shown;
import dev.hone.e2e.HoneClient;
import dev.hone.e2e.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Asks the search index for what the database holds. */
final class Index {

  private static final int MOST_FOUND = 50;

  private Index() {}

  /**
   * Each of these items is found by its own text in the version that counts, and nothing is found
   * that does not count; returns all that was found, in order, with scores.
   */
  static List<String> assertEquals(HoneClient hone, List<Shown> asked, List<Shown> active)
      throws IOException, InterruptedException {
    Set<String> counting = active.stream().map(Index::name).collect(Collectors.toSet());
    List<String> all = new ArrayList<>();
    for (Shown item : asked) {
      HoneClient.Answer answer =
          hone.key("nobody")
              .space(item.space())
              .post(
                  "/api/v1/experiences/search",
                  "{\"limit\":" + MOST_FOUND + ",\"query\":" + Json.quoted(item.text()) + "}");
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
      List<String> found = new ArrayList<>();
      for (JsonNode hit : answer.json().path("items")) {
        String name = name(item.space(), hit);
        found.add(name);
        all.add(name + " " + hit.path("score") + " " + hit.path("coverage"));
      }
      assertThat(found).as("asked for %s", item).contains(name(item));
      assertThat(counting).containsAll(found);
    }
    return all;
  }

  private static String name(Shown item) {
    return item.space() + "/" + item.id() + ":" + item.version();
  }

  private static String name(String space, JsonNode hit) {
    return space + "/" + hit.path("id").asText() + ":" + hit.path("version").asInt();
  }

  static void delete(Path data) throws IOException {
    try (Stream<Path> files = Files.walk(data.resolve("index"))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
