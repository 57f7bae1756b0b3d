package dev.hone.http.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.experience.Kind;
import dev.hone.experience.Lesson;
import dev.hone.http.exchange.Exchange;
import dev.hone.http.exchange.Problem;
import dev.hone.http.exchange.Schema;
import dev.hone.http.exchange.Struct;
import dev.hone.port.Classifier;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Reads what a person writes. */
final class Lessons {

  private static final Schema TITLE = Schema.text(1, 200);
  private static final Schema WHEN = Schema.text(1, 4_000);
  private static final Schema CONTENT = Schema.text(1, 16_000);
  private static final Schema REASON = Schema.text(1, 1_000);

  /** A new item. */
  static final Struct NEW =
      Struct.of()
          .optional("title", TITLE, "A few words; from 'when' unless said.")
          .required("when", WHEN, "The situation in which it applies.")
          .required("content", CONTENT, "The lesson itself.")
          .optional("kind", Shapes.KIND, "insight unless said.")
          .optional("type", Schema.text(1, 100), "The topic; found out unless said.")
          .optional("reason", REASON, "Why, for the commit.");

  /** Changes of an item. */
  static final Struct CHANGED =
      Struct.of()
          .optional("title", TITLE, "")
          .optional("when", WHEN, "")
          .optional("content", CONTENT, "")
          .optional("kind", Shapes.KIND, "")
          .optional("type", Schema.text(1, 100), "")
          .optional("reason", REASON, "Why, for the commit.");

  private static final int TITLE_FROM_WHEN = 80;

  private final Set<String> types;
  private final Classifier classifier;

  /**
   * @param types the topics there are
   */
  Lessons(Set<String> types, Classifier classifier) {
    this.types = new TreeSet<>(types);
    this.classifier = classifier;
  }

  Lesson written(JsonNode body, String space) {
    String when = Exchange.text(body, "when").orElseThrow().strip();
    String content = Exchange.text(body, "content").orElseThrow().strip();
    String title =
        when.codePoints()
            .limit(TITLE_FROM_WHEN)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    Lesson lesson = new Lesson(title, when, content, Kind.INSIGHT, "");
    Lesson told = changed(body, lesson);
    return told.type().isEmpty() ? told.ofType(classifier.type(space, told.text())) : told;
  }

  Lesson changed(JsonNode body, Lesson was) {
    return new Lesson(
        Exchange.text(body, "title").map(String::strip).orElse(was.title()),
        Exchange.text(body, "when").map(String::strip).orElse(was.when()),
        Exchange.text(body, "content").map(String::strip).orElse(was.content()),
        Exchange.text(body, "kind")
            .map(name -> Kind.valueOf(name.toUpperCase(Locale.ROOT)))
            .orElse(was.kind()),
        Exchange.text(body, "type").map(this::known).orElse(was.type()));
  }

  private String known(String type) {
    if (!types.contains(type)) {
      throw Problem.invalid(
          List.of(
              Problem.Fault.inBody("/type", "'type' is one of " + String.join(", ", types) + ".")));
    }
    return type;
  }
}
