package dev.hone.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.experience.Message;
import dev.hone.experience.Part;
import dev.hone.experience.Role;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A request that passes through as it is, and of which is read what can be: the model, and the
 * texts or items that it gives the model. Where a conversation is sent as single items, those that
 * the model said in a row are one message, as its answer was.
 *
 * @param endpoint what was asked
 * @param fields the request without what is in the messages
 * @param messages what the model is given
 */
public record OtherRequest(Endpoint endpoint, JsonNode fields, List<Message> messages)
    implements ModelRequest {

  public OtherRequest {
    messages = List.copyOf(messages);
  }

  /** Reads a body; empty when it is not a JSON object. */
  public static Optional<OtherRequest> parse(Endpoint endpoint, byte[] body) {
    try {
      return ChatRequest.tree(body) instanceof ObjectNode object
          ? Optional.of(read(endpoint, object))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static OtherRequest read(Endpoint endpoint, ObjectNode body) {
    List<Message> messages = new ArrayList<>();
    switch (endpoint) {
      case RESPONSES -> {
        texts(body.path("instructions"), Role.SYSTEM, messages);
        responses(body.path("input"), messages);
        body.remove(List.of("instructions", "input"));
      }
      case COMPLETIONS -> {
        texts(body.path("prompt"), Role.USER, messages);
        body.remove("prompt");
      }
      case EMBEDDINGS -> {
        texts(body.path("input"), Role.USER, messages);
        body.remove("input");
      }
      case CHAT, OTHER -> {}
    }
    return new OtherRequest(endpoint, body, messages);
  }

  private static void texts(JsonNode given, Role role, List<Message> messages) {
    if (given.isTextual()) {
      messages.add(Message.text(role, given.asText()));
    } else if (given.isArray()) {
      List<Part> parts = new ArrayList<>();
      for (JsonNode each : given) {
        parts.add(
            each.isTextual()
                ? new Part.Text(each.asText())
                : new Part.Other("tokens", each.toString()));
      }
      messages.add(new Message(role, parts));
    }
  }

  private static void responses(JsonNode input, List<Message> messages) {
    if (!input.isArray()) {
      texts(input, Role.USER, messages);
      return;
    }
    for (JsonNode item : input) {
      Message message = ResponseItems.message(item);
      if (message.role() == Role.ASSISTANT
          && !messages.isEmpty()
          && messages.getLast().role() == Role.ASSISTANT) {
        List<Part> parts = new ArrayList<>(messages.removeLast().parts());
        parts.addAll(message.parts());
        messages.add(new Message(Role.ASSISTANT, parts));
      } else {
        messages.add(message);
      }
    }
  }

  @Override
  public String model() {
    return fields.path("model").asText("");
  }

  @Override
  public JsonNode field(String name) {
    return fields.path(name);
  }

  @Override
  public String parameters() {
    return fields.toString();
  }
}
