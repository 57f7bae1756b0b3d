package dev.hone.http;

import dev.hone.http.exchange.Answer;
import dev.hone.http.exchange.Exchange;
import io.helidon.webserver.http.ServerRequest;
import java.util.Arrays;
import java.util.Map;

/** Conditional reading by entity tags (RFC 9110, section 13). */
final class Tags {

  private Tags() {}

  /** The answer with its tag; 304 when the client knows it already. */
  static Answer unlessKnown(ServerRequest request, Answer answer) {
    String tag = answer.headers().get("ETag");
    String known = Exchange.header(request, "if-none-match");
    if (tag == null || known == null || answer.status() != 200) {
      return answer;
    }
    boolean same =
        Arrays.stream(known.split(","))
            .map(each -> each.strip().replaceFirst("^W/", ""))
            .anyMatch(each -> each.equals("*") || each.equals(tag));
    return same
        ? new Answer(304, answer.type(), Map.of("ETag", tag), new byte[0], answer.effect())
        : answer;
  }
}
