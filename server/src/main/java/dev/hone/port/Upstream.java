package dev.hone.port;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** A model that answers requests in the OpenAI protocol. Bytes pass as they are. */
public interface Upstream {

  /**
   * A request.
   *
   * @param method HTTP method
   * @param path path and query, from {@code /v1} on
   * @param headers names in lower case
   * @param body may be empty
   * @param abandoned whether nobody waits for the answer any more
   */
  record Request(
      String method,
      String path,
      Map<String, List<String>> headers,
      byte[] body,
      BooleanSupplier abandoned) {

    /** The same request with another body. */
    public Request withBody(byte[] other) {
      return new Request(method, path, headers, other, abandoned);
    }

    /** The same request with other headers. */
    public Request withHeaders(Map<String, List<String>> other) {
      return new Request(method, path, other, body, abandoned);
    }
  }

  /** The request was given up, because nobody waits for its answer any more. */
  final class Abandoned extends IOException {
    private static final long serialVersionUID = 1L;

    public Abandoned() {
      super("nobody waits for the answer any more");
    }
  }

  /** The request was given up, because the model said nothing for too long. */
  final class Silent extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * @param limit how long was waited
     */
    public Silent(Duration limit) {
      super("it sent nothing for " + limit.toMillis() + " ms");
    }
  }

  /** An answer, to be closed. */
  interface Answer extends AutoCloseable {

    int status();

    /** Names in lower case. */
    Map<String, List<String>> headers();

    InputStream body();

    /** Whether there is no body by the rules of HTTP: an answer to HEAD, or one of 204 or 304. */
    default boolean isBodiless() {
      return false;
    }

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
