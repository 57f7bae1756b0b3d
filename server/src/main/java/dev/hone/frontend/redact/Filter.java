package dev.hone.frontend.redact;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a candidate must not look like.
 *
 * @param notPath whether a path of files is none
 * @param notAddress whether an address of the web is none
 * @param not patterns found in what is none: placeholders, examples
 * @param entropy bits a character that it carries at least, by Shannon; 0 for any
 * @param entropyOf the named group that the entropy is taken of; empty for the candidate
 */
record Filter(
    boolean notPath, boolean notAddress, List<Pattern> not, double entropy, String entropyOf) {

  /** A separator in every seventh character makes a path. */
  private static final double SEPARATORS_OF_PATH = 0.15;

  private static final Pattern ADDRESS = Pattern.compile("(?:https?|ftps?|file|smtp|imap)://.*");

  /**
   * Whether it may be a secret.
   *
   * @param varying the part of it that is random
   */
  boolean passes(MeteredText candidate, String varying) {
    return (!notPath || !isPath(candidate.toString()))
        && (!notAddress || !ADDRESS.matcher(candidate).matches())
        && (entropy == 0 || entropy(varying) >= entropy)
        && not.stream().noneMatch(pattern -> pattern.matcher(candidate).find());
  }

  private static boolean isPath(String text) {
    long separators = text.chars().filter(each -> each == '/' || each == '\\').count();
    return separators >= 2 && separators > SEPARATORS_OF_PATH * text.length();
  }

  /** Bits a character, by the frequencies of the characters in the text itself. */
  static double entropy(String text) {
    Map<Integer, Integer> counts = new HashMap<>();
    text.chars().forEach(each -> counts.merge(each, 1, Integer::sum));
    double bits = 0;
    for (int count : counts.values()) {
      double share = (double) count / text.length();
      bits -= share * Math.log(share) / Math.log(2);
    }
    return bits;
  }
}
