package dev.hone.lab.environment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An environment in another process, as far as HTTP tells: a corridor of four rooms, of which the
 * seed says in which one begins; who leaves it to the right earns 1. After ten steps it is over.
 */
public final class CorridorServer implements AutoCloseable {

  private static final int ROOMS = 4;
  private static final int LONGEST = 10;

  private final ObjectMapper json = new ObjectMapper();
  private final Map<String, int[]> episodes = new ConcurrentHashMap<>();
  private final List<String> actions = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  public CorridorServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/reset", this::reset);
    server.createContext("/step", this::step);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Every action that ever came. */
  public List<String> actions() {
    return new ArrayList<>(actions);
  }

  private void reset(HttpExchange exchange) throws IOException {
    long seed = json.readTree(exchange.getRequestBody()).path("seed").asLong();
    String episode = "e" + episodes.size();
    int room = Math.floorMod(seed, ROOMS);
    episodes.put(episode, new int[] {room, 0});
    answer(exchange, 200, situation(room).put("episode", episode));
  }

  private void step(HttpExchange exchange) throws IOException {
    JsonNode body = json.readTree(exchange.getRequestBody());
    String action = body.path("action").asText();
    actions.add(action);
    int[] at = episodes.get(body.path("episode").asText());
    if (at == null) {
      answer(exchange, 404, json.createObjectNode().put("error", "no such episode"));
      return;
    }
    at[0] = Math.max(0, at[0] + (action.equals("right") ? 1 : -1));
    at[1]++;
    boolean out = at[0] == ROOMS;
    ObjectNode answer = out ? json.createObjectNode().put("observation", "Out.") : situation(at[0]);
    if (out) {
      answer.put("reward", 1);
    } else {
      answer.putNull("reward");
    }
    answer(exchange, 200, answer.put("terminated", out).put("truncated", at[1] == LONGEST));
  }

  private ObjectNode situation(int room) {
    ObjectNode situation = json.createObjectNode();
    situation.put("observation", "You stand in room " + room + " of a corridor. Where do you go?");
    situation.putArray("actions").add("left").add("right").add("jump");
    situation.putObject("info").put("instructions", "Leave the corridor.").put("room", room);
    return situation;
  }

  private static void answer(HttpExchange exchange, int status, ObjectNode answer)
      throws IOException {
    byte[] body = answer.toString().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
