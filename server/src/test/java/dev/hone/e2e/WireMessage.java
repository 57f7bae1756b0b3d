package dev.hone.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * One HTTP/1.1 message as it came over a connection.
 *
 * @param head its exact bytes, from the start line to the empty line; empty when none came
 * @param body without the framing of chunks
 * @param complete whether the message came to its end
 */
record WireMessage(byte[] head, byte[] body, boolean complete) {

  /** One header line. */
  record Field(String name, String value) {}

  /** Of this connection alone (RFC 9110, section 7.6.1), or made anew for the next. */
  private static final List<String> CONNECTION =
      List.of(
          "connection",
          "keep-alive",
          "te",
          "trailer",
          "transfer-encoding",
          "host",
          "content-length",
          "accept-encoding");

  String headText() {
    return new String(head, ISO_8859_1);
  }

  String text() {
    return new String(body, UTF_8);
  }

  JsonNode json() {
    return Json.read(text());
  }

  /** The first line: method, target and version, or version, status and reason. */
  String startLine() {
    return headText().lines().findFirst().orElse("");
  }

  String method() {
    return startLine().split(" ", 3)[0];
  }

  String target() {
    return startLine().split(" ", 3)[1];
  }

  /** An answer's status; 0 when no head came. */
  int status() {
    return head.length == 0 ? 0 : Integer.parseInt(startLine().split(" ", 3)[1]);
  }

  List<Field> fields() {
    return headText()
        .lines()
        .skip(1)
        .filter(line -> !line.isEmpty())
        .map(line -> line.split(":", 2))
        .map(line -> new Field(line[0].toLowerCase(Locale.ROOT), line[1].strip()))
        .toList();
  }

  /** The first header of this name; empty when there is none. */
  String header(String name) {
    return fields().stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .map(Field::value)
        .findFirst()
        .orElse("");
  }

  /** Values by name, in the order they came, of the headers that pass from one end to the other. */
  Map<String, List<String>> endToEnd() {
    return fields().stream()
        .filter(field -> !CONNECTION.contains(field.name()))
        .filter(Predicate.not(field -> field.name().startsWith("x-hone-")))
        .collect(
            Collectors.groupingBy(
                Field::name, TreeMap::new, Collectors.mapping(Field::value, Collectors.toList())));
  }
}
