package dev.hone.backend.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.hone.experience.Digest;
import dev.hone.experience.Message;
import dev.hone.experience.Part;
import dev.hone.experience.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Messages as rows: the parts as a JSON list of {@code {"type": …}} objects. */
final class MessageCodec {

  private final ObjectMapper json = new ObjectMapper();

  String parts(Message message) {
    ArrayNode list = json.createArrayNode();
    for (Part part : message.parts()) {
      switch (part) {
        case Part.Text text -> list.addObject().put("type", "text").put("text", text.text());
        case Part.Reasoning reasoning ->
            list.addObject().put("type", "reasoning").put("text", reasoning.text());
        case Part.ToolCall call ->
            list.addObject()
                .put("type", "call")
                .put("id", call.id())
                .put("name", call.name())
                .put("arguments", call.arguments());
        case Part.Other other ->
            list.addObject()
                .put("type", "other")
                .put("name", other.type())
                .put("json", other.json());
      }
    }
    return list.toString();
  }

  /** All that a message says, read or not, in lines. */
  static String words(Message message) {
    return message.parts().stream()
        .map(
            part ->
                switch (part) {
                  case Part.Text text -> text.text();
                  case Part.Reasoning reasoning -> reasoning.text();
                  case Part.ToolCall call -> call.name() + " " + call.arguments();
                  case Part.Other other -> other.json();
                })
        .collect(Collectors.joining("\n"));
  }

  /**
   * Stores a message once; unlike its digest in a chain, what it is stored under covers its
   * reasoning.
   */
  Digest put(Handle handle, String space, Message message) {
    String role = message.role().name();
    String parts = parts(message);
    Digest digest = Digest.of(role, parts);
    handle.execute(
        "INSERT INTO message VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        space,
        digest.value(),
        role,
        parts);
    return digest;
  }

  Message message(String role, String parts) {
    List<Part> list = new ArrayList<>();
    try {
      for (JsonNode part : json.readTree(parts)) {
        list.add(
            switch (part.path("type").asText()) {
              case "text" -> new Part.Text(part.path("text").asText());
              case "reasoning" -> new Part.Reasoning(part.path("text").asText());
              case "call" ->
                  new Part.ToolCall(
                      part.path("id").asText(),
                      part.path("name").asText(),
                      part.path("arguments").asText());
              default -> new Part.Other(part.path("name").asText(), part.path("json").asText());
            });
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored message cannot be read: " + e.getMessage(), e);
    }
    return new Message(Role.valueOf(role), list);
  }
}
