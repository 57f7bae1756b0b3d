package dev.hone.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The confidence that an answer says of itself, in [0, 1]: the number at the end of a line such as
 * {@code Confidence: 0.8} or {@code confidence 80 %}, of several lines the last; or, where the
 * answer is a JSON object, its field {@code confidence}. A number above 1 without a percent sign is
 * none.
 */
public final class Confidence {

  private static final String NUMBER =
      "(\\d{1,3}+(?:[.,]\\d{1,12}+)?+|[.,]\\d{1,12}+)\\s{0,3}+(%|percent\\b)?+";

  /** What may stand after the number: marks, and a remark in brackets. */
  private static final String REST = "[^\\p{L}\\p{N}(]*+(?:\\(.*)?+$";

  private static final String CLAIM =
      "\\bconfidence(?:[ \\t]+(?:level|score))?[\\s*_`:=~≈\"'\\[]{1,8}" + NUMBER + REST;

  private static final Pattern CLAIMS = Pattern.compile(CLAIM, Pattern.CASE_INSENSITIVE);

  /** A line that says nothing else. */
  private static final Pattern ALONE =
      Pattern.compile("^[^\\p{L}\\p{N}]*+" + CLAIM, Pattern.CASE_INSENSITIVE);

  private static final Pattern BARE = Pattern.compile(NUMBER, Pattern.CASE_INSENSITIVE);
  private static final Pattern FENCE = Pattern.compile("(?s)```\\w*+\\s*+(\\{.*\\})\\s*```");
  private static final ObjectReader JSON =
      new ObjectMapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private Confidence() {}

  /** What an answer says; empty if it says none. */
  public static OptionalDouble of(String answer) {
    return object(answer.strip()).map(Confidence::field).orElseGet(() -> line(answer));
  }

  /** The answer without a last line that says nothing but its confidence. */
  public static String without(String answer) {
    String text = answer.stripTrailing();
    int last = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1;
    String rest = text.substring(0, last).stripTrailing();
    return !rest.isBlank() && ALONE.matcher(text.substring(last)).find() ? rest : answer;
  }

  private static OptionalDouble line(String answer) {
    List<String> lines = answer.lines().toList();
    for (String line : lines.reversed()) {
      Matcher claim = CLAIMS.matcher(line.stripTrailing());
      if (claim.find()) {
        return number(claim);
      }
    }
    return OptionalDouble.empty();
  }

  private static Optional<JsonNode> object(String answer) {
    Matcher fence = FENCE.matcher(answer);
    String text = fence.matches() ? fence.group(1) : answer;
    if (!text.startsWith("{") || !text.endsWith("}")) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readTree(text)).filter(JsonNode::isObject);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static OptionalDouble field(JsonNode object) {
    JsonNode value = object.path("confidence");
    if (value.isNumber()) {
      return within(value.asDouble());
    }
    Matcher bare = BARE.matcher(value.asText().strip());
    return value.isTextual() && bare.matches() ? number(bare) : OptionalDouble.empty();
  }

  private static OptionalDouble number(Matcher found) {
    double number = Double.parseDouble(found.group(1).replace(',', '.'));
    return within(found.group(2) == null ? number : number / 100);
  }

  private static OptionalDouble within(double value) {
    return value >= 0 && value <= 1 ? OptionalDouble.of(value) : OptionalDouble.empty();
  }
}
