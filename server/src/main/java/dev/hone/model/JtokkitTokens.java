package dev.hone.model;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import dev.hone.port.Tokens;
import java.nio.charset.StandardCharsets;

/**
 * Counts tokens exactly, by one of OpenAI's encodings. Its table is read on first use, and is the
 * same for all servers of a process.
 */
public final class JtokkitTokens implements Tokens {

  /** Read-only. */
  private static final class Tables {
    static final EncodingRegistry REGISTRY = Encodings.newLazyEncodingRegistry();
  }

  private final EncodingType encoding;

  public JtokkitTokens(EncodingType encoding) {
    this.encoding = encoding;
  }

  /** Half a surrogate pair has no bytes; it goes out as a question mark. */
  private static String encodable(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  @Override
  public int count(String text) {
    return Tables.REGISTRY.getEncoding(encoding).countTokensOrdinary(encodable(text));
  }
}
