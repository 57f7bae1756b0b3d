package dev.hone.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.experience.Message;
import dev.hone.experience.Part;
import dev.hone.experience.Role;
import java.util.ArrayList;
import java.util.List;

/** Reads messages of the OpenAI protocol. */
public final class Messages {

  private Messages() {}

  /**
   * Reads one message.
   *
   * @param where what to call it in an error
   * @throws Malformed naming what is wrong
   */
  public static Message read(JsonNode message, String where) throws Malformed {
    if (!message.isObject()) {
      throw new Malformed("'" + where + "' must be an object");
    }
    List<Part> parts = new ArrayList<>();
    for (String reasoning : List.of("reasoning_content", "reasoning")) {
      if (message.path(reasoning).isTextual()) {
        parts.add(new Part.Reasoning(message.path(reasoning).asText()));
      }
    }
    content(message.path("content"), where, parts);
    for (JsonNode call : message.path("tool_calls")) {
      // Logs of some agents leave the object in between out.
      JsonNode function = call.path("function").isObject() ? call.path("function") : call;
      parts.add(
          new Part.ToolCall(
              call.path("id").asText(),
              function.path("name").asText(),
              function.path("arguments").asText()));
    }
    return new Message(role(message.path("role"), where), parts);
  }

  private static void content(JsonNode content, String where, List<Part> parts) throws Malformed {
    if (content.isTextual()) {
      parts.add(new Part.Text(content.asText()));
    } else if (content.isArray()) {
      for (JsonNode part : content) {
        if (part.path("text").isTextual()) {
          parts.add(new Part.Text(part.path("text").asText()));
        } else if (part.isObject()) {
          parts.add(new Part.Other(part.path("type").asText("unknown"), part.toString()));
        } else {
          throw new Malformed("'" + where + ".content' holds something that is not a part");
        }
      }
    } else if (!content.isNull() && !content.isMissingNode()) {
      throw new Malformed("'" + where + ".content' must be a string or a list of parts");
    }
  }

  private static Role role(JsonNode role, String where) throws Malformed {
    return switch (role.asText()) {
      case "system", "developer" -> Role.SYSTEM;
      case "user" -> Role.USER;
      case "assistant" -> Role.ASSISTANT;
      case "tool", "function" -> Role.TOOL;
      case "environment" -> Role.ENVIRONMENT;
      default ->
          throw new Malformed(
              "'" + where + ".role' must be one of system, developer, user, assistant, tool");
    };
  }
}
