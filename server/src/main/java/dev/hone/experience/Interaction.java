package dev.hone.experience;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One raw exchange or observation as captured. It refers to the conversation so far by {@code
 * parent} and owns only what is new.
 *
 * @param id unique, time-ordered
 * @param scope where it belongs
 * @param conversation the conversation it belongs to
 * @param parent the interaction whose messages and answer come before, if any
 * @param state how far it got
 * @param model the model asked, empty for what did not pass through the gateway
 * @param messages the messages that are new here
 * @param answer the answer, reassembled; absent until completed
 * @param outcomes what happened afterwards, oldest first
 * @param openedAt when the request was taken
 * @param episode the episode that it was put in, if any yet
 */
public record Interaction(
    String id,
    Scope scope,
    String conversation,
    @Nullable String parent,
    InteractionState state,
    String model,
    List<Message> messages,
    @Nullable Message answer,
    List<Outcome> outcomes,
    Instant openedAt,
    @Nullable String episode) {

  public Interaction {
    messages = List.copyOf(messages);
    outcomes = List.copyOf(outcomes);
  }

  /** The new messages and, behind them, the answer. */
  public List<Message> turns() {
    return answer == null ? messages : Stream.concat(messages.stream(), Stream.of(answer)).toList();
  }

  /** What was said in this role, each a text in which evidence can be quoted, word for word. */
  public List<String> said(Role role) {
    return role == Role.OUTCOME
        ? outcomes.stream().flatMap(outcome -> outcome.words().stream()).toList()
        : turns().stream()
            .filter(message -> message.role() == role)
            .flatMap(message -> message.spans().stream())
            .toList();
  }

  /** The newest user message among the new ones. */
  public Optional<Message> question() {
    for (int i = messages.size() - 1; i >= 0; i--) {
      if (messages.get(i).role() == Role.USER) {
        return Optional.of(messages.get(i));
      }
    }
    return Optional.empty();
  }
}
