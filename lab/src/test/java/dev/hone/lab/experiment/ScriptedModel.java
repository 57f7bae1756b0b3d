package dev.hone.lab.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An OpenAI-protocol model by script. Asked a question, it picks the choice that stands elsewhere
 * in its prompt, else the first; asked to distill, it repeats each outcome; asked for a sheet, it
 * adds what happened since.
 */
final class ScriptedModel implements AutoCloseable {

  private static final Pattern CHOICE = Pattern.compile("(?m)^([A-D])\\) (.*)$");
  private static final Pattern JUDGED =
      Pattern.compile("(?s)user: ([^\\n]*)\\n(?:(?!user: ).)*?outcome[^:\\n]*: ([^\\n]*)");
  private static final Pattern HAPPENED =
      Pattern.compile("(?s)Question: ([^\\n]*)\\n.*?Right answer: ([^\\n]*)");

  private final ObjectMapper json = new ObjectMapper();
  private final HttpServer server;
  private final List<String> models = new CopyOnWriteArrayList<>();
  private final Set<String> instructions = ConcurrentHashMap.newKeySet();
  private volatile boolean broken;

  ScriptedModel() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The models that were asked for. */
  List<String> models() {
    return List.copyOf(models);
  }

  /** What it was told as system messages. */
  Set<String> instructions() {
    return Set.copyOf(instructions);
  }

  /** Whether it refuses from now on. */
  void broken(boolean refuses) {
    broken = refuses;
  }

  private void answer(HttpExchange exchange) throws IOException {
    JsonNode request = json.readTree(exchange.getRequestBody());
    models.add(request.path("model").asText());
    for (JsonNode message : request.path("messages")) {
      if (message.path("role").asText().equals("system")) {
        instructions.add(message.path("content").asText());
      }
    }
    ObjectNode answer = json.createObjectNode();
    if (broken) {
      answer.putObject("error").put("message", "out of order");
    } else {
      answer.put("id", "c").put("object", "chat.completion").put("created", 1).put("model", "m");
      ObjectNode choice = answer.putArray("choices").addObject().put("index", 0);
      choice.putObject("message").put("role", "assistant").put("content", said(request));
      choice.put("finish_reason", "stop");
    }
    byte[] bytes = answer.toString().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("content-type", "application/json");
    exchange.sendResponseHeaders(broken ? 500 : 200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private String said(JsonNode request) {
    JsonNode messages = request.path("messages");
    String first = messages.path(0).path("content").asText();
    String last = messages.path(messages.size() - 1).path("content").asText();
    if (first.startsWith("You distill experience")) {
      return distilled(last);
    }
    return last.startsWith("You keep one sheet") ? sheet(last) : chosen(last);
  }

  private static String chosen(String asked) {
    String elsewhere = CHOICE.matcher(asked).replaceAll("");
    Matcher choice = CHOICE.matcher(asked);
    while (choice.find()) {
      if (elsewhere.contains(choice.group(2))) {
        return choice.group() + "\nConfidence: 0.9";
      }
    }
    return "A\nConfidence: 0.3";
  }

  private String distilled(String episode) {
    ObjectNode answer = json.createObjectNode().put("thoughts", "somebody said what is right");
    ArrayNode items = answer.putArray("items");
    Matcher judged = JUDGED.matcher(episode);
    int number = 0;
    while (judged.find() && items.size() < 3) {
      number++;
      ObjectNode item =
          items
              .addObject()
              .put("title", "What is right")
              .put("when", judged.group(1))
              .put("content", "Right is " + judged.group(2) + ".")
              .put("kind", "fact")
              .put("type", "general");
      item.putArray("evidence")
          .addObject()
          .put("interaction", number)
          .put("role", "outcome")
          .put("quote", judged.group(2));
    }
    return answer.toString();
  }

  private static String sheet(String asked) {
    List<String> lines = new ArrayList<>();
    Matcher happened = HAPPENED.matcher(asked.substring(asked.indexOf("What happened since:")));
    while (happened.find()) {
      lines.add("- " + happened.group(1) + " " + happened.group(2));
    }
    return String.join("\n", lines);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
