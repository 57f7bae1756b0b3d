package dev.hone.model;

import com.knuddels.jtokkit.api.EncodingType;
import dev.hone.port.Tokens;
import java.nio.charset.StandardCharsets;

/**
 * Estimates what a text costs a model whose tokenizer is not known: rather too much than too
 * little. It takes the larger of two counts that are far apart, {@code o200k_base} (200,000 tokens,
 * of many languages; digits by threes) and {@code r50k_base} (50,000 tokens, of English; other
 * scripts and runs of blanks nearly byte by byte), and adds {@value #MARGIN_PERCENT} percent, two
 * thirds for each digit, since many tokenizers cut numbers into single digits, and one for each
 * symbol outside ASCII, such as an emoji.
 *
 * <p>No byte-level tokenizer needs more tokens than a text has bytes in UTF-8: this is what a text
 * of more than {@value #LONGEST} characters, which no prompt has room for, is taken to cost.
 */
public final class TokenEstimate implements Tokens {

  static final int MARGIN_PERCENT = 10;
  static final int LONGEST = 65_536;

  private final Tokens wide = new JtokkitTokens(EncodingType.O200K_BASE);
  private final Tokens narrow = new JtokkitTokens(EncodingType.R50K_BASE);

  @Override
  public int count(String text) {
    if (text.length() > LONGEST) {
      return text.getBytes(StandardCharsets.UTF_8).length;
    }
    int counted = Math.max(wide.count(text), narrow.count(text));
    int digits = (int) text.codePoints().filter(Character::isDigit).count();
    int symbols = (int) text.codePoints().filter(TokenEstimate::isSymbol).count();
    return share(counted, 100 + MARGIN_PERCENT, 100) + share(digits, 2, 3) + symbols;
  }

  private static boolean isSymbol(int codePoint) {
    return codePoint > 0x7f && !Character.isLetterOrDigit(codePoint);
  }

  /** A fraction of a number, rounded up. */
  private static int share(int number, int numerator, int denominator) {
    return Math.ceilDiv(number * numerator, denominator);
  }
}
