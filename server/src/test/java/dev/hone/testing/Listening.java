package dev.hone.testing;

import dev.hone.Client;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/** A client that keeps the headers of its answer, and nothing else of it. */
public final class Listening implements Client {

  private Map<String, List<String>> headers = Map.of();

  /** Those of the newest answer. */
  public Map<String, List<String>> headers() {
    return headers;
  }

  @Override
  public void send(int status, Map<String, List<String>> sent, byte[] body) {
    headers = sent;
  }

  @Override
  public OutputStream stream(int status, Map<String, List<String>> sent) {
    headers = sent;
    return OutputStream.nullOutputStream();
  }
}
