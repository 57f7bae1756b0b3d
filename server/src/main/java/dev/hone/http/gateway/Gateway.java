package dev.hone.http.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.Call;
import dev.hone.Client;
import dev.hone.Inference;
import dev.hone.experience.Mode;
import dev.hone.experience.Pin;
import dev.hone.experience.Scope;
import dev.hone.http.exchange.Authentication;
import dev.hone.http.exchange.Callers;
import dev.hone.http.exchange.Connections;
import dev.hone.http.exchange.Exchange;
import dev.hone.http.exchange.Noted;
import dev.hone.http.exchange.Problem;
import dev.hone.http.exchange.Route;
import dev.hone.port.Upstream;
import dev.hone.port.Upstreams;
import dev.hone.wire.ChatRequest;
import dev.hone.wire.Endpoint;
import dev.hone.wire.Malformed;
import dev.hone.wire.ModelRequest;
import dev.hone.wire.OtherRequest;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The OpenAI protocol under {@code /v1}: chat completions are answered with experience, all else is
 * passed through.
 */
public final class Gateway {

  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

  private final Exchange exchange;
  private final Callers callers;
  private final Connections connections;
  private final Inference inference;
  private final Upstreams upstreams;

  public Gateway(
      Exchange exchange,
      Callers callers,
      Connections connections,
      Inference inference,
      Upstreams upstreams) {
    this.exchange = exchange;
    this.callers = callers;
    this.connections = connections;
    this.inference = inference;
    this.upstreams = upstreams;
  }

  /** What is to be registered. */
  public List<Route> routes() {
    return List.of(
        new Route(Passages.COMPLETIONS, this::chat),
        new Route(Passages.MODELS, this::models),
        new Route(Passages.OTHERS, this::other));
  }

  /** What cannot be read is for the model to judge: it passes through like anything unknown. */
  private void chat(ServerRequest request, ServerResponse response) {
    long arrived = System.nanoTime();
    byte[] body = exchange.body(request);
    Mode mode = callers.mode(request);
    try {
      answer(ChatRequest.parse(body), mode, arrived, request, response, body);
    } catch (Malformed e) {
      LOG.debug("a chat request passes unread: {}", e.getMessage());
      pass(request, response, upstreams.standard(), body);
    }
  }

  private void other(ServerRequest request, ServerResponse response) {
    long arrived = System.nanoTime();
    byte[] body = exchange.body(request);
    Mode mode = callers.mode(request);
    Optional<OtherRequest> read =
        request.prologue().method().equals(Method.POST)
            ? OtherRequest.parse(Endpoint.at(path(request)), body)
            : Optional.empty();
    if (read.isEmpty()) {
      pass(request, response, upstreams.standard(), body);
    } else if (mode.captures()) {
      answer(read.get(), mode, arrived, request, response, body);
    } else {
      pass(request, response, upstreams.forModel(read.get().model()), body);
    }
  }

  private void answer(
      ModelRequest asked,
      Mode mode,
      long arrived,
      ServerRequest request,
      ServerResponse response,
      byte[] body) {
    Noted.of(request).model(asked.model());
    Scope scope =
        callers.scope(
            request,
            exchange
                .json()
                .createObjectNode()
                .<ObjectNode>set("user", asked.field("user"))
                .set("metadata", asked.field("metadata")));
    Pin pin = callers.pin(request, scope.space());
    Upstream.Request wire = wire(request, body);
    try {
      inference.answer(
          new Call(asked, mode.captures() ? readable(wire) : wire, scope, mode, pin, arrived),
          client(response));
    } catch (Inference.Unreachable e) {
      e.headers().forEach((name, values) -> set(response, name, values));
      exchange.sendOpenAi(response, unreachable(e.status(), e));
    } catch (IOException e) {
      throw new CloseConnectionException("the answer broke off", e);
    }
  }

  /** The request without the wish for content codings that Hone cannot read. */
  private static Upstream.Request readable(Upstream.Request request) {
    List<String> wished = request.headers().getOrDefault("accept-encoding", List.of());
    if (wished.isEmpty()) {
      return request;
    }
    boolean gzip = wished.stream().anyMatch(each -> each.toLowerCase(Locale.ROOT).contains("gzip"));
    Map<String, List<String>> headers = new LinkedHashMap<>(request.headers());
    headers.put("accept-encoding", List.of(gzip ? "gzip" : "identity"));
    return request.withHeaders(headers);
  }

