package dev.hone.model;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import dev.hone.port.Tokens;

/**
 * Counts tokens by OpenAI's {@code o200k_base}, an estimate for other models. Its tables are read
 * on first use, and are the same for all servers of a process: they take 30 MB.
 */
public final class JtokkitTokens implements Tokens {

  /** Read-only. */
  private static final class Tables {
    static final Encoding ENCODING =
        Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);
  }

  @Override
  public int count(String text) {
    return Tables.ENCODING.countTokensOrdinary(text);
  }
}
