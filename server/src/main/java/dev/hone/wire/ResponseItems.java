package dev.hone.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.experience.Message;
import dev.hone.experience.Part;
import dev.hone.experience.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Reads the items that the Responses API takes and gives. */
final class ResponseItems {

  private ResponseItems() {}

  /** What a model answered: all its items as one message. */
  static Message answer(JsonNode output) {
    List<Part> parts = new ArrayList<>();
    for (JsonNode item : output) {
      parts.addAll(message(item).parts());
    }
    return new Message(Role.ASSISTANT, parts);
  }

  /** One item. */
  static Message message(JsonNode item) {
    String type = item.path("type").asText(item.has("role") ? "message" : "unknown");
    return switch (type) {
      case "message" -> said(item);
      case "function_call" ->
          new Message(
              Role.ASSISTANT,
              List.of(
                  new Part.ToolCall(
                      item.path("call_id").asText(),
                      item.path("name").asText(),
                      item.path("arguments").asText())));
      case "function_call_output" ->
          new Message(Role.TOOL, List.of(new Part.Text(text(item.path("output")))));
      case "reasoning" ->
          new Message(
              Role.ASSISTANT,
              List.of(new Part.Reasoning(texts(item.path("summary"), item.path("content")))));
      default -> new Message(Role.ASSISTANT, List.of(new Part.Other(type, item.toString())));
    };
  }

  private static Message said(JsonNode item) {
    try {
      return Messages.read(item, "item");
    } catch (Malformed e) {
      return new Message(Role.ENVIRONMENT, List.of(new Part.Other("message", item.toString())));
    }
  }

  private static String text(JsonNode output) {
    return output.isTextual() ? output.asText() : texts(output);
  }

  private static String texts(JsonNode... lists) {
    return List.of(lists).stream()
        .flatMap(list -> StreamSupport.stream(list.spliterator(), false))
        .map(part -> part.path("text").asText(""))
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining("\n"));
  }
}
