package dev.hone.http.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads requests and writes JSON. */
public final class Exchange {

  /** Names a request: in its answer, its problem's {@code instance}, and its line in the log. */
  public static final HeaderName REQUEST_ID = HeaderNames.create("x-request-id");

  private static final int PIECE = 16 * 1024;

  private final ObjectMapper json =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);
  private final int largestBody;
  private final BodyBudget budget;

  /**
   * @param largestBody bytes accepted in a request's body
   * @param budget of all bodies together
   */
  public Exchange(int largestBody, BodyBudget budget) {
    this.largestBody = largestBody;
    this.budget = budget;
  }

  public ObjectMapper json() {
    return json;
  }

  /** What this request holds of the budget, until {@link #release}. */
  private BodyBudget.Share share(ServerRequest request) {
    return request
        .context()
        .get(BodyBudget.Share.class)
        .orElseGet(
            () -> {
              BodyBudget.Share share = budget.new Share();
              request.context().register(share);
              return share;
            });
  }

  /** The request is answered: its body is held no longer. */
  public void release(ServerRequest request) {
    request.context().get(BodyBudget.Share.class).ifPresent(BodyBudget.Share::close);
  }

  /** The body. */
  public byte[] body(ServerRequest request) {
    if (!request.content().hasEntity()) {
      return new byte[0];
    }
    try (InputStream in = request.content().inputStream()) {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      BodyBudget.Share share = share(request);
      byte[] buffer = new byte[PIECE];
      int n = in.read(buffer);
      while (n >= 0 && body.size() <= largestBody) {
        share.take(n);
        body.write(buffer, 0, n);
        n = in.read(buffer);
      }
      if (body.size() > largestBody) {
        throw new Problem(
            413,
            "Body too large",
            "The body is larger than "
                + largestBody
                + " bytes. Send less, or raise the setting server.body.");
      }
      return body.toByteArray();
    } catch (NumberFormatException e) {
      throw Problem.badRequest("The body cannot be read: a chunk's size is no hexadecimal number.");
    } catch (IOException e) {
      throw new CloseConnectionException("the client broke off", e);
    }
  }

  /** The body as a JSON object; an empty body is an empty object. */
  public JsonNode object(ServerRequest request) {
    byte[] body = body(request);
    if (body.length == 0) {
      return json.createObjectNode();
    }
    try {
      JsonNode node = json.readTree(body);
      if (!node.isObject()) {
        throw Problem.badRequest("The body must be a JSON object.");
      }
      return node;
    } catch (JsonProcessingException e) {
      throw Problem.badRequest(
          "The body is not valid JSON: "
              + e.getOriginalMessage()
              + " (line "
              + (e.getLocation() == null ? "?" : e.getLocation().getLineNr())
              + ").");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A text field of a body; absent when missing or null. */
  public static Optional<String> text(JsonNode object, String field) {
    JsonNode value = object.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw Problem.badRequest("'" + field + "' must be a string.");
    }
    return Optional.of(value.asText());
  }

  /** A true or false of a body. */
  public static boolean flag(JsonNode object, String field, boolean standard) {
    JsonNode value = object.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return standard;
    }
    if (!value.isBoolean()) {
      throw Problem.badRequest("'" + field + "' must be true or false.");
    }
    return value.asBoolean();
  }

  /** A query parameter. */
  public static Optional<String> parameter(ServerRequest request, String name) {
    return request.query().first(name).asOptional().filter(value -> !value.isBlank());
  }

  /** A header. */
  public static @Nullable String header(ServerRequest request, String name) {
    return request.headers().first(HeaderNames.create(name)).orElse(null);
  }

  /** The path's parameter of that name. */
  public static String inPath(ServerRequest request, String name) {
    return request.path().pathParameters().first(name).orElse("");
  }

  /** Answers with JSON. */
  public void send(ServerResponse response, int status, Object body) {
    send(response, status, "application/json", body);
  }

  /** Answers with a problem ({@code application/problem+json}). */
  public void send(ServerResponse response, Problem problem) {
    var body = json.createObjectNode();
    body.put("type", problem.type());
    body.put("title", problem.title());
    body.put("status", problem.status());
    body.put("detail", problem.detail());
    response.headers().first(REQUEST_ID).ifPresent(id -> body.put("instance", id));
    problem.members().forEach(body::putPOJO);
    if (!problem.faults().isEmpty()) {
      var errors = body.putArray("errors");
      problem
          .faults()
          .forEach(
              fault ->
                  errors
                      .addObject()
                      .put(fault.place(), fault.name())
                      .put("detail", fault.detail()));
    }
    tell(response, problem.headers());
    send(response, problem.status(), "application/problem+json", body);
  }

  /** Only what was written to its end is ended, so that what broke off is seen to have. */
  private static void send(ServerResponse response, Answer.Stream stream) {
    try {
      OutputStream out = response.outputStream();
      stream.writeTo(out);
      out.close();
    } catch (IOException e) {
      throw new CloseConnectionException("the answer broke off", e);
    }
  }

  /** Sends an answer. */
  public void send(ServerResponse response, Answer answer) {
    response.status(answer.status());
    tell(response, answer.headers());
    Answer.Stream stream = answer.stream();
    if (answer.status() == 304 || answer.status() == 204) {
      response.send();
    } else if (stream != null) {
      response.header(HeaderNames.CONTENT_TYPE, answer.type());
      send(response, stream);
    } else {
      response.header(HeaderNames.CONTENT_TYPE, answer.type());
      response.send(answer.body());
    }
  }

  /** Answers with an error as clients of the OpenAI protocol expect it. */
  public void sendOpenAi(ServerResponse response, Problem problem) {
    var body = json.createObjectNode();
    body.putObject("error")
        .put("message", problem.detail())
        .put("type", problem.status() < 500 ? "invalid_request_error" : "api_error")
        .put("code", problem.title().toLowerCase(Locale.ROOT).replace(' ', '_'));
    tell(response, problem.headers());
    send(response, problem.status(), "application/json", body);
  }

  private static void tell(ServerResponse response, Map<String, String> headers) {
    headers.forEach((name, value) -> response.header(HeaderNames.create(name), value));
  }

  private void send(ServerResponse response, int status, String type, Object body) {
    try {
      byte[] bytes = json.writeValueAsBytes(body);
      response.status(status);
      response.header(HeaderNames.CONTENT_TYPE, type);
      response.send(bytes);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what Hone answers can be written as JSON", e);
    }
  }
}
