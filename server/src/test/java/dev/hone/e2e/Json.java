package dev.hone.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** JSON as tests write and read it. */
public final class Json {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  public static JsonNode read(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("no JSON: " + text, e);
    }
  }

  /** A JSON string with its quotes. */
  public static String quoted(String text) {
    return MAPPER.getNodeFactory().textNode(text).toString();
  }

  /** An object of strings: name, value, name, value. */
  public static String object(String... namesAndValues) {
    ObjectNode object = MAPPER.createObjectNode();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      object.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return object.toString();
  }

  /** A chat request of one user message. */
  public static String chat(String model, String question) {
    return chatOf(model, message("user", question));
  }

  /** A chat request of these messages, in JSON. */
  public static String chatOf(String model, String... messages) {
    return "{\"model\":" + quoted(model) + ",\"messages\":[" + String.join(",", messages) + "]}";
  }

  public static String message(String role, String content) {
    return object("role", role, "content", content);
  }
}
