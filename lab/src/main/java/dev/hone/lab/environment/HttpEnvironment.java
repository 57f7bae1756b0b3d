package dev.hone.lab.environment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * An environment of another process, over HTTP; docs/environments.md has the protocol. {@code POST
 * URL/reset} takes {@code {"seed"}}, {@code POST URL/step} {@code {"action"}}; both answer {@code
 * {"observation", "actions"?, "info"?}}, a step besides {@code {"reward", "terminated",
 * "truncated", "correction"?}}. Where reset names an {@code episode}, each step tells it. Each
 * request has a connection of its own: many a small server closes it after its answer, and a step
 * that met a connection just closed could not be asked again, since it may have been taken.
 * HTTP/1.1 only: an upgrade offered with a body confuses some.
 */
public final class HttpEnvironment implements Environment {

  private static final int LARGEST_ANSWER = 1 << 20;
  private static final int LONGEST_QUOTE = 200;

  private final ObjectMapper json = new ObjectMapper();
  private final String url;
  private final Duration timeout;
  private @Nullable JsonNode episode;
  private boolean running;

  /**
   * @param url where it listens, without the last slash
   * @param timeout how long one answer may take
   */
  public HttpEnvironment(String url, Duration timeout) {
    this.url = url.replaceAll("/+$", "");
    this.timeout = timeout;
    URI parsed;
    try {
      parsed = URI.create(this.url);
    } catch (IllegalArgumentException e) {
      throw new EnvironmentFailed(url + " is not a URL.", e);
    }
    if (parsed.getHost() == null || !List.of("http", "https").contains(parsed.getScheme())) {
      throw new EnvironmentFailed(url + " is not the URL of a server, such as http://host:port.");
    }
  }

  @Override
  public String name() {
    return url;
  }

  @Override
  public Situation reset(long seed) {
    running = false;
    JsonNode answer = post("/reset", json.createObjectNode().put("seed", seed));
    Situation start = situation("/reset", answer);
    episode = answer.get("episode");
    running = true;
    return start;
  }

  @Override
  public Step step(String action) {
    if (!running) {
      throw new IllegalStateException("no episode is under way");
    }
    ObjectNode body = json.createObjectNode().put("action", action);
    if (episode != null) {
      body.set("episode", episode);
    }
    JsonNode answer = post("/step", body);
    Step step =
        new Step(
            situation("/step", answer),
            reward(answer),
            Optional.ofNullable(answer.path("correction").textValue()),
            flag(answer, "terminated"),
            flag(answer, "truncated"));
    running = !step.done();
    return step;
  }

  private Situation situation(String path, JsonNode answer) {
    JsonNode observation = answer.path("observation");
    if (!observation.isTextual()) {
      throw wrong(path, "has no text 'observation'");
    }
    List<String> actions = new ArrayList<>();
    for (JsonNode action : answer.path("actions")) {
      if (!action.isTextual() || action.asText().isBlank()) {
        throw wrong(path, "has an entry of 'actions' that is not a text");
      }
      actions.add(action.asText());
    }
    Map<String, String> info = new HashMap<>();
    answer
        .path("info")
        .properties()
        .forEach(
            field ->
                info.put(
                    field.getKey(),
                    field.getValue().isTextual()
                        ? field.getValue().asText()
                        : field.getValue().toString()));
    return new Situation(observation.asText(), actions, info);
  }

  private OptionalDouble reward(JsonNode answer) {
    JsonNode reward = answer.path("reward");
    if (reward.isMissingNode() || reward.isNull()) {
      return OptionalDouble.empty();
    }
    if (!reward.isNumber() || !(reward.asDouble() >= 0 && reward.asDouble() <= 1)) {
      throw wrong("/step", "has the 'reward' " + reward + ": it is null or a number in [0, 1]");
    }
    return OptionalDouble.of(reward.asDouble());
  }

  private boolean flag(JsonNode answer, String field) {
    JsonNode flag = answer.path(field);
    if (!flag.isBoolean()) {
      throw wrong("/step", "has no '" + field + "' that is true or false");
    }
    return flag.asBoolean();
  }

  private JsonNode post(String path, ObjectNode body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(timeout)
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build();
    HttpResponse<String> response = send(request);
    if (response.statusCode() != 200) {
      throw wrong(path, "is " + response.statusCode() + ": " + quote(response.body()));
    }
    try {
      JsonNode answer = json.readTree(response.body());
      if (!answer.isObject()) {
        throw wrong(path, "is not a JSON object: " + quote(response.body()));
      }
      return answer;
    } catch (JsonProcessingException e) {
      throw wrong(path, "is not JSON: " + quote(response.body()));
    }
  }

  private HttpResponse<String> send(HttpRequest request) {
    try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      return http.send(request, BodyHandlers.limiting(BodyHandlers.ofString(), LARGEST_ANSWER));
    } catch (HttpTimeoutException e) {
      running = false;
      throw new EnvironmentFailed(
          request.uri()
              + " did not answer within "
              + timeout.toMillis()
              + " ms. Give it more with --timeout.",
          e);
    } catch (IOException e) {
      running = false;
      throw new EnvironmentFailed(
          request.uri()
              + " cannot be asked ("
              + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage())
              + "). Does the environment run there, and are its answers below 1 MiB?",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EnvironmentFailed("interrupted while " + request.uri() + " was asked", e);
    }
  }

  private EnvironmentFailed wrong(String path, String what) {
    running = false;
    return new EnvironmentFailed(
        "The answer of "
            + url
            + path
            + " "
            + what
            + ". The protocol stands in docs/environments.md.");
  }

  private static String quote(String body) {
    String text = body.strip();
    return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
  }
}
