package dev.hone.http.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.http.exchange.Answer;
import dev.hone.http.exchange.Ask;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lists in pages. A cursor names the last entry of its page, so that a page stays what it is while
 * entries are added at the other end.
 */
final class Pages {

  private Pages() {}

  /** Entries to fetch: one more than the page holds tells whether there is another. */
  static int fetched(Ask ask) {
    return ask.limit() + 1;
  }

  /**
   * One page.
   *
   * @param fetched at most {@link #fetched} entries
   * @param cursor names an entry
   */
  static <T> Answer answer(
      Ask ask, List<T> fetched, Function<T, String> cursor, Function<T, ObjectNode> view) {
    List<T> page = fetched.subList(0, Math.min(ask.limit(), fetched.size()));
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putArray("items").addAll(page.stream().map(view).toList());
    if (fetched.size() == page.size()) {
      return Answer.of(200, body.putNull("next"));
    }
    String next = cursor.apply(page.getLast());
    return Answer.of(200, body.put("next", next))
        .header("Link", "<" + link(ask, next) + ">; rel=\"next\"");
  }

  private static String link(Ask ask, String next) {
    String others =
        ask.request().query().names().stream()
            .filter(name -> !name.equals("cursor"))
            .flatMap(name -> parameter(ask, name))
            .collect(Collectors.joining());
    return ask.request().prologue().uriPath().rawPath() + "?" + others + "cursor=" + encoded(next);
  }

  private static Stream<String> parameter(Ask ask, String name) {
    return ask.request().query().all(name).stream()
        .map(value -> encoded(name) + "=" + encoded(value) + "&");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
