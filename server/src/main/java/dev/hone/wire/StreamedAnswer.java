package dev.hone.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hone.experience.Message;
import dev.hone.experience.Part;
import dev.hone.experience.Role;
import dev.hone.experience.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Gathers the events of one streamed answer. */
final class StreamedAnswer {

  /** A tool call as far as it is known. */
  private static final class Call {
    private String id = "";
    private String name = "";
    private final StringBuilder arguments = new StringBuilder();
  }

  private final Endpoint endpoint;
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder reasoning = new StringBuilder();
  private final Map<Integer, Call> calls = new TreeMap<>();
  private final ArrayNode items = JsonNodeFactory.instance.arrayNode();
  private @Nullable Usage usage;
  private boolean any;
  private boolean error;
  private boolean ended;

  StreamedAnswer(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  /** The stream says that it has ended. */
  void end() {
    ended = true;
  }

  void add(JsonNode event) {
    error |= event.path("error").isObject() || event.path("type").asText().equals("error");
    Usages.read(event.path("usage")).ifPresent(read -> usage = read);
    if (endpoint == Endpoint.RESPONSES) {
      response(event);
      return;
    }
    for (JsonNode choice : event.path("choices")) {
      if (choice.path("index").asInt(0) == 0) {
        ended |= choice.path("finish_reason").isTextual();
        delta(choice.path("delta"));
        any |= choice.path("text").isTextual();
        text.append(choice.path("text").asText(""));
      }
    }
  }

  private void response(JsonNode event) {
    switch (event.path("type").asText()) {
      case "response.output_text.delta" -> {
        any = true;
        text.append(event.path("delta").asText(""));
      }
      case "response.output_item.done" -> {
        any = true;
        items.add(event.path("item"));
        text.setLength(0);
      }
      case "response.failed" -> error = true;
      case "response.completed", "response.incomplete" -> ended = true;
      default -> {}
    }
    Usages.read(event.path("response").path("usage")).ifPresent(read -> usage = read);
  }

  private void delta(JsonNode delta) {
    any |= delta.isObject();
    text.append(delta.path("content").asText(""));
    reasoning.append(delta.path("reasoning_content").asText(""));
    reasoning.append(delta.path("reasoning").asText(""));
    for (JsonNode part : delta.path("tool_calls")) {
      Call call =
          calls.computeIfAbsent(part.path("index").asInt(calls.size()), index -> new Call());
      JsonNode function = part.path("function");
      call.id = known(part.path("id"), call.id);
      call.name = known(function.path("name"), call.name);
      call.arguments.append(function.path("arguments").asText(""));
    }
  }

  /** A piece may leave out, or leave empty, what an earlier one said. */
  private static String known(JsonNode said, String before) {
    return said.asText("").isEmpty() ? before : said.asText();
  }

  Answers.Reading reading() {
    return new Answers.Reading(
        any && endpoint.answersInWords() ? new Message(Role.ASSISTANT, parts()) : null,
        usage,
        error,
        ended);
  }

  private List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    if (!reasoning.isEmpty()) {
      parts.add(new Part.Reasoning(reasoning.toString()));
    }
    parts.addAll(ResponseItems.answer(items).parts());
    if (!text.isEmpty()) {
      parts.add(new Part.Text(text.toString()));
    }
    calls.values().forEach(c -> parts.add(new Part.ToolCall(c.id, c.name, c.arguments.toString())));
    return parts;
  }
}
