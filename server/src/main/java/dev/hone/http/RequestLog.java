package dev.hone.http;

import dev.hone.http.exchange.Callers;
import dev.hone.http.exchange.Exchange;
import dev.hone.http.exchange.Noted;
import dev.hone.http.exchange.Problem;
import dev.hone.port.Ids;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Names every request, and writes one line about each: never what it says, its headers, or the
 * values of its query.
 */
public final class RequestLog implements Filter {

  private static final Logger LOG = LoggerFactory.getLogger("dev.hone.requests");
  private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._-]{1,128}");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._:/@-]{1,128}");

  private final Callers callers;
  private final Ids ids;
  private final boolean lines;

  /**
   * @param lines whether requests are logged
   */
  public RequestLog(Callers callers, Ids ids, boolean lines) {
    this.callers = callers;
    this.ids = ids;
    this.lines = lines;
  }

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    long arrived = System.nanoTime();
    String given = Exchange.header(request, "x-request-id");
    String id = given != null && SANE.matcher(given).matches() ? given : ids.next();
    response.header(HeaderValues.create(Exchange.REQUEST_ID, id));
    Noted noted = Noted.of(request);
    try {
      chain.proceed();
    } finally {
      if (lines) {
        write(id, noted, request, response, System.nanoTime() - arrived);
      }
    }
  }

  private void write(
      String id, Noted noted, RoutingRequest request, RoutingResponse response, long nanos) {
    LOG.info(
        "request={} {} {} status={} ms={} bytes={} principal={} space={} mode={} model={}"
            + " capture={}",
        id,
        request.prologue().method().text(),
        Objects.requireNonNullElse(noted.path(), "(none)"),
        response.status().code(),
        nanos / 1_000_000,
        response.bytesWritten(),
        told(() -> callers.principal(request)),
        told(() -> callers.space(request)),
        told(response, "x-hone-mode"),
        named(noted.model()),
        told(response, "x-hone-capture"));
  }

  /** What a request's caller is not admitted to is not told either. */
  private static String told(Supplier<String> name) {
    try {
      return name.get();
    } catch (Problem e) {
      return "-";
    }
  }

  private static String told(RoutingResponse response, String header) {
    return response.headers().first(HeaderNames.create(header)).orElse("-");
  }

  /** A model's name, if it looks like one: a client may send anything in its place. */
  private static String named(@Nullable String model) {
    return model != null && NAME.matcher(model).matches() ? model : "-";
  }
}
