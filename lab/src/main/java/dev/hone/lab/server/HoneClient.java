package dev.hone.lab.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** One client of a Hone: holds a key, speaks HTTP only. */
public final class HoneClient {

  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient http;
  private final String url;
  private final String key;
  private final String model;
  private final Optional<String> instruction;

  /**
   * @param url the server
   * @param key who this client is
   * @param model the model asked
   * @param instruction a system message sent with every question, if any
   */
  public HoneClient(
      HttpClient http, String url, String key, String model, Optional<String> instruction) {
    this.http = http;
    this.url = url;
    this.key = key;
    this.model = model;
    this.instruction = instruction;
  }

  /** The same, with another key. */
  public HoneClient as(String otherKey) {
    return new HoneClient(http, url, otherKey, model, instruction);
  }

  /** The same, which says nothing but the question. */
  public HoneClient withoutInstruction() {
    return new HoneClient(http, url, key, model, Optional.empty());
  }

  /**
   * A chat answer.
   *
   * @param text what the model said
   * @param interaction its id, empty when not captured
   * @param mode what Hone did
   * @param tokens injected
   * @param overhead of Hone, in milliseconds
   */
  public record Said(String text, String interaction, String mode, int tokens, double overhead) {}

  /**
   * Asks; {@code mode} as in {@code x-hone-mode}, {@code pin} a commit or empty for the pool as it
   * stands.
   */
  public Said ask(String space, String question, String mode, String pin) {
    ObjectNode body = json.createObjectNode().put("model", model);
    var messages = body.putArray("messages");
    instruction.ifPresent(text -> messages.addObject().put("role", "system").put("content", text));
    messages.addObject().put("role", "user").put("content", question);
    HttpRequest.Builder request =
        request(space, "/v1/chat/completions").header("x-hone-mode", mode);
    if (!pin.isEmpty()) {
      request.header("x-hone-pin", pin);
    }
    HttpResponse<String> response = send(request.POST(content(body)).build());
    return new Said(
        tree(response).path("choices").path(0).path("message").path("content").asText(),
        header(response, "x-hone-interaction-id", ""),
        header(response, "x-hone-mode", ""),
        Integer.parseInt(header(response, "x-hone-tokens", "0")),
        Double.parseDouble(header(response, "x-hone-overhead-ms", "0")));
  }

  /** The same, with another instruction, or none. */
  public HoneClient instructed(Optional<String> other) {
    return new HoneClient(http, url, key, model, other);
  }

  /**
   * An answer in a conversation.
   *
   * @param text what the model said
   * @param interaction its id, empty when not captured
   * @param modelTokens that the model read and wrote, as it says; 0 when it does not say
   */
  public record Turn(String text, String interaction, long modelTokens) {}

  /** Goes on with a conversation: a session, whose messages so far are all sent. */
  public Turn converse(String space, String session, String mode, ArrayNode messages) {
    ObjectNode body = json.createObjectNode().put("model", model);
    body.set("messages", messages);
    HttpResponse<String> response =
        send(
            request(space, "/v1/chat/completions")
                .header("x-hone-mode", mode)
                .header("x-hone-session", session)
                .POST(content(body))
                .build());
    JsonNode answer = tree(response);
    return new Turn(
        answer.path("choices").path(0).path("message").path("content").asText(),
        header(response, "x-hone-interaction-id", ""),
        answer.path("usage").path("total_tokens").asLong());
  }

  /** Posts to a path of a space. */
  public JsonNode post(String space, String path, ObjectNode body) {
    return tree(send(request(space, path).POST(content(body)).build()));
  }

  /** Posts what is to happen once, however often it is sent with this {@code key}. */
  public JsonNode postOnce(String space, String path, String key, ObjectNode body) {
    return tree(
        send(request(space, path).header("idempotency-key", key).POST(content(body)).build()));
  }

  /** Gets a path of a space. */
  public JsonNode get(String space, String path) {
    return tree(send(request(space, path).GET().build()));
  }

  /** An empty object. */
  public ObjectNode object() {
    return json.createObjectNode();
  }

  /** The newest commit of a pool, empty when it has none. */
  public String head(String space) {
    return get(space, "/api/v1/commits?limit=1").path("items").path(0).path("id").asText("");
  }

  private HttpRequest.Builder request(String space, String path) {
    return HttpRequest.newBuilder(URI.create(url + path))
        .timeout(Duration.ofHours(1))
        .header("content-type", "application/json")
        .header("authorization", "Bearer " + key)
        .header("x-hone-space", space);
  }

  private HttpRequest.BodyPublisher content(ObjectNode body) {
    return HttpRequest.BodyPublishers.ofString(body.toString());
  }

  private HttpResponse<String> send(HttpRequest request) {
    Patience patience = new Patience();
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      while (response.statusCode() >= 400) {
        if (!patience.again(response)) {
          throw new Unanswered(
              request.uri() + " answered " + response.statusCode() + ": " + response.body());
        }
        response = http.send(request, HttpResponse.BodyHandlers.ofString());
      }
      return response;
    } catch (IOException e) {
      throw new UncheckedIOException(request.uri() + " cannot be reached", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unanswered("interrupted", e);
    }
  }

  private JsonNode tree(HttpResponse<String> response) {
    try {
      return json.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(response.uri() + " did not answer with JSON", e);
    }
  }

  private static String header(HttpResponse<?> response, String name, String standard) {
    return response.headers().firstValue(name).orElse(standard);
  }
}
