package dev.hone.lab.run;

import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The confidence that a model names in its answer. */
public final class Confidence {

  private static final Pattern NAMED = Pattern.compile("(?i)confidence\\W+(\\d*\\.?\\d+)\\s*(%?)");

  private Confidence() {}

  /** The confidence named, in [0, 1]; empty when none is. */
  public static OptionalDouble of(String said) {
    Matcher matcher = NAMED.matcher(said);
    if (!matcher.find()) {
      return OptionalDouble.empty();
    }
    double value = Double.parseDouble(matcher.group(1)) / (matcher.group(2).isEmpty() ? 1 : 100);
    return value <= 1 ? OptionalDouble.of(value) : OptionalDouble.empty();
  }
}
