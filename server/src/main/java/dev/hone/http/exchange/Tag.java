package dev.hone.http.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.experience.Digest;
import java.util.Arrays;

/**
 * A strong entity tag (RFC 9110, section 8.8.3): what stands in front tells a version, what follows
 * is a digest of the whole representation.
 */
public record Tag(String value) {

  private static final int DIGITS = 16;

  /** The tag of a representation without versions. */
  public static Tag of(JsonNode view) {
    return new Tag("\"" + digest(view) + "\"");
  }

  /** The tag of one version. */
  public static Tag of(int version, JsonNode view) {
    return new Tag("\"" + version + "-" + digest(view) + "\"");
  }

  private static String digest(JsonNode view) {
    return Digest.of(view.toString()).value().substring(0, DIGITS);
  }

  /**
   * Holds {@code If-Match} against what is there.
   *
   * @param what is there
   * @throws Problem 409, if the client has seen something else
   */
  public void requireMatch(Ask ask, String what) {
    String expected = Exchange.header(ask.request(), "if-match");
    if (expected != null
        && Arrays.stream(expected.split(","))
            .map(String::strip)
            .noneMatch(each -> each.equals("*") || each.equals(value))) {
      throw conflict(what);
    }
  }

  /** 409: somebody else was first. */
  public Problem conflict(String what) {
    return new Problem(
            409,
            "Edit conflict",
            what
                + " has changed since you read it; it is now "
                + value
                + ". Read it again, then edit.")
        .header("ETag", value)
        .member("current", value);
  }
}