  /**
   * The standard upstream's answer as it came, if it is no list, or there is no other upstream;
   * else its entries, and behind them those of the others, as far as these answer.
   */
  private void models(ServerRequest request, ServerResponse response) {
    List<Upstream> others = new ArrayList<>(upstreams.all());
    others.remove(upstreams.standard());
    try (Upstream.Answer answer = upstreams.standard().ask(wire(request, new byte[0]))) {
      if (others.isEmpty() || answer.status() != 200) {
        relay(answer, response);
        return;
      }
      byte[] body = answer.body().readAllBytes();
      Optional<List<JsonNode>> entries = entries(body);
      if (entries.isEmpty()) {
        client(response).send(answer.status(), answer.headers(), body);
        return;
      }
      ObjectNode list = exchange.json().createObjectNode().put("object", "list");
      ArrayNode data = list.putArray("data").addAll(entries.get());
      others.forEach(each -> data.addAll(entries(each, request)));
      exchange.send(response, 200, list);
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private List<JsonNode> entries(Upstream upstream, ServerRequest request) {
    try (Upstream.Answer answer = upstream.ask(wire(request, new byte[0]))) {
      if (answer.status() == 200) {
        return entries(answer.body().readAllBytes()).orElse(List.of());
      }
      LOG.warn("the models of {} are left out: it answers {}", upstream, answer.status());
    } catch (IOException e) {
      LOG.warn("the models of {} are left out: {}", upstream, e.getMessage());
    }
    return List.of();
  }

  /** The entries of a list of models; absent when it is none. */
  private Optional<List<JsonNode>> entries(byte[] body) {
    try {
      JsonNode data = exchange.json().readTree(body).path("data");
      return data.isArray() ? Optional.of(data.valueStream().toList()) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private void pass(
      ServerRequest request, ServerResponse response, Upstream upstream, byte[] body) {
    try (Upstream.Answer answer = upstream.ask(wire(request, body))) {
      relay(answer, response);
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /** Only an answer that came to its end ends the client's. */
  private static void relay(Upstream.Answer answer, ServerResponse response) {
    Map<String, List<String>> headers = new LinkedHashMap<>(answer.headers());
    headers.put("x-hone-mode", List.of("bypassed"));
    headers.put("x-hone-capture", List.of("none"));
    if (answer.isBodiless()) {
      client(response).send(answer.status(), headers, new byte[0]);
      return;
    }
    try {
      OutputStream out = client(response).stream(answer.status(), headers);
      InputStream in = answer.body();
      byte[] buffer = new byte[16 * 1024];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        out.write(buffer, 0, n);
        out.flush();
      }
      out.close();
    } catch (IOException e) {
      throw new CloseConnectionException("the answer broke off", e);
    }
  }

  /** What to throw when an answer did not come, or broke off. */
  private static RuntimeException broken(IOException e) {
    return e instanceof Upstream.Abandoned
        ? new CloseConnectionException("the client broke off", e)
        : unreachable(e instanceof Upstream.Silent ? 504 : 502, e);
  }

  private static Problem unreachable(int status, IOException e) {
    return new Problem(
        status,
        status == 504 ? "Upstream silent" : "Upstream unreachable",
        "The upstream model cannot be reached or broke off: "
            + e.getMessage()
            + ". Check the setting upstream.url and that the server runs.");
  }

  /** The request as it came; a key of Hone's own is no model's business. */
  private Upstream.Request wire(ServerRequest request, byte[] body) {
    boolean keyed = callers.caller(request).keyed();
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (Header header : request.headers()) {
      String name = header.headerName().lowerCase();
      if (!keyed || !Authentication.HEADERS.contains(name)) {
        headers.put(name, header.allValues());
      }
    }
    String query = request.query().rawValue();
    return new Upstream.Request(
        request.prologue().method().text(),
        path(request) + (query.isEmpty() ? "" : "?" + query),
        headers,
        body,
        connections.abandoned());
  }

  private static String path(ServerRequest request) {
    return request.prologue().uriPath().rawPath();
  }

  private static Client client(ServerResponse response) {
    return new Client() {
      @Override
      public void send(int status, Map<String, List<String>> headers, byte[] body) {
        begin(status, headers);
        if (body.length == 0) {
          response.send();
        } else {
          response.send(body);
        }
      }

      @Override
      public OutputStream stream(int status, Map<String, List<String>> headers) {
        begin(status, headers);
        return response.outputStream();
      }

      private void begin(int status, Map<String, List<String>> headers) {
        response.status(status);
        // A model's answer is named by the model, or not at all.
        response.headers().remove(Exchange.REQUEST_ID);
        headers.forEach((name, values) -> set(response, name, values));
      }
    };
  }

  private static void set(ServerResponse response, String name, List<String> values) {
    response.header(HeaderNames.create(name), values.toArray(String[]::new));
  }
}
