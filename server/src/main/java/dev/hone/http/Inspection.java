package dev.hone.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hone.http.exchange.Exchange;
import dev.hone.http.exchange.Operation;
import dev.hone.http.exchange.Operation.Parameter;
import dev.hone.http.exchange.Problem;
import dev.hone.http.exchange.Schema;
import io.helidon.webserver.http.ServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Holds one request against its operation. */
record Inspection(Exchange exchange, Operation operation, ServerRequest request) {

  /** What curl says when it is told nothing; read as JSON too. */
  private static final String UNTOLD = "application/x-www-form-urlencoded";

  private static final Pattern WHOLE = Pattern.compile("-?\\d{1,18}");

  /** The answer must be of a type that the client takes. */
  void accept() {
    String accept = Exchange.header(request, "accept");
    if (accept == null || accept.isBlank()) {
      return;
    }
    String type = operation.type();
    String bare = type.replaceAll("\\s*;.*", "");
    String group = bare.substring(0, bare.indexOf('/')) + "/*";
    boolean taken =
        Stream.of(accept.split(","))
            .map(each -> each.toLowerCase(Locale.ROOT).strip())
            .filter(each -> !each.replace(" ", "").matches(".*;q=0(\\.0*)?"))
            .map(each -> each.replaceAll("\\s*;.*", ""))
            .anyMatch(each -> each.equals("*/*") || each.equals(group) || each.equals(bare));
    if (!taken) {
      throw new Problem(
          406, "Not acceptable", "The answer is " + type + ", which 'Accept' does not admit.");
    }
  }

  /** Parameters must be known, and fit. */
  void query() {
    List<Problem.Fault> faults = new ArrayList<>();
    Set<String> known = new TreeSet<>();
    operation.parameters().stream()
        .filter(each -> each.place() == Operation.Place.QUERY)
        .map(Parameter::name)
        .forEach(known::add);
    if (operation.is(Operation.Trait.SCOPED)) {
      known.add("space");
    }
    for (String name : request.query().names()) {
      if (!known.contains(name)) {
        faults.add(
            Problem.Fault.inQuery(
                name,
                "The parameter '"
                    + name
                    + "' is not known here; "
                    + (known.isEmpty()
                        ? "none is."
                        : "known are " + String.join(", ", known) + ".")));
      }
    }
    operation.parameters().forEach(each -> check(each, faults));
    if (!faults.isEmpty()) {
      throw Problem.invalid(faults);
    }
  }

  private void check(Parameter parameter, List<Problem.Fault> faults) {
    if (parameter.place() != Operation.Place.QUERY) {
      return;
    }
    Optional<String> given = request.query().first(parameter.name()).asOptional();
    if (given.isEmpty()) {
      if (parameter.required()) {
        faults.add(
            Problem.Fault.inQuery(
                parameter.name(), "The parameter '" + parameter.name() + "' must be given."));
      }
      return;
    }
    List<Problem.Fault> found = new ArrayList<>();
    parameter.schema().check(value(parameter.schema(), given.get()), "/" + parameter.name(), found);
    found.forEach(fault -> faults.add(Problem.Fault.inQuery(parameter.name(), fault.detail())));
  }

  private static JsonNode value(Schema schema, String text) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    return schema instanceof Schema.Whole && WHOLE.matcher(text).matches()
        ? json.numberNode(Long.parseLong(text))
        : json.textNode(text);
  }

  /** The body as declared; an empty object when the operation takes none, or reads it itself. */
  JsonNode body() {
    if (operation.body().isEmpty()) {
      return JsonNodeFactory.instance.objectNode();
    }
    String type = Exchange.header(request, "content-type");
    if (operation.body().get().type().equals(Operation.LINES)) {
      if (type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/")) {
        throw new Problem(
            415,
            "Unsupported media type",
            "The body is read as lines of JSON: send it as it is, with Content-Type "
                + Operation.LINES
                + ".");
      }
      return JsonNodeFactory.instance.objectNode();
    }
    if (!json(type)) {
      throw new Problem(
          415,
          "Unsupported media type",
          "The body is read as JSON: send it with Content-Type application/json, not '"
              + type
              + "'.");
    }
    JsonNode body = exchange.object(request);
    List<Problem.Fault> faults = new ArrayList<>();
    operation.body().get().schema().check(body, "", faults);
    if (!faults.isEmpty()) {
      throw Problem.invalid(faults);
    }
    return body;
  }

  private static boolean json(@Nullable String contentType) {
    if (contentType == null || contentType.isBlank()) {
      return true;
    }
    String type = contentType.toLowerCase(Locale.ROOT).replaceAll(";.*", "").strip();
    return type.equals("application/json")
        || (type.startsWith("application/") && type.endsWith("+json"))
        || type.equals(UNTOLD);
  }
}
