package dev.hone.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is wrong with a native request is a problem of a documented type. */
class ProblemsTest {

  private static final Pattern TITLE = Pattern.compile("new Problem\\(\\s*\\d+,\\s*\"([^\"]+)\"");

  @TempDir Path data;
  private HoneFixture hone;
  private HoneClient client;

  @BeforeEach
  void start() {
    hone = HoneFixture.start(data);
    client = hone.client();
  }

  @AfterEach
  void stop() {
    hone.close();
  }

  private static JsonNode problem(HoneClient.Answer answer, int status, String type) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
    assertThat(answer.json().path("type").asText()).isEqualTo("/problems/" + type);
    assertThat(answer.json().path("instance").asText())
        .isEqualTo(answer.header("x-request-id"))
        .isNotEmpty();
    return answer.json();
  }

  @Test
  void everyFaultOfABodyIsToldWithItsPlace() throws Exception {
    JsonNode problem =
        problem(
            client.post(
                "/api/v1/experiences",
                "{\"when\":\" \",\"content\":7,\"kind\":\"joke\",\"colour\":\"red\",\"title\":\""
                    + "x".repeat(201)
                    + "\"}"),
            400,
            "bad-request");

    assertThat(problem.path("errors").findValuesAsText("pointer"))
        .containsExactlyInAnyOrder("#/title", "#/when", "#/content", "#/kind", "#/colour");
    assertThat(problem.path("detail").asText())
        .contains("'colour' is not known here; known are title, when, content, kind, type, reason.")
        .contains("'kind' is one of insight, procedure, fact, pitfall, preference.");
    assertThat(client.list("experiences")).isEmpty();
  }

  @Test
  void whatLooksBlankIsBlank() throws Exception {
    for (String blank : List.of("", " ", "\\u2003", "\\n\\t")) {
      JsonNode problem =
          problem(
              client.post("/api/v1/experiences", "{\"when\":\"" + blank + "\",\"content\":\"x\"}"),
              400,
              "bad-request");
      assertThat(problem.at("/errors/0/pointer").asText()).isEqualTo("#/when");
    }
  }

  @Test
  void whatIsNotKnownIsRefusedByName() throws Exception {
    JsonNode body =
        problem(
            client.post("/api/v1/spaces", "{\"name\":\"x\",\"mode\":\"raw\"}"), 400, "bad-request");
    assertThat(body.at("/errors/0/pointer").asText()).isEqualTo("#/mode");
    JsonNode query = problem(client.get("/api/v1/commits?before=3"), 400, "bad-request");
    assertThat(query.at("/errors/0/parameter").asText()).isEqualTo("before");
    assertThat(query.path("detail").asText()).contains("known are cursor, limit, space");
    problem(client.get("/api/v1/feedback"), 400, "bad-request");
    problem(client.get("/api/v1/interactions?since=yesterday"), 400, "bad-request");
    problem(client.get("/api/v1/commits?cursor=x"), 400, "bad-request");
    problem(
        client.post(
            "/api/v1/experiences",
            Json.object("when", "x", "content", "y", "type", "there is no such")),
        400,
        "bad-request");
  }

  @Test
  void aMethodATypeOrALanguageThatIsNotSpokenIsRefused() throws Exception {
    HoneClient.Answer method = client.delete("/api/v1/interactions");
    problem(method, 405, "method-not-allowed");
    assertThat(method.header("allow")).isEqualTo("GET, POST");
    problem(client.get("/api/v1/experiences/search"), 405, "method-not-allowed");
    problem(
        client.with("content-type", "text/plain").ask("POST", "/api/v1/spaces", "{\"name\":\"x\"}"),
        415,
        "unsupported-media-type");
    problem(client.with("accept", "text/html").get("/api/v1/spaces"), 406, "not-acceptable");
    problem(
        client.with("accept", "application/json;q=0").get("/api/v1/spaces"), 406, "not-acceptable");
    for (String taken : List.of("*/*", "application/*;q=0.5", "text/html, application/json")) {
      assertThat(client.with("accept", taken).get("/api/v1/spaces").status()).isEqualTo(200);
    }
    problem(client.get("/api/v1/nothing"), 404, "not-found");
  }

  @Test
  void everyProblemInTheCodeIsDocumented() throws IOException {
    List<String> documented = Files.readAllLines(Path.of("..", "docs", "problems.md"));
    TreeSet<String> titles = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Path.of("src", "main", "java", "dev", "hone", "http"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        TITLE
            .matcher(Files.readString(file))
            .results()
            .map(MatchResult::group)
            .forEach(found -> titles.add(found.replaceAll("(?s)^.*\"([^\"]+)\"$", "$1")));
      }
    }
    assertThat(titles).hasSizeGreaterThan(10).contains("Edit conflict");
    for (String title : titles) {
      assertThat(documented)
          .as("docs/problems.md tells of '" + title + "'")
          .anyMatch(
              line ->
                  line.startsWith(
                      "## " + title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-")));
    }
  }
}
