package dev.hone.frontend.redact;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands in place of a secret: {@code [redacted: aws-access-key-id]}. */
final class Placeholder {

  private static final Pattern FORM = Pattern.compile("\\[redacted: [a-z0-9._-]{1,80}]");

  private Placeholder() {}

  static String of(String kind) {
    return "[redacted: " + kind + "]";
  }

  /** Where placeholders stand in a text. */
  static List<Context.Range> in(String text) {
    List<Context.Range> found = new ArrayList<>();
    Matcher matcher = FORM.matcher(text);
    while (matcher.find()) {
      found.add(new Context.Range(matcher.start(), matcher.end()));
    }
    return found;
  }
}
