package dev.hone.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import dev.hone.e2e.StubUpstream;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;

/**
 * The model under the load: how it answers stands in the question, what it answers follows from it.
 */
final class Model {

  /** How an answer comes. */
  enum Manner {
    /** At once, as a whole. */
    WHOLE,
    /** As a stream, at once. */
    QUICK,
    /** As a stream, word by word with pauses. */
    SLOW,
    /** As a stream that ends with its last piece and without {@code [DONE]}. */
    UNMARKED,
    /** As a stream that outlives most processes here. */
    LONG
  }

  private static final int WORDS = 12;

  private Model() {}

  /** What is answered to a question that holds this marker. */
  static String answer(String marker) {
    return "The model says of " + marker + " that nobody knows.";
  }

  static void answer(StubUpstream.Received request, HttpExchange exchange) throws Exception {
    String[] asked = request.asked().split("[\\[\\] ]+", 4);
    Manner manner = Manner.valueOf(asked[1]);
    String answer = answer(asked[2]);
    if (manner == Manner.WHOLE) {
      StubUpstream.says(answer).answer(request, exchange);
      return;
    }
    OutputStream out = StubUpstream.stream(exchange);
    int step = Math.max(1, answer.length() / WORDS);
    for (int i = 0; i < answer.length(); i += step) {
      String piece = answer.substring(i, Math.min(answer.length(), i + step));
      out.write(StubUpstream.event(piece).getBytes(UTF_8));
      out.flush();
      switch (manner) {
        case SLOW -> TimeUnit.MILLISECONDS.sleep(15);
        case LONG -> TimeUnit.MILLISECONDS.sleep(400);
        default -> {}
      }
    }
    String end =
        manner == Manner.UNMARKED
            ? StubUpstream.event("").replace("\"finish_reason\":null", "\"finish_reason\":\"stop\"")
            : "data: [DONE]\n\n";
    out.write(end.getBytes(UTF_8));
  }
}
