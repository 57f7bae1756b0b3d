package dev.hone.frontend.redact;

import dev.hone.frontend.redact.Context.Range;
import dev.hone.port.Secrets.Span;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How one kind of secret is known.
 *
 * @param id the kind
 * @param words at least one of these, in lower case, stands in a text that holds such a secret; any
 *     text may when there are none
 * @param pattern finds candidates: its first group, or all it matches when it has none
 * @param context what must stand near
 * @param filter what it must not look like
 */
record Rule(String id, List<String> words, Pattern pattern, Context context, Filter filter) {

  /**
   * Tells of the secrets that lie in a window of a text.
   *
   * @param lower the window in lower case
   * @throws MeteredText.Exhausted when it takes too long
   */
  void find(MeteredText text, Range window, String lower, Consumer<Span> found) {
    if (!words.isEmpty() && words.stream().noneMatch(lower::contains)) {
      return;
    }
    Matcher matcher = pattern.matcher(text);
    matcher.region(window.start(), window.end());
    matcher.useTransparentBounds(true).useAnchoringBounds(false);
    while (matcher.find()) {
      int group = matcher.groupCount() > 0 && matcher.start(1) >= 0 ? 1 : 0;
      Range candidate = new Range(matcher.start(group), matcher.end(group));
      if (candidate.end() > candidate.start()
          && filter.passes(text.part(candidate.start(), candidate.end()), varying(matcher, group))
          && context.holds(text, window, candidate)) {
        found.accept(new Span(candidate.start(), candidate.end(), id));
      }
    }
  }

  private String varying(Matcher matcher, int group) {
    boolean named = matcher.namedGroups().containsKey(filter.entropyOf());
    String part = named ? matcher.group(filter.entropyOf()) : matcher.group(group);
    return part == null ? matcher.group(group) : part;
  }
}
