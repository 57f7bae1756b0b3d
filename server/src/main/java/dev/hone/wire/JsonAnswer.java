package dev.hone.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * Reads the JSON document that a language model was asked for; tolerates a code fence around it.
 */
public final class JsonAnswer {

  private static final ObjectMapper JSON = new ObjectMapper();

  private JsonAnswer() {}

  /** The object in an answer. */
  public static JsonNode object(String answer) throws Malformed {
    int start = answer.indexOf('{');
    int end = answer.lastIndexOf('}');
    if (start < 0 || end < start) {
      throw new Malformed("there is no JSON object in it");
    }
    try {
      return JSON.readTree(answer.substring(start, end + 1));
    } catch (JsonProcessingException e) {
      throw new Malformed("it is not valid JSON: " + Malformed.firstLine(e));
    }
  }

  /** A list field, which must be there. */
  public static JsonNode list(JsonNode object, String field) throws Malformed {
    JsonNode value = object.path(field);
    if (!value.isArray()) {
      throw new Malformed("'" + field + "' is not a list");
    }
    return value;
  }

  /** A text field, which must be there and not be blank. */
  public static String text(JsonNode object, String field) throws Malformed {
    JsonNode value = object.path(field);
    if (!value.isTextual() || value.asText().isBlank()) {
      throw new Malformed("'" + field + "' is not a text");
    }
    return value.asText().strip();
  }
}
