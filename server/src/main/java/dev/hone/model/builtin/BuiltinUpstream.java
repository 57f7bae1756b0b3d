package dev.hone.model.builtin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.experience.Message;
import dev.hone.experience.Role;
import dev.hone.model.InMemoryAnswer;
import dev.hone.port.Ids;
import dev.hone.port.Tokens;
import dev.hone.port.Upstream;
import dev.hone.wire.ChatRequest;
import dev.hone.wire.Malformed;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The built-in model behind the OpenAI protocol. Deterministic; needs no key and no download. Every
 * answer ends with a line {@code Confidence: 0.00} to {@code 1.00}.
 */
public final class BuiltinUpstream implements Upstream {

  /** The model's name. */
  public static final String MODEL = "hone-builtin";

  private final LexicalReader reader = new LexicalReader();
  private final ObjectMapper json = new ObjectMapper();
  private final Ids ids;
  private final InstantSource clock;
  private final Tokens tokens;

  public BuiltinUpstream(Ids ids, InstantSource clock, Tokens tokens) {
    this.ids = ids;
    this.clock = clock;
    this.tokens = tokens;
  }

  @Override
  public Answer ask(Request request) {
    String path = request.path().split("\\?", 2)[0];
    if (request.method().equals("POST") && path.equals("/v1/chat/completions")) {
      return chat(request.body());
    }
    if (request.method().equals("GET") && path.equals("/v1/models")) {
      return models();
    }
    return error(
        404,
        "not_found",
        request.method()
            + " "
            + path
            + " needs a language model; the built-in one only answers chat completions. Start Hone"
            + " with --upstream URL.");
  }

  private Answer chat(byte[] body) {
    ChatRequest chat;
    try {
      chat = ChatRequest.parse(body);
    } catch (Malformed e) {
      return error(400, "invalid_request_error", String.valueOf(e.getMessage()));
    }
    if (!chat.model().equals(MODEL)) {
      return error(
          404,
          "model_not_found",
          "The model '"
              + chat.model()
              + "' is not known here: no upstream is configured, so only '"
              + MODEL
              + "' answers. Ask for that, or start Hone with --upstream URL.");
    }
    String asked =
        chat.messages().reversed().stream()
            .filter(message -> message.role() == Role.USER)
            .map(Message::text)
            .findFirst()
            .orElse("");
    LexicalReader.Reading reading = reader.read(asked);
    String answer =
        reading.answer()
            + String.format(Locale.ROOT, "%nConfidence: %.2f", reading.confidence())
                .replace("\r\n", "\n");
    int prompt = tokens.count(asked);
    int completion = tokens.count(answer);
    return chat.stream()
        ? streamed(chat, answer, prompt, completion)
        : whole(answer, prompt, completion);
  }

  private ObjectNode envelope(String object) {
    return json.createObjectNode()
        .put("id", "chatcmpl-" + ids.next())
        .put("object", object)
        .put("created", clock.instant().getEpochSecond())
        .put("model", MODEL);
  }

  private static void usage(ObjectNode answer, int prompt, int completion) {
    answer
        .putObject("usage")
        .put("prompt_tokens", prompt)
        .put("completion_tokens", completion)
        .put("total_tokens", prompt + completion);
  }

  private Answer whole(String text, int prompt, int completion) {
    ObjectNode answer = envelope("chat.completion");
    ObjectNode choice = answer.putArray("choices").addObject().put("index", 0);
    choice.putObject("message").put("role", "assistant").put("content", text);
    choice.put("finish_reason", "stop");
    usage(answer, prompt, completion);
    return InMemoryAnswer.json(200, bytes(answer));
  }

  private Answer streamed(ChatRequest chat, String text, int prompt, int completion) {
    ObjectNode envelope = envelope("chat.completion.chunk");
    StringBuilder events = new StringBuilder();
    event(events, envelope, "role", "assistant", false);
    for (String word : text.split("(?<=\\s)", -1)) {
      event(events, envelope, "content", word, false);
    }
    event(events, envelope, "content", "", true);
    if (chat.field("stream_options").path("include_usage").asBoolean(false)) {
      ObjectNode last = envelope.deepCopy();
      last.putArray("choices");
      usage(last, prompt, completion);
      events.append("data: ").append(last).append("\n\n");
    }
    events.append("data: [DONE]\n\n");
    return new InMemoryAnswer(
        200,
        Map.of("content-type", List.of("text/event-stream")),
        events.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void event(
      StringBuilder events, ObjectNode envelope, String field, String value, boolean last) {
    ObjectNode chunk = envelope.deepCopy();
    ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
    ObjectNode delta = choice.putObject("delta");
    if (!last) {
      delta.put(field, value);
    }
    choice.put("finish_reason", last ? "stop" : null);
    events.append("data: ").append(chunk).append("\n\n");
  }

  private Answer models() {
    ObjectNode list = json.createObjectNode().put("object", "list");
    list.putArray("data")
        .addObject()
        .put("id", MODEL)
        .put("object", "model")
        .put("created", 0)
        .put("owned_by", "hone");
    return InMemoryAnswer.json(200, bytes(list));
  }

  private Answer error(int status, String code, String message) {
    ObjectNode error = json.createObjectNode();
    error
        .putObject("error")
        .put("message", message)
        .put("type", status == 404 ? "not_found_error" : "invalid_request_error")
        .put("code", code);
    return InMemoryAnswer.json(status, bytes(error));
  }

  private byte[] bytes(ObjectNode node) {
    try {
      return json.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values can be written", e);
    }
  }
}
