package dev.hone.http.exchange;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Keeps web pages out. What a browser sends on behalf of a page ({@code Origin}) must come from a
 * page of this machine, of Hone's own address, or of a site that the settings name. While no key is
 * needed, a request must also be addressed to this machine by a loopback name ({@code Host}), so
 * that a foreign name that resolves to this address (DNS rebinding) does not reach Hone; where a
 * key is needed, such a page has none to show.
 */
public final class Guard implements Filter {

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

  private final Exchange exchange;
  private final Authentication authentication;
  private final String host;
  private final Set<String> origins;

  /**
   * @param host the address that the server listens on, accepted as well
   * @param origins the sites whose pages may call Hone, such as {@code https://example.com}
   */
  public Guard(
      Exchange exchange, Authentication authentication, String host, List<String> origins) {
    this.exchange = exchange;
    this.authentication = authentication;
    this.host = host.toLowerCase(Locale.ROOT);
    this.origins = Set.copyOf(origins);
  }

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    String origin = Exchange.header(request, "origin");
    if (authentication.open() && !mine("http://" + request.authority())) {
      refuse(
          request,
          response,
          new Problem(
              403,
              "Foreign host",
              "This Hone answers to localhost and 127.0.0.1, not to '"
                  + request.authority()
                  + "'."));
    } else if (origin != null && origins.contains(origin)) {
      named(origin, chain, request, response);
    } else if (origin != null && !mine(origin) && !own(origin, request)) {
      refuse(
          request,
          response,
          new Problem(
              403,
              "Foreign origin",
              "Pages of '"
                  + origin
                  + "' may not call this Hone. The setting server.origins names those that may."));
    } else {
      try {
        chain.proceed();
      } finally {
        exchange.release(request);
      }
    }
    // Helidon announces 'Connection: close' and then waits for the next request all the same.
    if ("close".equalsIgnoreCase(Exchange.header(request, "connection"))) {
      throw new CloseConnectionException("as the client asked");
    }
  }

  /** Tells the browser that the page may read the answer, and first that it may ask (CORS). */
  private static void named(
      String origin, FilterChain chain, RoutingRequest request, RoutingResponse response) {
    response.header(HeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    response.header(HeaderNames.VARY, "Origin");
    response.header(HeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, "*");
    String asks = Exchange.header(request, "access-control-request-method");
    if (asks == null || !request.prologue().method().text().equals("OPTIONS")) {
      chain.proceed();
      return;
    }
    response.header(HeaderNames.ACCESS_CONTROL_ALLOW_METHODS, asks);
    String headers = Exchange.header(request, "access-control-request-headers");
    if (headers != null) {
      response.header(HeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, headers);
    }
    response.status(204).send();
  }

  private void refuse(RoutingRequest request, RoutingResponse response, Problem problem) {
    if (request.prologue().uriPath().path().startsWith("/v1/")) {
      exchange.sendOpenAi(response, problem);
    } else {
      exchange.send(response, problem);
    }
  }

  private static boolean own(String origin, RoutingRequest request) {
    return origin.equalsIgnoreCase("http://" + request.authority())
        || origin.equalsIgnoreCase("https://" + request.authority());
  }

  private boolean mine(String url) {
    try {
      String name = URI.create(url).getHost();
      return name != null
          && (LOOPBACK.contains(name.toLowerCase(Locale.ROOT))
              || name.toLowerCase(Locale.ROOT).equals(host));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
