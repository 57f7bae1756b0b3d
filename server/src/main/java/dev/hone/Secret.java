package dev.hone;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The secret of a data folder: whoever can read the folder can compute what is derived from it. */
public final class Secret {

  private final byte[] key;

  /**
   * @param key at least 32 random bytes
   */
  public Secret(byte[] key) {
    this.key = key.clone();
  }

  /** The keyed hash (HMAC-SHA-256) of what a client shows, which names it: 24 digits. */
  public String principal(String shown) {
    return "p-" + hash(shown).substring(0, 24);
  }

  /**
   * What the local administrator shows in place of an API key. It is stored nowhere: who can read
   * the folder is an administrator.
   */
  public String administrator() {
    return "hone_local_" + hash("the local administrator");
  }

  /** The keyed hash of what must not be kept itself. */
  public String digest(String text) {
    return hash("kept as a digest: " + text);
  }

  private String hash(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
    }
  }
}
