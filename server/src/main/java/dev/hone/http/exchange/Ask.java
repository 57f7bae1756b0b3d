package dev.hone.http.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.experience.Pin;
import io.helidon.webserver.http.ServerRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request for an operation: who asks, where, and what. */
public final class Ask {

  private static final int PAGE = 50;

  private final ServerRequest request;
  private final Callers callers;
  private final JsonNode body;

  public Ask(ServerRequest request, Callers callers, JsonNode body) {
    this.request = request;
    this.callers = callers;
    this.body = body;
  }

  /** The request as it came. */
  public ServerRequest request() {
    return request;
  }

  /** The body, an empty object when there was none. */
  public JsonNode body() {
    return body;
  }

  /** The space, which exists. */
  public String space() {
    return callers.space(request);
  }

  /** The commit as of which it sees the pool of its space. */
  public Pin pin() {
    return callers.pin(request, space());
  }

  /** Who asks, and what they may. */
  public Caller caller() {
    return callers.caller(request);
  }

  public String principal() {
    return caller().principal();
  }

  /** The path's parameter of that name. */
  public String path(String name) {
    return Exchange.inPath(request, name);
  }

  /** The query's parameter of that name. */
  public Optional<String> parameter(String name) {
    return Exchange.parameter(request, name);
  }

  /** A text field of the body. */
  public Optional<String> text(String field) {
    return Exchange.text(body, field);
  }

  /** Entries wanted on a page. */
  public int limit() {
    return parameter("limit").map(Integer::parseInt).orElse(PAGE);
  }

  /** Where to go on; absent at the beginning. */
  public @Nullable String cursor() {
    return parameter("cursor").orElse(null);
  }
}
