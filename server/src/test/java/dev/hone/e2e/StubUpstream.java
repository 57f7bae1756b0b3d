package dev.hone.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A server of the OpenAI protocol that keeps what it received and answers as a script says. */
public final class StubUpstream implements AutoCloseable {

  /** How to answer; one that throws breaks the connection off. */
  public interface Script {
    void answer(Received request, HttpExchange exchange) throws Exception;
  }

  /** A request as it came over the wire. */
  public record Received(String method, String target, Headers headers, byte[] body) {

    public String text() {
      return new String(body, UTF_8);
    }

    public JsonNode json() {
      return Json.read(text());
    }

    /** The content of the last message. */
    public String asked() {
      JsonNode messages = json().path("messages");
      return messages.path(messages.size() - 1).path("content").asText();
    }

    public boolean augmented() {
      return text().contains("<experience>");
    }
  }

  private final HttpServer server;
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private volatile Script script;

  public StubUpstream(Script script) throws IOException {
    this.script = script;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try {
      Headers headers = new Headers();
      exchange.getRequestHeaders().forEach(headers::put);
      Received request =
          new Received(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              headers,
              exchange.getRequestBody().readAllBytes());
      received.add(request);
      script.answer(request, exchange);
      exchange.close();
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  public void script(Script next) {
    script = next;
  }

  public List<Received> received() {
    return List.copyOf(received);
  }

  public Received last() {
    return received.getLast();
  }

  /** An answer as a whole: status, body, then names and values of headers. */
  public static Script json(int status, String body, String... headers) {
    return (request, exchange) -> {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      for (int i = 0; i < headers.length; i += 2) {
        exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
      }
      byte[] bytes = body.getBytes(UTF_8);
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    };
  }

  /** A chat completion. */
  public static Script says(String content) {
    return json(200, completion(content));
  }

  public static String completion(String content) {
    return "{\"id\":\"c1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"stub\",\"choices\":[{\"index\":0,"
               + "\"message\":{\"role\":\"assistant\",\"content\":"
        + Json.quoted(content)
        + "},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1,\"total_tokens\":2}}";
  }

  /** One event of a streamed answer. */
  public static String event(String content) {
    return "data:"
               + " {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"stub\",\"choices\":"
               + "[{\"index\":0,\"delta\":{\"content\":"
        + Json.quoted(content)
        + "},\"finish_reason\":null}]}\n\n";
  }

  /** A streamed answer, each piece flushed by itself. */
  public static Script streams(String... pieces) {
    return (request, exchange) -> {
      OutputStream out = stream(exchange);
      for (String piece : pieces) {
        out.write(piece.getBytes(UTF_8));
        out.flush();
      }
    };
  }

  /** Begins a stream of events. */
  public static OutputStream stream(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    return exchange.getResponseBody();
  }

  /** One script after the other; the last one stays. */
  public static Script inTurn(Script... scripts) {
    AtomicInteger turn = new AtomicInteger();
    return (request, exchange) ->
        scripts[Math.min(turn.getAndIncrement(), scripts.length - 1)].answer(request, exchange);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
