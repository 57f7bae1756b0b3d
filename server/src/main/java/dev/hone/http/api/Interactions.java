package dev.hone.http.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.experience.Digest;
import dev.hone.experience.Message;
import dev.hone.experience.Mode;
import dev.hone.experience.Outcome;
import dev.hone.experience.Role;
import dev.hone.experience.Scope;
import dev.hone.frontend.capture.Conversations;
import dev.hone.http.exchange.Callers;
import dev.hone.http.exchange.Exchange;
import dev.hone.http.exchange.Operation;
import dev.hone.http.exchange.Problem;
import dev.hone.port.Ids;
import dev.hone.port.Journal;
import dev.hone.port.Keys;
import dev.hone.wire.Malformed;
import dev.hone.wire.Messages;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/v1/interactions}: takes what does not pass through the gateway, and gives receipts.
 */
public final class Interactions implements Operation.Service {

  private final Exchange exchange;
  private final Callers callers;
  private final Journal journal;
  private final Conversations conversations;
  private final Runnable wake;
  private final Ids ids;
  private final InstantSource clock;
  private final Views views = new Views();

  public Interactions(
      Exchange exchange,
      Callers callers,
      Journal journal,
      Conversations conversations,
      Runnable wake,
      Ids ids,
      InstantSource clock) {
    this.exchange = exchange;
    this.callers = callers;
    this.journal = journal;
    this.conversations = conversations;
    this.wake = wake;
    this.ids = ids;
    this.clock = clock;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        Operation.of(Keys.Role.CLIENT, "POST", "/api/v1/interactions", this::take),
        Operation.of(Keys.Role.CLIENT, "GET", "/api/v1/interactions", this::list),
        Operation.of(Keys.Role.CLIENT, "GET", "/api/v1/interactions/{id}", this::receipt));
  }

  /**
   * Takes {@code {"messages": [...], "answer"?: …, "correction"?: …, "reward"?: …, "comment"?: …}}:
   * the conversation so far, whose last assistant message is the answer unless one is given, and
   * what is known of its outcome.
   */
  private void take(ServerRequest request, ServerResponse response) {
    JsonNode body = exchange.object(request);
    Scope scope = callers.scope(request, body);
    List<Message> messages = messages(body);
    Message answer = answer(body, messages);
    List<Digest> chain = new ArrayList<>();
    Digest last = Digest.of();
    for (Message message : messages) {
      last = last.then(message.digest());
      chain.add(last);
    }
    Conversations.Place place = conversations.locate(scope, messages, chain);
    String id = ids.next();
    List<Outcome> outcomes = Outcomes.read(body, id, scope.principal(), ids, clock);
    journal.recorded(
        new Journal.Opening(
            id,
            scope,
            Mode.CAPTURE,
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
            true,
            200,
            answer,
            body.toString().getBytes(StandardCharsets.UTF_8),
            false,
            last.then(answer.digest()),
            clock.instant()),
        outcomes);
    wake.run();
    exchange.send(response, 201, Map.of("id", id));
  }

  private static List<Message> messages(JsonNode body) {
    JsonNode given = body.path("messages");
    if (!given.isArray() || given.isEmpty()) {
      throw Problem.badRequest(
          "'messages' must be a non-empty list of {\"role\": …, \"content\": …} objects.");
    }
    List<Message> messages = new ArrayList<>();
    try {
      for (JsonNode message : given) {
        messages.add(Messages.read(message, "messages[" + messages.size() + "]"));
      }
    } catch (Malformed e) {
      throw Problem.badRequest(e.getMessage() + ".");
    }
    return messages;
  }

  /**
   * The answer given, or the last message if it is the assistant's; else an empty one. Where the
   * environment has the last word, what was done and what was observed stay among the messages, in
   * their order.
   */
  private static Message answer(JsonNode body, List<Message> messages) {
    @Nullable String given = Exchange.text(body, "answer").orElse(null);
    if (given != null) {
      return Message.text(Role.ASSISTANT, given);
    }
    if (messages.size() > 1 && messages.getLast().role() == Role.ASSISTANT) {
      return messages.removeLast();
    }
    return new Message(Role.ASSISTANT, List.of());
  }

  private void list(ServerRequest request, ServerResponse response) {
    String space = callers.space(request);
    int limit = Exchange.number(request, "limit", 50, 1, 500);
    exchange.send(
        response,
        200,
        views.list(
            journal
                .receipts(
                    space,
                    callers.principal(request),
                    Exchange.parameter(request, "before").orElse(null),
                    limit)
                .stream()
                .map(views::receipt)
                .toList()));
  }

  private void receipt(ServerRequest request, ServerResponse response) {
    String space = callers.space(request);
    String id = Exchange.inPath(request, "id");
    exchange.send(
        response,
        200,
        journal
            .receipt(space, callers.principal(request), id)
            .map(views::receipt)
            .orElseThrow(
                () ->
                    Problem.notFound(
                        "Space '" + space + "' has no interaction '" + id + "' of yours.")));
  }
}
