package dev.hone.http.api;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import dev.hone.experience.Experience;
import dev.hone.experience.Lesson;
import dev.hone.port.Pool;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What became of an item, as a unified diff of its fields and the lines of its content. */
final class UnifiedDiff {

  private static final int LINES_AROUND = 3;

  private UnifiedDiff() {}

  /** The diff; empty when both sides say the same. */
  static String of(Pool.Difference difference) {
    List<String> before = lines(difference.before());
    List<String> after = lines(difference.after());
    List<String> text =
        UnifiedDiffUtils.generateUnifiedDiff(
            name(difference.before()),
            name(difference.after()),
            before,
            DiffUtils.diff(before, after),
            LINES_AROUND);
    return text.isEmpty() ? "" : String.join("\n", text) + "\n";
  }

  private static String name(Optional<Experience> side) {
    return side.map(item -> item.id() + " version " + item.version()).orElse("/dev/null");
  }

  private static List<String> lines(Optional<Experience> side) {
    List<String> lines = new ArrayList<>();
    side.ifPresent(
        item -> {
          Lesson lesson = item.lesson();
          lines.add("state: " + item.state().name().toLowerCase(Locale.ROOT));
          lines.add("kind: " + lesson.kind().name().toLowerCase(Locale.ROOT));
          lines.add("type: " + lesson.type());
          lines.add("title: " + lesson.title());
          lines.addAll(("when: " + lesson.when()).lines().toList());
          lines.addAll(("content: " + lesson.content()).lines().toList());
        });
    return lines;
  }
}
