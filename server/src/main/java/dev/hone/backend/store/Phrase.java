package dev.hone.backend.store;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Words to be found one behind the other, in any case and whatever stands between them. Where a
 * script puts no spaces between words, each of its letters is one; Korean too, whose particles
 * follow a name without a space. A phrase without letters and digits is found nowhere.
 *
 * @param words the letters and digits, compatibility forms unified (NFKC), lower-cased, with one
 *     space around each word
 */
record Phrase(String words) {

  private static final Pattern UNSPACED =
      Pattern.compile(
          "[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsHangul}\\p{IsThai}\\p{IsLao}\\p{IsKhmer}"
              + "\\p{IsMyanmar}]");

  private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");

  static Phrase of(String text) {
    String folded = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    String parted = UNSPACED.matcher(folded).replaceAll(" $0 ");
    return new Phrase(" " + BETWEEN.matcher(parted).replaceAll(" ").strip() + " ");
  }

  boolean in(String text) {
    return !words.isBlank() && of(text).words.contains(words);
  }
}
