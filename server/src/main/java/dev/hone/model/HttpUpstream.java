package dev.hone.model;

import dev.hone.port.Upstream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * An OpenAI-compatible server over HTTP/1.1. Bytes pass as they are, headers but for those of the
 * connection. A server may close an idle connection at the very moment the next request is sent
 * over it: a request that such a connection takes without an answer is sent once more over another
 * (RFC 9112, section 9.3.1, as widely practised).
 */
public final class HttpUpstream implements Upstream, AutoCloseable {

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

  /** A connection idle for this long is looked at before it is used again. */
  private static final TimeValue IDLE = TimeValue.ofMilliseconds(200);

  private static final int MOST_CONNECTIONS = 10_000;

  private final CloseableHttpClient client;
  private final String base;
  private final HttpHost host;
  private final String prefix;
  private final Optional<String> key;
  private final boolean forwardsCredentials;

  /**
   * @param url the server, with or without a final {@code /v1}
   * @param key sent as bearer token in place of the client's own credentials
   * @param forwardsCredentials whether the client's own ({@code Authorization}, {@code x-api-key},
   *     {@code api-key}, cookies) are passed on when there is no key
   * @param connect how long a connection may take
   * @param silence how long a connection in use may say nothing
   */
  public HttpUpstream(
      URI url,
      Optional<String> key,
      boolean forwardsCredentials,
      Duration connect,
      Duration silence) {
    this.base = url.toString().replaceAll("/+$", "").replaceAll("/v1$", "");
    this.host = HttpHost.create(url);
    this.prefix = Optional.ofNullable(URI.create(base).getRawPath()).orElse("");
    this.key = key;
    this.forwardsCredentials = forwardsCredentials;
    Timeout answer = Timeout.of(silence);
    this.client =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setMaxConnTotal(MOST_CONNECTIONS)
                    .setMaxConnPerRoute(MOST_CONNECTIONS)
                    .setDefaultConnectionConfig(
                        ConnectionConfig.custom()
                            .setConnectTimeout(Timeout.of(connect))
                            .setSocketTimeout(answer)
                            .setValidateAfterInactivity(IDLE)
                            .build())
                    .build())
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setResponseTimeout(answer)
                    .setConnectionRequestTimeout(connect.toMillis(), TimeUnit.MILLISECONDS)
                    .setProtocolUpgradeEnabled(false)
                    .build())
            .disableAuthCaching()
            .disableAutomaticRetries()
            .disableConnectionState()
            .disableContentCompression()
            .disableCookieManagement()
            .disableDefaultUserAgent()
            .disableRedirectHandling()
            .build();
  }

  @Override
  public Answer ask(Request request) throws IOException {
    HttpClientContext context = HttpClientContext.create();
    try {
      return send(request, context);
    } catch (NoHttpResponseException e) {
      if (context.getEndpointDetails() != null
          && context.getEndpointDetails().getRequestCount() > 1) {
        return send(request, HttpClientContext.create());
      }
      throw e;
    }
  }

  private Answer send(Request request, HttpClientContext context) throws IOException {
    BasicClassicHttpRequest outgoing =
        new BasicClassicHttpRequest(request.method(), host, prefix + request.path());
    request.headers().forEach((name, values) -> pass(outgoing, name, values));
    key.ifPresent(value -> outgoing.setHeader("authorization", "Bearer " + value));
    if (request.body().length > 0 || request.method().equals("POST")) {
      outgoing.setEntity(new ByteArrayEntity(request.body(), null));
    }
    ClassicHttpResponse response = client.executeOpen(host, outgoing, context);
    HttpEntity entity = response.getEntity();
    InputStream body = entity == null ? InputStream.nullInputStream() : entity.getContent();
    return new HttpAnswer(response, headers(response), body);
  }

  /** The server's address. */
  @Override
  public String toString() {
    return base;
  }

  private void pass(BasicClassicHttpRequest outgoing, String name, List<String> values) {
    String lower = name.toLowerCase(Locale.ROOT);
    boolean mine = OWN.contains(lower) || FOR_GATEWAYS.stream().anyMatch(lower::startsWith);
    boolean credential = CREDENTIALS.contains(lower);
    if (!mine && (!credential || (key.isEmpty() && forwardsCredentials))) {
      values.forEach(value -> outgoing.addHeader(name, value));
    }
  }

  private static Map<String, List<String>> headers(ClassicHttpResponse response) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (Header header : response.getHeaders()) {
      String name = header.getName().toLowerCase(Locale.ROOT);
      if (!OWN.contains(name)) {
        headers.computeIfAbsent(name, first -> new ArrayList<>()).add(header.getValue());
      }
    }
    return headers;
  }

  /** Breaks off what still runs. */
  @Override
  public void close() {
    client.close(CloseMode.IMMEDIATE);
  }

  private record HttpAnswer(
      ClassicHttpResponse response, Map<String, List<String>> headers, InputStream body)
      implements Answer {

    @Override
    public int status() {
      return response.getCode();
    }

    /** An answer that was not read to its end breaks its connection off. */
    @Override
    public void close() {
      try {
        response.close();
      } catch (IOException e) {
        // The connection is gone either way.
        return;
      }
    }
  }
}
