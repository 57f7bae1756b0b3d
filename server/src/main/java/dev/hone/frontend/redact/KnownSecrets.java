package dev.hone.frontend.redact;

import dev.hone.experience.Placeholder;
import dev.hone.port.Secrets;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import org.jspecify.annotations.Nullable;

/**
 * The secrets that well-kept rules know: the specifications of SonarSource's text analyzer ({@code
 * org.sonarsource.text:sonar-text-plugin}, LGPL-3.0), as released, and Hone's own for what these
 * leave out ({@code secrets/hone.yaml}): keys of model providers, signed tokens, passwords in
 * addresses, in headers and in assignments. They are read when first needed. A placeholder that
 * stands for a secret is none.
 */
public final class KnownSecrets implements Secrets {

  private static final String LIST = "/secrets/rules.txt";

  private @Nullable RuleSet rules;

  @Override
  public List<Span> in(String text) {
    List<MatchResult> placeholders = Placeholder.FORM.matcher(text).results().toList();
    return rules().in(text).stream()
        .filter(
            span ->
                placeholders.stream()
                    .noneMatch(each -> each.start() <= span.start() && span.end() <= each.end()))
        .toList();
  }

  private synchronized RuleSet rules() {
    if (rules == null) {
      rules = new RuleSet(read());
    }
    return rules;
  }

  /** All rules, in the order in which their files are listed. */
  static List<Rule> read() {
    RuleReader reader = new RuleReader();
    List<Rule> all = new ArrayList<>();
    try {
      for (String name : names()) {
        try (InputStream document = open("/secrets/" + name)) {
          all.addAll(reader.read(document));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the rules about secrets cannot be read", e);
    }
    return all;
  }

  /** The files of rules there are. */
  static List<String> names() throws IOException {
    try (InputStream list = open(LIST)) {
      return new String(list.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  static InputStream open(String resource) {
    InputStream in = KnownSecrets.class.getResourceAsStream(resource);
    if (in == null) {
      throw new IllegalStateException(
          "the program is incomplete: " + resource + " is missing. Build it anew.");
    }
    return in;
  }
}
