package dev.hone.http.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The shape of a JSON value: told as JSON Schema (draft 2020-12), and checked in requests by the
 * same declaration.
 */
public sealed interface Schema permits Schema.Simple, Struct {

  /** As JSON Schema. */
  ObjectNode json();

  /**
   * Says what is wrong with a value.
   *
   * @param at its JSON pointer
   * @param faults where to say so
   */
  void check(JsonNode value, String at, List<Problem.Fault> faults);

  /** A string. */
  static Schema text() {
    return new Text(0, Integer.MAX_VALUE, "");
  }

  /**
   * A string of bounded length.
   *
   * @param least characters; from 1 on it must not be blank
   * @param most characters
   */
  static Schema text(int least, int most) {
    return new Text(least, most, "");
  }

  /** A time or another string of a format of JSON Schema. */
  static Schema format(String format) {
    return new Text(0, Integer.MAX_VALUE, format);
  }

  static Schema choice(List<String> values) {
    return new Choice(List.copyOf(values));
  }

  static Schema whole(long least, long most) {
    return new Whole(least, most);
  }

  /** A whole number from 0. */
  static Schema count() {
    return new Whole(0, Long.MAX_VALUE);
  }

  static Schema number() {
    return new Decimal();
  }

  static Schema flag() {
    return new Flag();
  }

  /** True, false, or a number in [0, 1]. */
  static Schema measure() {
    return new Measure();
  }

  static Schema anything() {
    return new Anything();
  }

  static Schema list(Schema each) {
    return new Items(each, 0, Integer.MAX_VALUE);
  }

  static Schema list(Schema each, int least, int most) {
    return new Items(each, least, most);
  }

  /** Numbers by name. */
  static Schema counts() {
    return new Counts();
  }

  /** How a place is named in a sentence. */
  static String named(String at) {
    return at.isEmpty() ? "The body" : "'" + at.substring(1).replace('/', '.') + "'";
  }

  private static ObjectNode of(String type) {
    return JsonNodeFactory.instance.objectNode().put("type", type);
  }

  /** A value that is checked by one rule. */
  sealed interface Simple extends Schema {

    boolean fits(JsonNode value);

    /** What it must be. */
    String rule();

    @Override
    default void check(JsonNode value, String at, List<Problem.Fault> faults) {
      if (!fits(value)) {
        faults.add(Problem.Fault.inBody(at, named(at) + " must be " + rule() + "."));
      }
    }
  }

  /** See {@link #text(int, int)}. */
  record Text(int least, int most, String format) implements Simple {

    @Override
    public ObjectNode json() {
      ObjectNode json = of("string");
      if (least > 0) {
        json.put("minLength", least).put("pattern", "\\S");
      }
      if (most < Integer.MAX_VALUE) {
        json.put("maxLength", most);
      }
      return format.isEmpty() ? json : json.put("format", format);
    }

    @Override
    public boolean fits(JsonNode value) {
      if (!value.isTextual()) {
        return false;
      }
      String text = value.asText();
      int length = text.codePointCount(0, text.length());
      return length >= least && length <= most && (least == 0 || !text.isBlank());
    }

    @Override
    public String rule() {
      return "a string"
          + (least > 0 ? " that is not blank" : "")
          + (most < Integer.MAX_VALUE ? " of at most " + most + " characters" : "");
    }
  }

  /** One of some strings. */
  record Choice(List<String> values) implements Simple {
    @Override
    public ObjectNode json() {
      ObjectNode json = of("string");
      values.forEach(json.putArray("enum")::add);
      return json;
    }

    @Override
    public boolean fits(JsonNode value) {
      return value.isTextual() && values.contains(value.asText());
    }

    @Override
    public String rule() {
      return "one of " + String.join(", ", values);
    }

    @Override
    public void check(JsonNode value, String at, List<Problem.Fault> faults) {
      if (!fits(value)) {
        faults.add(Problem.Fault.inBody(at, named(at) + " is " + rule() + "."));
      }
    }
  }

  /** A whole number in a range. */
  record Whole(long least, long most) implements Simple {
    @Override
    public ObjectNode json() {
      ObjectNode json = of("integer").put("minimum", least);
      return most < Long.MAX_VALUE ? json.put("maximum", most) : json;
    }

    @Override
    public boolean fits(JsonNode value) {
      return value.isIntegralNumber()
          && value.canConvertToLong()
          && value.asLong() >= least
          && value.asLong() <= most;
    }

    @Override
    public String rule() {
      return "a whole number "
          + (most < Long.MAX_VALUE ? "between " + least + " and " + most : "from " + least);
    }
  }

  /** Any number. */
  record Decimal() implements Simple {
    @Override
    public ObjectNode json() {
      return of("number");
    }

    @Override
    public boolean fits(JsonNode value) {
      return value.isNumber();
    }

    @Override
    public String rule() {
      return "a number";
    }
  }

  /** True or false. */
  record Flag() implements Simple {
    @Override
    public ObjectNode json() {
      return of("boolean");
    }

    @Override
    public boolean fits(JsonNode value) {
      return value.isBoolean();
    }

    @Override
    public String rule() {
      return "true or false";
    }
  }

  /** True, false, or a number in [0, 1]. */
  record Measure() implements Simple {
    @Override
    public ObjectNode json() {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      json.putArray("oneOf")
          .add(of("boolean"))
          .add(of("number").put("minimum", 0).put("maximum", 1));
      return json;
    }

    @Override
    public boolean fits(JsonNode value) {
      return value.isBoolean()
          || (value.isNumber() && value.asDouble() >= 0 && value.asDouble() <= 1);
    }

    @Override
    public String rule() {
      return "true, false, or a number in [0, 1]";
    }
  }

  /** Any JSON. */
  record Anything() implements Simple {
    @Override
    public ObjectNode json() {
      return JsonNodeFactory.instance.objectNode();
    }

    @Override
    public boolean fits(JsonNode value) {
      return true;
    }

    @Override
    public String rule() {
      return "anything";
    }
  }

  /** Numbers by name. */
  record Counts() implements Simple {
    @Override
    public ObjectNode json() {
      ObjectNode json = of("object");
      json.set("additionalProperties", new Whole(0, Long.MAX_VALUE).json());
      return json;
    }

    @Override
    public boolean fits(JsonNode value) {
      return value.isObject() && value.valueStream().allMatch(JsonNode::isIntegralNumber);
    }

    @Override
    public String rule() {
      return "an object of whole numbers";
    }
  }

  /** A list. */
  record Items(Schema each, int least, int most) implements Simple {
    @Override
    public ObjectNode json() {
      ObjectNode json = of("array");
      json.set("items", each.json());
      if (least > 0) {
        json.put("minItems", least);
      }
      return most < Integer.MAX_VALUE ? json.put("maxItems", most) : json;
    }

    @Override
    public boolean fits(JsonNode value) {
      return value.isArray() && value.size() >= least && value.size() <= most;
    }

    @Override
    public String rule() {
      String of =
          each instanceof Struct struct
              ? " of {"
                  + struct.fields().stream()
                      .map(Struct.Field::name)
                      .collect(Collectors.joining(", "))
                  + "} objects"
              : "";
      return (least > 0 ? "a non-empty list" : "a list")
          + of
          + (most < Integer.MAX_VALUE ? ", at most " + most : "");
    }

    @Override
    public void check(JsonNode value, String at, List<Problem.Fault> faults) {
      Simple.super.check(value, at, faults);
      for (int i = 0; value.isArray() && i < Math.min(value.size(), most); i++) {
        each.check(value.path(i), at + "/" + i, faults);
      }
    }
  }
}
