package dev.hone.http.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.experience.Pin;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer, and what has to be done before it is true.
 *
 * @param status HTTP status
 * @param type media type
 * @param headers further headers
 * @param body bytes
 * @param effect carried out before the answer is sent; together with the request's idempotency key
 * @param stream writes what is too long to be held, in place of {@code body}; absent as a rule
 */
public record Answer(
    int status,
    String type,
    Map<String, String> headers,
    byte[] body,
    Runnable effect,
    @Nullable Stream stream) {

  /** Writes a body piece by piece. */
  @FunctionalInterface
  public interface Stream {
    void writeTo(OutputStream out) throws IOException;
  }

  public Answer {
    headers = Map.copyOf(headers);
  }

  public Answer(
      int status, String type, Map<String, String> headers, byte[] body, Runnable effect) {
    this(status, type, headers, body, effect, null);
  }

  /** An answer that is written while it is made. */
  public static Answer stream(String type, Stream stream) {
    return new Answer(200, type, Map.of(), new byte[0], () -> {}, stream);
  }

  public static Answer of(int status, JsonNode body) {
    return new Answer(
        status,
        "application/json",
        Map.of(),
        body.toString().getBytes(StandardCharsets.UTF_8),
        () -> {});
  }

  public static Answer text(String type, String body) {
    return new Answer(200, type, Map.of(), body.getBytes(StandardCharsets.UTF_8), () -> {});
  }

  public Answer header(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Answer(status, type, more, body, effect, stream);
  }

  /** The same answer, saying as of which commit it saw the pool, if not as of the newest. */
  public Answer seen(Pin pin) {
    return pin.commit() == null ? this : header(Callers.PIN, pin.commit());
  }

  /** The same answer, true once this is done. */
  public Answer after(Runnable done) {
    return new Answer(status, type, headers, body, done, stream);
  }
}
