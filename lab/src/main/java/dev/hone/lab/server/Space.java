package dev.hone.lab.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A space of a Hone, as one client uses it. Everything here may be done again after a kill: what
 * was done is not done twice.
 *
 * @param client who speaks
 * @param name the space
 */
public record Space(HoneClient client, String name) {

  private static final int BATCH = 100;
  private static final String OUTSIDE = "default";

  /** Makes the space unless it is there; {@code learning} as in {@code POST /api/v1/spaces}. */
  public void create(String learning) {
    for (JsonNode space : client.get(OUTSIDE, "/api/v1/spaces").path("items")) {
      if (space.path("name").asText().equals(name)) {
        return;
      }
    }
    client.post(
        OUTSIDE, "/api/v1/spaces", client.object().put("name", name).put("learning", learning));
  }

  /**
   * Tells what happened, in this order.
   *
   * @param key tells this telling from others
   * @param interactions as in {@code POST /api/v1/interactions}
   */
  public void tell(String key, List<ObjectNode> interactions) {
    try (Progress progress = Progress.of("told: " + name, interactions.size())) {
      for (int from = 0; from < interactions.size(); from += BATCH) {
        int to = Math.min(from + BATCH, interactions.size());
        ObjectNode body = client.object();
        body.putArray("interactions").addAll(interactions.subList(from, to));
        client.postOnce(name, "/api/v1/interactions/batch", name + "/" + key + "/" + from, body);
        progress.at(to, interactions.size());
      }
    }
  }

  /** Waits until everything is learned from, showing how far it is. */
  public void settle() {
    int most = backlog();
    try (Progress progress = Progress.of("learning: " + name, most)) {
      CompletableFuture<JsonNode> settled =
          CompletableFuture.supplyAsync(
              () ->
                  client.post(
                      name,
                      "/api/v1/learning/settle",
                      client.object().put("timeout_seconds", 3_600)));
      while (!done(settled)) {
        int left = backlog();
        most = Math.max(most, left);
        progress.at(most - left, most);
      }
      progress.at(most, most);
      if (!settled.join().path("settled").asBoolean()) {
        throw new Unanswered("space " + name + " was not learned from in an hour");
      }
    }
  }

  private static boolean done(CompletableFuture<JsonNode> settled) {
    try {
      settled.get(250, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new Unanswered(String.valueOf(e.getCause()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unanswered("interrupted", e);
    }
  }

  private int backlog() {
    return client.get(name, "/api/v1/learning").path("backlog").asInt();
  }

  /** Refines, unless that is what was done last. */
  public void refine() {
    JsonNode last = client.get(name, "/api/v1/commits?limit=1").path("items").path(0);
    if (!last.path("kind").asText().equalsIgnoreCase("refine")) {
      client.post(name, "/api/v1/refinements", client.object());
    }
  }

  /** How many items are shown. */
  public int items() {
    return client.get(name, "/api/v1/stats").path("active").asInt();
  }

  /** The newest commit, empty when there is none. */
  public String head() {
    return client.head(name);
  }
}
