package dev.hone.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the JSON document that a language model was asked for; tolerates prose or a code fence
 * around it, and reasoning in front of it.
 */
public final class JsonAnswer {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern REASONING =
      Pattern.compile("(?s)^\\s*<think(?:ing)?>.*</think(?:ing)?>");
  private static final Pattern FENCE = Pattern.compile("(?s)```\\w*\\s*(\\{.*\\})\\s*```");

  private JsonAnswer() {}

  /** The object in an answer. */
  public static JsonNode object(String answer) throws Malformed {
    String said = REASONING.matcher(answer).replaceFirst("");
    Matcher fence = FENCE.matcher(said);
    String text = fence.find() ? fence.group(1) : said;
    int start = text.indexOf('{');
    if (start < 0) {
      throw new Malformed(text.isBlank() ? "it is empty" : "there is no JSON object in it");
    }
    int end = text.lastIndexOf('}');
    try {
      return JSON.readTree(end < start ? text.substring(start) : text.substring(start, end + 1));
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
