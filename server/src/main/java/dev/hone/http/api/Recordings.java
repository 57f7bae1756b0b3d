package dev.hone.http.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.experience.Digest;
import dev.hone.experience.InteractionState;
import dev.hone.experience.Message;
import dev.hone.experience.Mode;
import dev.hone.experience.Outcome;
import dev.hone.experience.Role;
import dev.hone.experience.Scope;
import dev.hone.frontend.capture.Conversations;
import dev.hone.http.exchange.Exchange;
import dev.hone.http.exchange.Problem;
import dev.hone.http.exchange.Schema;
import dev.hone.http.exchange.Struct;
import dev.hone.port.Ids;
import dev.hone.port.Journal;
import dev.hone.wire.Malformed;
import dev.hone.wire.Messages;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the interactions of one request. One that goes on with another of the same request belongs
 * to its conversation.
 */
final class Recordings {

  /** What an interaction may say. */
  static final Struct SHAPE =
      Struct.of()
          .required(
              "messages",
              Schema.list(
                  Struct.of()
                      .required("role", Schema.text(), "system, user, assistant, tool, environment")
                      .optional("content", Schema.anything(), "")
                      .andOthers(),
                  1,
                  10_000),
              "The conversation so far, as in the OpenAI protocol.")
          .optional("answer", Schema.text(), "The answer, unless the last message is it.")
          .optional("model", Schema.text(0, 256), "Who answered.")
          .optional("user", Schema.anything(), "The application's user.")
          .optional(
              "metadata",
              Struct.of().andOthers(),
              "Of it user_id, session_id (or run_id) and agent_id are read.")
          .and(Outcomes.SHAPE);

  private final Conversations conversations;
  private final Ids ids;
  private final InstantSource clock;
  private final Map<Digest, Journal.Turn> ended = new HashMap<>();

  Recordings(Conversations conversations, Ids ids, InstantSource clock) {
    this.conversations = conversations;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * Reads one.
   *
   * @param at its place in the request, as a JSON pointer
   */
  Journal.Recorded read(JsonNode body, Scope scope, String at) {
    List<Message> messages = messages(body, at);
    Message answer = answer(body, messages);
    List<Digest> chain = new ArrayList<>();
    Digest last = Digest.of();
    for (Message message : messages) {
      last = last.then(message.digest());
      chain.add(last);
    }
    Digest end = last.then(answer.digest());
    Conversations.Place place =
        goingOn(scope, chain).orElseGet(() -> conversations.locate(scope, messages, chain));
    String id = ids.next();
    ended.put(end, new Journal.Turn(place.conversation(), id));
    List<Outcome> outcomes = Outcomes.read(body, id, scope.principal(), ids, clock);
    return new Journal.Recorded(
        new Journal.Opening(
            id,
            scope,
            Mode.CAPTURE,
            "",
            place.conversation(),
            place.parent(),
            Exchange.text(body, "model").orElse(""),
            messages.subList(place.newFrom(), messages.size()),
            last,
            "{}",
            null,
            List.of(),
            clock.instant()),
        new Journal.Completion(
            InteractionState.COMPLETED,
            200,
            answer,
            body.toString().getBytes(StandardCharsets.UTF_8),
            false,
            end,
            null,
            clock.instant()),
        outcomes);
  }

  /** The place behind another interaction of this request, if there is one; not across sessions. */
  private Optional<Conversations.Place> goingOn(Scope scope, List<Digest> chain) {
    if (scope.session() != null) {
      return Optional.empty();
    }
    for (int i = chain.size() - 2; i >= 0; i--) {
      Journal.Turn turn = ended.get(chain.get(i));
      if (turn != null) {
        return Optional.of(
            new Conversations.Place(turn.conversation(), turn.interaction(), i + 1, Map.of()));
      }
    }
    return Optional.empty();
  }

  private static List<Message> messages(JsonNode body, String at) {
    List<Message> messages = new ArrayList<>();
    for (JsonNode message : body.path("messages")) {
      String place = "messages[" + messages.size() + "]";
      try {
        messages.add(Messages.read(message, place));
      } catch (Malformed e) {
        throw Problem.invalid(
            List.of(
                Problem.Fault.inBody(at + "/messages/" + messages.size(), e.getMessage() + ".")));
      }
    }
    return messages;
  }

  /**
   * The answer given, or the last message if it is the assistant's; else an empty one. Where the
   * environment has the last word, what was done and what was observed stay among the messages, in
   * their order.
   */
  private static Message answer(JsonNode body, List<Message> messages) {
    Optional<String> given = Exchange.text(body, "answer");
    if (given.isPresent()) {
      return Message.text(Role.ASSISTANT, given.get());
    }
    if (messages.size() > 1 && messages.getLast().role() == Role.ASSISTANT) {
      return messages.removeLast();
    }
    return new Message(Role.ASSISTANT, List.of());
  }
}
