package dev.hone.port;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/** A model that answers requests in the OpenAI protocol. Bytes pass as they are. */
public interface Upstream {

  /**
   * A request.
   *
   * @param method HTTP method
   * @param path path and query, from {@code /v1} on
   * @param headers names in lower case
   * @param body may be empty
   */
  record Request(String method, String path, Map<String, List<String>> headers, byte[] body) {

    public Request withBody(byte[] other) {
      return new Request(method, path, headers, other);
    }
  }

  /** An answer, to be closed. */
  interface Answer extends AutoCloseable {

    int status();

    /** Names in lower case. */
    Map<String, List<String>> headers();

    InputStream body();

    @Override
    void close();
  }

  /**
   * Asks.
   *
   * @throws IOException when the model cannot be reached or breaks off
   */
  Answer ask(Request request) throws IOException;
}
