package dev.hone.lab.explore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.lab.server.HoneClient;
import java.util.Optional;

/**
 * One episode as a Hone sees it: one session, whose messages are sent again with each request, as
 * chat clients do.
 */
public final class Conversation {

  /** Whether Hone takes part: it augments and captures, or lets everything pass. */
  public enum Part {
    LEARNS("augment"),
    CONTROL("off");

    private final String mode;

    Part(String mode) {
      this.mode = mode;
    }
  }

  private final HoneClient client;
  private final String space;
  private final String session;
  private final Part part;
  private final ArrayNode messages;

  public Conversation(HoneClient client, String space, String session, Part part) {
    this.client = client;
    this.space = space;
    this.session = session;
    this.part = part;
    this.messages = client.object().putArray("messages");
  }

  /** Gives instructions; before anything is said. */
  public void instruct(String instructions) {
    message("system", instructions);
  }

  /** Asks the model. */
  HoneClient.Turn ask(String prompt) {
    message("user", prompt);
    HoneClient.Turn said = client.converse(space, session, part.mode, messages);
    message("assistant", said.text());
    return said;
  }

  /** What is done without asking the model: known to the agent, not yet to Hone. */
  void act(String prompt, String action) {
    message("user", prompt);
    message("assistant", action);
  }

  private void message(String role, String content) {
    messages.addObject().put("role", role).put("content", content);
  }

  /** What the environment said of an action. */
  record Verdict(Optional<Double> reward, Optional<String> correction, Optional<String> comment) {

    boolean silent() {
      return reward.isEmpty() && correction.isEmpty() && comment.isEmpty();
    }

    private void into(ObjectNode body) {
      reward.ifPresent(value -> body.put("reward", value));
      correction.ifPresent(text -> body.put("correction", text));
      comment.ifPresent(text -> body.put("comment", text));
    }
  }

  /** Tells Hone what came of an answer of the model. */
  void judge(HoneClient.Turn said, Verdict verdict) {
    if (part == Part.LEARNS && !verdict.silent() && !said.interaction().isEmpty()) {
      ObjectNode body = client.object().put("interaction_id", said.interaction());
      verdict.into(body);
      client.post(space, "/api/v1/feedback", body);
    }
  }

  /** Tells Hone what was done without asking the model, and what came of it. */
  void tell(String prompt, String action, Verdict verdict) {
    if (part == Part.LEARNS) {
      ObjectNode body = client.object().put("answer", action);
      ArrayNode told = body.putArray("messages");
      told.addObject().put("role", "user").put("content", prompt);
      verdict.into(body);
      body.putObject("metadata").put("session_id", session);
      JsonNode made = client.post(space, "/api/v1/interactions", body);
      if (!made.path("id").isTextual()) {
        throw new IllegalStateException("Hone did not take what was done: " + made);
      }
    }
  }
}
