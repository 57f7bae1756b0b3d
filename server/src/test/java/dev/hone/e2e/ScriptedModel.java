package dev.hone.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The model server that the scripts of the client libraries talk to: what it does depends on the
 * name of the model asked for.
 */
final class ScriptedModel implements AutoCloseable {

  private static final Duration STEP = Duration.ofMillis(20);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int FAILURES = 2;

  private static final String TOOL_CALLS =
      """
      {"id":"c2","object":"chat.completion","created":1,"model":"tools","choices":[{"index":0,\
      "message":{"role":"assistant","content":null,"refusal":null,"tool_calls":[\
      {"id":"call_1","type":"function","function":{"name":"depth","arguments":"{\\"at\\":\\"Bogotá\\"}"}},\
      {"id":"call_2","type":"function","function":{"name":"depth","arguments":"{ \\"at\\" : \\"Rome\\" }"}}]},\
      "logprobs":null,"finish_reason":"tool_calls"}],\
      "usage":{"prompt_tokens":11,"completion_tokens":7,"total_tokens":18}}\
      """;

  private static final String USAGE =
      """
      data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"stub","choices":[],\
      "usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5,\
      "prompt_tokens_details":{"cached_tokens":1}}}

      """;

  private static final String STOP =
      """
      data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"stub",\
      "choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

      """;

  private static final String RESPONSE =
      """
      {"id":"resp_1","object":"response","created_at":1,"status":"completed","error":null,\
      "incomplete_details":null,"instructions":null,"metadata":{},"model":"respond",\
      "output":[{"type":"message","id":"msg_1","status":"completed","role":"assistant","content":\
      [{"type":"output_text","text":"Grüße.","annotations":[]}]}],"parallel_tool_calls":true,\
      "temperature":1.0,"tool_choice":"auto","tools":[],"top_p":1.0,"usage":{"input_tokens":3,\
      "input_tokens_details":{"cached_tokens":0},"output_tokens":2,\
      "output_tokens_details":{"reasoning_tokens":0},"total_tokens":5}}\
      """;

  private final RawUpstream upstream;
  private volatile CompletableFuture<Boolean> cancelled = new CompletableFuture<>();
  private int flaky;
  private int from;

  ScriptedModel() throws IOException {
    upstream = new RawUpstream(this::answer);
  }

  String url() {
    return upstream.url();
  }

  /** Forgets what was seen, so that the next script is seen alone. */
  void forget() {
    from = upstream.received().size();
    cancelled = new CompletableFuture<>();
    flaky = 0;
  }

  /** All requests since, as they came: start line, headers of either end, body. */
  List<String> seen() {
    List<String> seen = new ArrayList<>();
    for (WireMessage each : upstream.received().subList(from, upstream.received().size())) {
      seen.add(each.startLine() + "\n" + each.endToEnd() + "\n" + each.text());
    }
    return seen;
  }

