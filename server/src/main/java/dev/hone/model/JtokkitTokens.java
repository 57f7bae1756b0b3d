package dev.hone.model;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import dev.hone.port.Tokens;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Counts tokens by OpenAI's {@code o200k_base}, an estimate for other models. Its tables are read
 * on first use.
 */
public final class JtokkitTokens implements Tokens {

  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable Encoding encoding;

  @Override
  public int count(String text) {
    return encoding().countTokensOrdinary(text);
  }

  private Encoding encoding() {
    Encoding known = encoding;
    if (known != null) {
      return known;
    }
    lock.lock();
    try {
      Encoding made = encoding;
      if (made == null) {
        made = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);
        encoding = made;
      }
      return made;
    } finally {
      lock.unlock();
    }
  }
}
