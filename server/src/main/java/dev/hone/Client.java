package dev.hone;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/** Who waits for an answer. */
public interface Client {

  /** Sends a whole answer. */
  void send(int status, Map<String, List<String>> headers, byte[] body);

  /** Begins an answer of unknown length; closing the stream ends it. */
  OutputStream stream(int status, Map<String, List<String>> headers) throws IOException;
}
