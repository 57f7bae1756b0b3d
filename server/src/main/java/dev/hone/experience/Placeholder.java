package dev.hone.experience;

import java.util.List;
import java.util.regex.Pattern;

/** What stands in place of a secret: {@code [redacted: aws-access-key-id]}. */
public final class Placeholder {

  /** The form of all placeholders. */
  public static final Pattern FORM = Pattern.compile("\\[redacted: [a-z0-9._-]{1,80}]");

  private Placeholder() {}

  /** The placeholder of a kind of secret. */
  public static String of(String kind) {
    return "[redacted: " + kind + "]";
  }

  /** What a text says before, between and behind its placeholders, in order. */
  public static List<String> around(String text) {
    return List.of(FORM.split(text, -1));
  }
}
