package dev.hone.experience;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A SHA-256 digest, as 64 hexadecimal digits. */
public record Digest(String value) {

  public Digest {
    if (value.length() != 64) {
      throw new IllegalArgumentException("a digest has 64 hexadecimal digits, not " + value);
    }
  }

  /** Digest of the texts in order; each is preceded by its length, so that no two lists collide. */
  public static Digest of(String... texts) {
    MessageDigest sha = sha256();
    for (String text : texts) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      sha.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
      sha.update(bytes);
    }
    return new Digest(HexFormat.of().formatHex(sha.digest()));
  }

  /** The chain digest of a conversation that ended in this digest and goes on with {@code next}. */
  public Digest then(Digest next) {
    return of(value, next.value);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
