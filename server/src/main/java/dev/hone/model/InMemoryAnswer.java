package dev.hone.model;

import dev.hone.port.Upstream;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/** An answer that is there already. */
public record InMemoryAnswer(int status, Map<String, List<String>> headers, byte[] bytes)
    implements Upstream.Answer {

  /** A JSON answer. */
  public static InMemoryAnswer json(int status, byte[] bytes) {
    return new InMemoryAnswer(status, Map.of("content-type", List.of("application/json")), bytes);
  }

  @Override
  public InputStream body() {
    return new ByteArrayInputStream(bytes);
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
