package dev.hone.model;

import dev.hone.port.Upstream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.concurrent.CancellableDependency;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.config.CharCodingConfig;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * An OpenAI-compatible server over HTTP/1.1. Bytes pass as they are, headers but for those of the
 * connection. A server may close an idle connection at the very moment the next request is sent
 * over it: a request that a reused connection refuses at once is sent once more over another (RFC
 * 9112, section 9.3.1, as widely practised).
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

  /** A connection that was closed while idle shows it at once; later somebody was at work. */
  private static final Duration AT_ONCE = Duration.ofSeconds(1);

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
                    .setConnectionFactory(
                        ManagedHttpClientConnectionFactory.builder()
                            .charCodingConfig(
                                CharCodingConfig.custom()
                                    .setCharset(StandardCharsets.UTF_8)
                                    .setMalformedInputAction(CodingErrorAction.REPLACE)
                                    .setUnmappableInputAction(CodingErrorAction.REPLACE)
                                    .build())
                            .build())
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
    long sent = System.nanoTime();
    try {
      return send(request, context);
    } catch (NoHttpResponseException e) {
      if (reused(context) && System.nanoTime() - sent < AT_ONCE.toNanos()) {
        return send(request, HttpClientContext.create());
      }
      throw e;
    }
  }

  private static boolean reused(HttpClientContext context) {
    return context.getEndpointDetails() != null
        && context.getEndpointDetails().getRequestCount() > 1;
  }

  private Answer send(Request request, HttpClientContext context) throws IOException {
    Outgoing outgoing = new Outgoing(request.method(), host, prefix + request.path());
    Set<String> ofTheConnection = connectionOptions(request.headers());
    request
        .headers()
        .forEach(
            (name, values) -> {
              if (!ofTheConnection.contains(name)) {
                pass(outgoing, name, values);
              }
            });
    key.ifPresent(value -> outgoing.setHeader("authorization", "Bearer " + value));
    if (request.body().length > 0 || request.method().equals("POST")) {
      outgoing.setEntity(new ByteArrayEntity(request.body(), null));
    }
    ClassicHttpResponse response = client.executeOpen(host, outgoing, context);
    HttpEntity entity = response.getEntity();
    InputStream body = entity == null ? InputStream.nullInputStream() : entity.getContent();
    return new HttpAnswer(
        outgoing, response, headers(response, request.method().equals("HEAD")), new Content(body));
  }

  /** The headers that a client's connection names as its own (RFC 9110, section 7.6.1). */
  private static Set<String> connectionOptions(Map<String, List<String>> headers) {
    return headers.getOrDefault("connection", List.of()).stream()
        .flatMap(value -> Stream.of(value.split(",", -1)))
        .map(name -> name.strip().toLowerCase(Locale.ROOT))
        .collect(Collectors.toSet());
  }

  /** A request that can be broken off. */
  private static final class Outgoing extends BasicClassicHttpRequest
      implements CancellableDependency {

    private static final long serialVersionUID = 1L;

    private final transient AtomicReference<Cancellable> running = new AtomicReference<>();
    private volatile boolean cancelled;

    Outgoing(String method, HttpHost host, String path) {
      super(method, host, path);
    }

    @Override
    public void setDependency(Cancellable dependency) {
      running.set(dependency);
      if (cancelled) {
        dependency.cancel();
      }
    }

    @Override
    public boolean isCancelled() {
      return cancelled;
    }

    @Override
    public boolean cancel() {
      cancelled = true;
      Cancellable dependency = running.get();
      return dependency != null && dependency.cancel();
    }
  }

  /** An answer's bytes, which know whether they were read to their end. */
  private static final class Content extends FilterInputStream {

    private boolean ended;

    Content(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int next = super.read();
      ended |= next < 0;
      return next;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int n = super.read(into, offset, length);
      ended |= n < 0;
      return n;
    }
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

  /** A length is made anew with the body; of one that does not come it is passed on. */
  private static Map<String, List<String>> headers(ClassicHttpResponse response, boolean head) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (Header header : response.getHeaders()) {
      String name = header.getName().toLowerCase(Locale.ROOT);
      if (!OWN.contains(name) || (head && name.equals("content-length"))) {
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
      Outgoing request,
      ClassicHttpResponse response,
      Map<String, List<String>> headers,
      Content body)
      implements Answer {

    @Override
    public int status() {
      return response.getCode();
    }

    @Override
    public boolean isBodiless() {
      return response.getEntity() == null;
    }

    /** An answer that was not read to its end breaks its connection off. */
    @Override
    public void close() {
      if (!body.ended) {
        request.cancel();
      }
      try {
        response.close();
      } catch (IOException e) {
        // The connection is gone either way.
        return;
      }
    }
  }
}
