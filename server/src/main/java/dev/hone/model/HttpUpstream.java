package dev.hone.model;

import dev.hone.port.Upstream;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webclient.api.HttpClientResponse;
import io.helidon.webclient.api.Proxy;
import io.helidon.webclient.http1.Http1Client;
import io.helidon.webclient.http1.Http1ClientRequest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An OpenAI-compatible server over HTTP/1.1. Bytes pass as they are, headers but for those of the
 * connection.
 */
public final class HttpUpstream implements Upstream {

  /**
   * Headers that belong to one connection (RFC 9110, section 7.6.1), or are made anew for the next.
   */
  private static final Set<String> OWN =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "host",
          "content-length",
          "expect");

  /** Headers that are addressed to Hone or to gateways like it. */
  private static final List<String> FOR_GATEWAYS =
      List.of("x-hone-", "helicone-", "x-portkey-", "x-bf-");

  /** Headers by which clients and their web sites show who they are. */
  private static final Set<String> CREDENTIALS =
      Set.of("authorization", "x-api-key", "api-key", "cookie");

  private final Http1Client client;
  private final String base;
  private final Optional<String> key;
  private final boolean forwardsCredentials;

  /**
   * @param url the server, with or without a final {@code /v1}
   * @param key sent as bearer token in place of the client's own credentials
   * @param forwardsCredentials whether the client's own ({@code Authorization}, {@code x-api-key},
   *     {@code api-key}, cookies) are passed on when there is no key
   * @param connect how long a connection may take
   * @param silence how long a connection may say nothing, be it in use or idle
   */
  public HttpUpstream(
      URI url,
      Optional<String> key,
      boolean forwardsCredentials,
      Duration connect,
      Duration silence) {
    this.base = url.toString().replaceAll("/+$", "").replaceAll("/v1$", "");
    this.key = key;
    this.forwardsCredentials = forwardsCredentials;
    this.client =
        Http1Client.builder()
            .followRedirects(false)
            .proxy(Proxy.noProxy())
            .connectTimeout(connect)
            .readTimeout(silence)
            .socketOptions(
                options -> options.tcpNoDelay(true).connectTimeout(connect).readTimeout(silence))
            .shareConnectionCache(false)
            .sendExpectContinue(false)
            .build();
  }

  @Override
  public Answer ask(Request request) throws IOException {
    Http1ClientRequest outgoing =
        client
            .method(Method.create(request.method()))
            .skipUriEncoding(true)
            .uri(base + request.path());
    request.headers().forEach((name, values) -> pass(outgoing, name, values));
    key.ifPresent(value -> outgoing.header(HeaderNames.AUTHORIZATION, "Bearer " + value));
    try {
      HttpClientResponse response =
          request.body().length == 0 && !request.method().equals("POST")
              ? outgoing.request()
              : outgoing.submit(request.body());
      return new HttpAnswer(response, headers(response));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (DataReader.InsufficientDataAvailableException e) {
      throw new IOException("it closed the connection", e);
    } catch (IllegalStateException | IllegalArgumentException e) {
      throw new IOException(String.valueOf(e.getMessage()), e);
    }
  }

  /** The server's address. */
  @Override
  public String toString() {
    return base;
  }

  /** An answer's bytes, whose end that comes too soon is an {@link IOException}. */
  private static final class Body extends FilterInputStream {

    Body(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      try {
        return super.read(into, offset, length);
      } catch (UncheckedIOException e) {
        throw e.getCause();
      } catch (DataReader.InsufficientDataAvailableException | IllegalStateException e) {
        throw new IOException("it closed the connection before the answer was complete", e);
      }
    }
  }

  private void pass(Http1ClientRequest outgoing, String name, List<String> values) {
    String lower = name.toLowerCase(Locale.ROOT);
    boolean mine = OWN.contains(lower) || FOR_GATEWAYS.stream().anyMatch(lower::startsWith);
    boolean credential = CREDENTIALS.contains(lower);
    if (!mine && (!credential || (key.isEmpty() && forwardsCredentials))) {
      outgoing.header(HeaderNames.create(name), values);
    }
  }

  private static Map<String, List<String>> headers(HttpClientResponse response) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (Header header : response.headers()) {
      String name = header.headerName().lowerCase();
      if (!OWN.contains(name)) {
        headers.put(name, header.allValues());
      }
    }
    return headers;
  }

  private record HttpAnswer(HttpClientResponse response, Map<String, List<String>> headers)
      implements Answer {

    @Override
    public int status() {
      return response.status().code();
    }

    @Override
    public InputStream body() {
      return response.entity().hasEntity()
          ? new Body(response.inputStream())
          : InputStream.nullInputStream();
    }

    @Override
    public void close() {
      response.close();
    }
  }
}
