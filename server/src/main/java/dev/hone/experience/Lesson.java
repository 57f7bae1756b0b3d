package dev.hone.experience;

import java.util.List;
import java.util.stream.Stream;

/**
 * What an item says: the text of one version.
 *
 * @param title a few words
 * @param when the situation in which it applies: the retrieval key, apart from the content
 * @param content the lesson itself
 * @param kind what sort of lesson
 * @param type the topic that routes it
 */
public record Lesson(String title, String when, String content, Kind kind, String type) {

  public Lesson {
    if (when.isBlank() || content.isBlank()) {
      throw new IllegalArgumentException("a lesson says when it applies, and what");
    }
  }

  /** The lesson as one text: what it is searched and compared by. */
  public String text() {
    return when + "\n" + content;
  }

  /** The situations in which it applies, each by itself: a slash between spaces parts them. */
  public List<String> situations() {
    List<String> each =
        Stream.of(when.split("\\s/\\s", -1)).filter(part -> !part.isBlank()).toList();
    return each.isEmpty() ? List.of(when) : each;
  }

  public Lesson appliedWhen(String other) {
    return new Lesson(title, other, content, kind, type);
  }

  public Lesson ofType(String other) {
    return new Lesson(title, when, content, kind, other);
  }
}
