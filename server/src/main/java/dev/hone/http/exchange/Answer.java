package dev.hone.http.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.experience.Pin;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer, and what has to be done before it is true.
 *
 * @param status HTTP status
 * @param type media type
 * @param headers further headers
 * @param body bytes
 * @param effect carried out before the answer is sent; together with the request's idempotency key
 */
public record Answer(
    int status, String type, Map<String, String> headers, byte[] body, Runnable effect) {

  public Answer {
    headers = Map.copyOf(headers);
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
    return new Answer(status, type, more, body, effect);
  }

  /** The same answer, saying as of which commit it saw the pool, if not as of the newest. */
  public Answer seen(Pin pin) {
    return pin.commit() == null ? this : header(Callers.PIN, pin.commit());
  }

  /** The same answer, true once this is done. */
  public Answer after(Runnable done) {
    return new Answer(status, type, headers, body, done);
  }
}
