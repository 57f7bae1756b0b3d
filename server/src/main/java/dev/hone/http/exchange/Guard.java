package dev.hone.http.exchange;

import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.net.URI;
import java.util.Locale;
import java.util.Set;

/**
 * Keeps web pages out: a request must be addressed to this machine by a loopback name ({@code
 * Host}), and one that a browser sends on behalf of a page ({@code Origin}) must come from a page
 * of this machine. So neither a foreign page nor a foreign name that resolves to this address (DNS
 * rebinding) reaches Hone.
 */
public final class Guard implements Filter {

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

  private final Exchange exchange;
  private final String host;

  /**
   * @param host the address that the server listens on, accepted as well
   */
  public Guard(Exchange exchange, String host) {
    this.exchange = exchange;
    this.host = host.toLowerCase(Locale.ROOT);
  }

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    String origin = Exchange.header(request, "origin");
    if (!mine("http://" + request.authority())) {
      refuse(
          request,
          response,
          new Problem(
              403,
              "Foreign host",
              "This Hone answers to localhost and 127.0.0.1, not to '"
                  + request.authority()
                  + "'."));
    } else if (origin != null && !mine(origin)) {
      refuse(
          request,
          response,
          new Problem(403, "Foreign origin", "Pages of '" + origin + "' may not call this Hone."));
    } else {
      chain.proceed();
    }
    // Helidon announces 'Connection: close' and then waits for the next request all the same.
    if ("close".equalsIgnoreCase(Exchange.header(request, "connection"))) {
      throw new CloseConnectionException("as the client asked");
    }
  }

  private void refuse(RoutingRequest request, RoutingResponse response, Problem problem) {
    if (request.prologue().uriPath().path().startsWith("/v1/")) {
      exchange.sendOpenAi(response, problem);
    } else {
      exchange.send(response, problem);
    }
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
