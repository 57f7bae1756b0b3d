package dev.hone.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.http.exchange.Answer;
import dev.hone.http.exchange.Endpoint;
import dev.hone.http.exchange.Operation;
import dev.hone.http.exchange.Operation.Parameter;
import dev.hone.http.exchange.Operation.Place;
import dev.hone.http.exchange.Operation.Trait;
import dev.hone.http.exchange.Resource;
import dev.hone.http.exchange.Schema;
import dev.hone.http.exchange.Struct;
import dev.hone.port.Keys.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code /openapi.json}: the operations as an OpenAPI 3.1 document. */
public final class OpenApi implements Resource {

  private static final Pattern IN_PATH = Pattern.compile("\\{(\\w+)}");
  private static final Operation SELF =
      Operation.of("GET", "/openapi.json", Role.CLIENT, "This document.")
          .answers(200, Struct.of().andOthers());

  private static final Struct PROBLEM =
      Struct.of()
          .required("type", Schema.text(), "What sort of problem: docs/problems.md lists them.")
          .required("title", Schema.text(), "")
          .required("status", Schema.whole(400, 599), "")
          .required("detail", Schema.text(), "What is wrong and what to do.")
          .optional("instance", Schema.text(), "The request's x-request-id.")
          .optional(
              "errors",
              Schema.list(
                  Struct.of()
                      .optional("pointer", Schema.text(), "Where in the body.")
                      .optional("parameter", Schema.text(), "Which parameter of the query.")
                      .required("detail", Schema.text(), "")),
              "What is wrong, one by one.")
          .andOthers();

  private final JsonNodeFactory json = JsonNodeFactory.instance;
  private final ObjectMapper mapper = new ObjectMapper();
  private final String version;
  private final List<Operation> operations;

  /**
   * @param operations all but this document's own
   */
  public OpenApi(String version, List<Operation> operations) {
    this.version = version;
    this.operations = new ArrayList<>(operations);
    this.operations.add(SELF);
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(new Endpoint(SELF, ask -> Answer.of(200, document())));
  }

  private ObjectNode document() {
    ObjectNode document = json.objectNode().put("openapi", "3.1.0");
    document
        .putObject("info")
        .put("title", "Hone")
        .put("description", "An experience layer for deployed language models.")
        .put("version", version);
    ObjectNode paths = document.putObject("paths");
    for (Operation operation : operations) {
      paths.withObject("/" + escaped(path(operation))).set(method(operation), told(operation));
    }
    ObjectNode components = document.putObject("components");
    components.putObject("schemas").set("Problem", PROBLEM.json());
    return document;
  }

  /** Any rest of a path is told as a parameter. */
  private static String path(Operation operation) {
    return operation.path().replace("*", "{path}");
  }

  /** All methods are told as the one that is used most. */
  private static String method(Operation operation) {
    return operation.method().equals(Operation.ANY)
        ? "post"
        : operation.method().toLowerCase(Locale.ROOT);
  }

  private static String escaped(String path) {
    return path.replace("~", "~0").replace("/", "~1");
  }

  private static ObjectNode good(ObjectNode responses, int status, String type) {
    ObjectNode good = responses.putObject(Integer.toString(status));
    good.put("description", status == 201 ? "Done." : "The answer.");
    return good.putObject("content").putObject(type);
  }

  private ObjectNode told(Operation operation) {
    ObjectNode told = json.objectNode().put("summary", operation.summary());
    told.put("x-hone-role", operation.role().map(Role::toString).orElse("open"));
    ArrayNode parameters = parameters(operation);
    if (!parameters.isEmpty()) {
      told.set("parameters", parameters);
    }
    operation
        .body()
        .ifPresent(
            body -> {
              ObjectNode content =
                  told.putObject("requestBody").putObject("content").putObject(body.type());
              content.set("schema", body.schema().json());
              content.set("example", read(body.example()));
            });
    ObjectNode responses = told.putObject("responses");
    ObjectNode content = good(responses, operation.status(), operation.type());
    operation.answer().ifPresent(schema -> content.set("schema", schema.json()));
    operation
        .also()
        .forEach(
            (status, schema) ->
                good(responses, status, "application/json").set("schema", schema.json()));
    responses
        .putObject("default")
        .put("description", "A problem (RFC 9457).")
        .putObject("content")
        .putObject("application/problem+json")
        .putObject("schema")
        .put("$ref", "#/components/schemas/Problem");
    return told;
  }

  private ArrayNode parameters(Operation operation) {
    ArrayNode list = json.arrayNode();
    Matcher matcher = IN_PATH.matcher(path(operation));
    while (matcher.find()) {
      add(list, "path", new Parameter(matcher.group(1), Place.QUERY, Schema.text(), true, ""));
    }
    for (Parameter each : operation.parameters()) {
      add(list, each.place().name().toLowerCase(Locale.ROOT), each);
    }
    if (operation.is(Trait.SCOPED)) {
      header(list, "x-hone-space", "The space; 'default' unless said.");
      add(
          list,
          "query",
          new Parameter("space", Place.QUERY, Schema.text(), false, "In place of x-hone-space."));
    }
    if (operation.is(Trait.KEYED)) {
      header(list, "Idempotency-Key", "Sent again with the same key, a request happens once.");
    }
    if (operation.is(Trait.TAGGED)) {
      header(list, "If-None-Match", "304 when the ETag is this.");
    }
    if (operation.is(Trait.CONDITIONAL)) {
      header(list, "If-Match", "409 unless the ETag is this.");
    }
    return list;
  }

  private static void header(ArrayNode list, String name, String says) {
    add(list, "header", new Parameter(name, Place.HEADER, Schema.text(), false, says));
  }

  private static void add(ArrayNode list, String in, Parameter parameter) {
    ObjectNode told = list.addObject().put("name", parameter.name()).put("in", in);
    told.put("required", parameter.required()).put("description", parameter.says());
    told.set("schema", parameter.schema().json());
  }

  private JsonNode read(String example) {
    try {
      return mapper.readTree(example);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an example is JSON: " + example, e);
    }
  }
}
