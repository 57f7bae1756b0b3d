package dev.hone.frontend.redact;

import dev.hone.frontend.redact.Context.Range;
import dev.hone.port.Secrets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Finds secrets by rules. A text is looked at in windows that overlap by half, so a secret of up to
 * {@value #STEP} characters is seen whole; the rules may read each window's characters so many
 * times, and a window of which they cannot make an end is taken to be a secret as a whole.
 */
final class RuleSet implements Secrets {

  /** The kind of a window that could not be looked through. */
  static final String UNCHECKED = "unchecked";

  private static final int STEP = 8_192;
  private static final int WINDOW = 2 * STEP;

  /** Some ten times of what all rules need for prose, code or logs. */
  private static final long READINGS_OF_CHARACTER = 500;

  private final List<Rule> rules;

  RuleSet(List<Rule> rules) {
    this.rules = List.copyOf(rules);
  }

  @Override
  public List<Span> in(String text) {
    List<Span> found = new ArrayList<>();
    MeteredText metered = new MeteredText(text);
    for (int start = 0; start == 0 || start + STEP < text.length(); start += STEP) {
      look(metered, new Range(start, Math.min(text.length(), start + WINDOW)), found);
    }
    return apart(found);
  }

  private void look(MeteredText text, Range window, List<Span> found) {
    String lower = text.toString().substring(window.start(), window.end()).toLowerCase(Locale.ROOT);
    text.allow(READINGS_OF_CHARACTER * Math.max(256, window.end() - window.start()));
    try {
      for (Rule rule : rules) {
        rule.find(text, window, lower, found::add);
      }
    } catch (MeteredText.Exhausted | StackOverflowError e) {
      // A repeated group recurses for each character, so a hostile text can use up the stack too.
      found.add(new Span(window.start(), window.end(), UNCHECKED));
    }
  }

  /** Overlapping spans become one, of the kind that begins first. */
  private static List<Span> apart(List<Span> found) {
    List<Span> sorted = new ArrayList<>(found);
    sorted.sort(Comparator.comparingInt(Span::start).thenComparingInt(Span::end));
    List<Span> apart = new ArrayList<>();
    for (Span span : sorted) {
      Span last = apart.isEmpty() ? null : apart.getLast();
      if (last == null || last.end() <= span.start()) {
        apart.add(span);
      } else if (last.end() < span.end()) {
        apart.set(apart.size() - 1, new Span(last.start(), span.end(), last.kind()));
      }
    }
    return apart;
  }
}