  /** Whether the client of the endless stream went away. */
  boolean cancelled() throws Exception {
    return cancelled.get(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private void answer(WireMessage request, Wire wire) throws IOException {
    if (request.target().equals("/v1/models")) {
      json(models()).answer(request, wire);
      return;
    }
    JsonNode body = request.json();
    String model = body.path("model").asText();
    switch (model) {
      case "chat" -> json(StubUpstream.completion("As it says.\nÜber.")).answer(request, wire);
      case "stream" -> streamed().answer(request, wire);
      case "tools" -> {
        boolean told = request.text().contains("\"role\":\"tool\"");
        json(told ? StubUpstream.completion("7 and 9.") : TOOL_CALLS).answer(request, wire);
      }
      case "structured" ->
          json(StubUpstream.completion("{\"berth\":7,\"note\":\"é\"}")).answer(request, wire);
      case "endless" -> endless(wire);
      case "flaky" -> flaky().answer(request, wire);
      case "embed" ->
          json(embeddings(body.path("encoding_format").asText("float"))).answer(request, wire);
      case "respond" ->
          (body.path("stream").asBoolean() ? responding() : json(RESPONSE)).answer(request, wire);
      default -> error(Integer.parseInt(model.substring("error-".length()))).answer(request, wire);
    }
  }

  private static RawUpstream.Script json(String body) {
    return RawUpstream.json("200 OK", body, "x-request-id: req_7");
  }

  private static RawUpstream.Script streamed() {
    return RawUpstream.stream(
        ": comment\n\n",
        StubUpstream.event("As it "),
        StubUpstream.event("flows: 日本語."),
        STOP,
        USAGE,
        "data: [DONE]\n\n");
  }

  private static RawUpstream.Script error(int status) {
    String body =
        "{\"error\":{\"message\":\"It is %d.\",\"type\":\"t\",\"param\":null,\"code\":\"c_%d\"}}"
            .formatted(status, status);
    return RawUpstream.json(
        status + " Refused",
        body,
        "x-request-id: req_" + status,
        "Retry-After: 7",
        "x-ratelimit-remaining-requests: 0");
  }

  private RawUpstream.Script flaky() {
    flaky++;
    return flaky > FAILURES
        ? json(StubUpstream.completion("At last."))
        : RawUpstream.json("503 Service Unavailable", "{\"error\":{}}", "retry-after-ms: 10");
  }

  private void endless(Wire wire) throws IOException {
    CompletableFuture<Boolean> seen = cancelled;
    wire.head("200 OK", "Content-Type: text/event-stream", "Transfer-Encoding: chunked");
    long end = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (System.nanoTime() < end && !wire.leftWithin(STEP)) {
        wire.chunk(StubUpstream.event("on "));
      }
    } catch (IOException e) {
      // Writing to a client that has gone away.
    }
    seen.complete(System.nanoTime() < end);
    wire.close();
  }

  private static String models() {
    return "{\"object\":\"list\",\"data\":[{\"id\":\"m-1\",\"object\":\"model\",\"created\":1,"
        + "\"owned_by\":\"me\"},{\"id\":\"m-2\",\"object\":\"model\",\"created\":1,"
        + "\"owned_by\":\"me\"}]}";
  }

  /** 1.5 and -2.25, as numbers or as little-endian floats. */
  private static String embeddings(String format) {
    String vector = format.equals("base64") ? "\"AADAPwAAEMA=\"" : "[1.5,-2.25]";
    return "{\"object\":\"list\",\"model\":\"embed\",\"data\":[{\"object\":\"embedding\",\"index\":0,"
        + "\"embedding\":%s},{\"object\":\"embedding\",\"index\":1,\"embedding\":%s}],"
            .formatted(vector, vector)
        + "\"usage\":{\"prompt_tokens\":2,\"total_tokens\":2}}";
  }

  private static RawUpstream.Script responding() {
    String[] events = {
      "\"type\":\"response.created\",\"response\":" + RESPONSE,
      "\"type\":\"response.output_item.added\",\"output_index\":0,\"item\":{\"type\":\"message\","
          + "\"id\":\"msg_1\",\"status\":\"in_progress\",\"role\":\"assistant\",\"content\":[]}",
      delta("Grü"),
      delta("ße."),
      "\"type\":\"response.completed\",\"response\":" + RESPONSE
    };
    String[] pieces = new String[events.length];
    for (int i = 0; i < events.length; i++) {
      String type = Json.read("{" + events[i] + "}").path("type").asText();
      pieces[i] =
          "event: " + type + "\ndata: {\"sequence_number\":" + i + "," + events[i] + "}\n\n";
    }
    return RawUpstream.stream(pieces);
  }

  private static String delta(String text) {
    return "\"type\":\"response.output_text.delta\",\"item_id\":\"msg_1\",\"output_index\":0,"
        + "\"content_index\":0,\"logprobs\":[],\"delta\":"
        + Json.quoted(text);
  }

  @Override
  public void close() throws IOException {
    upstream.close();
  }
}
