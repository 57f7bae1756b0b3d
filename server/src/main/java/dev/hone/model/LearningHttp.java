package dev.hone.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * How LangChain4j asks over HTTP here: it waits for a whole answer no longer than allowed, also for
 * one that trickles, and keeps of a refusal when to ask again.
 */
public final class LearningHttp implements HttpClient, AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final java.net.http.HttpClient client;
  private final Duration limit;
  private final RetryAfter retryAfter;

  /**
   * @param limit how long an answer may take as a whole
   */
  public LearningHttp(Duration limit, InstantSource clock) {
    this.limit = limit;
    this.retryAfter = new RetryAfter(clock);
    this.client =
        java.net.http.HttpClient.newBuilder()
            .version(java.net.http.HttpClient.Version.HTTP_1_1)
            .connectTimeout(limit)
            .build();
  }

  /** For LangChain4j: makes this very client, whose limits are set. */
  public HttpClientBuilder builder() {
    return new Made();
  }

  private final class Made implements HttpClientBuilder {

    @Override
    public Duration connectTimeout() {
      return limit;
    }

    @Override
    public HttpClientBuilder connectTimeout(Duration timeout) {
      return this;
    }

    @Override
    public Duration readTimeout() {
      return limit;
    }

    @Override
    public HttpClientBuilder readTimeout(Duration timeout) {
      return this;
    }

    @Override
    public HttpClient build() {
      return LearningHttp.this;
    }
  }

  @Override
  public SuccessfulHttpResponse execute(HttpRequest request) {
    HttpResponse<byte[]> answer = answer(request);
    if (answer.statusCode() < 200 || answer.statusCode() > 299) {
      throw new RefusedAnswer(
          answer.statusCode(),
          new String(answer.body(), StandardCharsets.UTF_8),
          retryAfter.in(name -> answer.headers().firstValue(name)));
    }
    requireObject(answer.body());
    return SuccessfulHttpResponse.builder()
        .statusCode(answer.statusCode())
        .headers(answer.headers().map())
        .body(new String(answer.body(), StandardCharsets.UTF_8))
        .build();
  }

  /** What is between Hone and a model may answer in its place, with a page. */
  private static void requireObject(byte[] body) {
    try {
      if (JSON.readTree(body).isObject()) {
        return;
      }
    } catch (IOException e) {
      throw new LangChain4jException("it answers with what is no JSON");
    }
    throw new LangChain4jException("it answers with what is no JSON object");
  }

  private HttpResponse<byte[]> answer(HttpRequest request) {
    java.net.http.HttpRequest.Builder asked =
        java.net.http.HttpRequest.newBuilder(URI.create(request.url()));
    request.headers().forEach((name, values) -> values.forEach(value -> asked.header(name, value)));
    String body = request.body();
    asked.method(
        request.method().name(),
        body == null
            ? java.net.http.HttpRequest.BodyPublishers.noBody()
            : java.net.http.HttpRequest.BodyPublishers.ofString(body));
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(asked.build(), HttpResponse.BodyHandlers.ofByteArray());
    try {
      return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (java.util.concurrent.TimeoutException e) {
      answer.cancel(true);
      throw new TimeoutException("no whole answer within " + limit);
    } catch (ExecutionException e) {
      throw new LangChain4jException("no connection: " + e.getCause());
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new LangChain4jException("interrupted");
    }
  }

  /** Not for learning, which reads whole answers. */
  @Override
  public void execute(
      HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
    listener.onError(new UnsupportedFeatureException("learning reads whole answers"));
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
