package dev.hone.http.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An object of named fields.
 *
 * @param fields in order
 * @param open whether other fields are taken too, unread
 */
public record Struct(List<Field> fields, boolean open) implements Schema {

  /**
   * One field.
   *
   * @param required whether it must be there; one that need not may also be null
   * @param says what it is
   */
  public record Field(String name, Schema schema, boolean required, String says) {}

  public Struct {
    fields = List.copyOf(fields);
  }

  /** An object without fields, to be added. */
  public static Struct of() {
    return new Struct(List.of(), false);
  }

  public Struct required(String name, Schema schema, String says) {
    return with(new Field(name, schema, true, says));
  }

  public Struct optional(String name, Schema schema, String says) {
    return with(new Field(name, schema, false, says));
  }

  /** With the fields of another object too. */
  public Struct and(Struct other) {
    List<Field> all = new ArrayList<>(fields);
    all.addAll(other.fields);
    return new Struct(all, open);
  }

  /** The same without one field. */
  public Struct without(String name) {
    return new Struct(fields.stream().filter(field -> !field.name.equals(name)).toList(), open);
  }

  /** The same, taking other fields too. */
  public Struct andOthers() {
    return new Struct(fields, true);
  }

  private Struct with(Field field) {
    List<Field> all = new ArrayList<>(fields);
    all.add(field);
    return new Struct(all, open);
  }

  @Override
  public ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("type", "object");
    ObjectNode properties = json.putObject("properties");
    ArrayNode required = JsonNodeFactory.instance.arrayNode();
    for (Field field : fields) {
      ObjectNode property = field.schema.json();
      if (field.required) {
        required.add(field.name);
      } else {
        ObjectNode either = JsonNodeFactory.instance.objectNode();
        ArrayNode options = either.putArray("anyOf").add(property);
        options.addObject().put("type", "null");
        property = either;
      }
      properties.set(
          field.name, field.says.isEmpty() ? property : property.put("description", field.says));
    }
    if (!required.isEmpty()) {
      json.set("required", required);
    }
    return json.put("additionalProperties", open);
  }

  @Override
  public void check(JsonNode value, String at, List<Problem.Fault> faults) {
    if (!value.isObject()) {
      faults.add(Problem.Fault.inBody(at, Schema.named(at) + " must be a JSON object."));
      return;
    }
    for (Field field : fields) {
      JsonNode given = value.path(field.name);
      if (field.required || !(given.isMissingNode() || given.isNull())) {
        field.schema.check(given, at + "/" + field.name, faults);
      }
    }
    if (!open) {
      value.fieldNames().forEachRemaining(name -> checkKnown(name, at, faults));
    }
  }

  private void checkKnown(String name, String at, List<Problem.Fault> faults) {
    if (fields.stream().noneMatch(field -> field.name.equals(name))) {
      String allowed = fields.stream().map(Field::name).collect(Collectors.joining(", "));
      faults.add(
          Problem.Fault.inBody(
              at + "/" + name.replace("~", "~0").replace("/", "~1"),
              "'"
                  + name
                  + "' is not known here; "
                  + (allowed.isEmpty() ? "no field is." : "known are " + allowed + ".")));
    }
  }
}
