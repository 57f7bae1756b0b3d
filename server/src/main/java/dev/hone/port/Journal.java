package dev.hone.port;

import dev.hone.experience.Anchor;
import dev.hone.experience.Digest;
import dev.hone.experience.Exposure;
import dev.hone.experience.Interaction;
import dev.hone.experience.InteractionState;
import dev.hone.experience.Message;
import dev.hone.experience.Mode;
import dev.hone.experience.Outcome;
import dev.hone.experience.Receipt;
import dev.hone.experience.Scope;
import dev.hone.experience.Usage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The durable log of raw interactions. When a method that writes returns, what it wrote survives
 * power loss; when the disk refuses, it throws {@link Unwritable}.
 */
public interface Journal {

  /**
   * A request as taken.
   *
   * @param id the interaction's id
   * @param scope where it belongs
   * @param mode what was asked of Hone
   * @param path the endpoint asked; empty for what did not pass through the gateway
   * @param conversation the conversation it belongs to
   * @param parent the interaction before it
   * @param model the model asked
   * @param messages the messages that the parent does not hold
   * @param chain the digest of the whole conversation up to the last message
   * @param parameters the request without its messages, as JSON
   * @param anchor the block put in, to be frozen; absent when the newest message has one already
   * @param exposures the items shown
   * @param at when
   */
  record Opening(
      String id,
      Scope scope,
      Mode mode,
      String path,
      String conversation,
      @Nullable String parent,
      String model,
      List<Message> messages,
      Digest chain,
      String parameters,
      @Nullable Anchor anchor,
      List<Exposure> exposures,
      Instant at) {}

  /**
   * An answer as received.
   *
   * @param state what the interaction becomes: completed, failed, or interrupted when the answer
   *     broke off
   * @param status HTTP status of the model's answer
   * @param answer the answer, reassembled; absent when there is none to read
   * @param raw the bytes as received, without a content coding
   * @param stream whether the bytes are server-sent events
   * @param chain the digest of the conversation up to and including the answer
   * @param usage what the model says that it cost
   * @param at when
   */
  record Completion(
      InteractionState state,
      int status,
      @Nullable Message answer,
      byte[] raw,
      boolean stream,
      @Nullable Digest chain,
      @Nullable Usage usage,
      Instant at) {

    /** The same without what was received but its status. */
    public Completion withoutBody() {
      return new Completion(state, status, null, new byte[0], stream, null, null, at);
    }
  }

  /**
   * The end of a known conversation.
   *
   * @param conversation its id
   * @param interaction the interaction that it ended with
   */
  record Turn(String conversation, String interaction) {}

  /** Writes a request down. */
  void opened(Opening opening);

  /** Writes down the answer to an opened request; one that is not open stays as it is. */
  void completed(String space, String interaction, Completion completion);

  /**
   * Takes back what an opening said of experience: the model refused it, and was asked without. The
   * anchor stays, empty, so that the block does not come back.
   */
  void withoutExperience(Opening opening);

  /**
   * An interaction as a whole with its outcomes: one that did not pass through the gateway, or
   * whose opening was refused. What of it is there already stays as it is.
   */
  record Recorded(Opening opening, Completion completion, List<Outcome> outcomes) {}

  /** Writes interactions down, in order and as one: all or none. */
  void recorded(List<Recorded> interactions);

  /** Writes one interaction down. */
  default void recorded(Opening opening, Completion completion, List<Outcome> outcomes) {
    recorded(List.of(new Recorded(opening, completion, outcomes)));
  }

  /** The newest interaction of this principal that ended in this chain. */
  Optional<Turn> endedWith(String space, String principal, Digest chain);

  /** The blocks frozen in a conversation. */
  List<Anchor> anchors(String space, String conversation);

  /** One interaction with its outcomes. */
  Optional<Interaction> interaction(String space, String id);

  /** What became of a principal's own interaction. */
  Optional<Receipt> receipt(String space, String principal, String id);

  /**
   * Which of a principal's interactions are wanted; what is absent is not asked for.
   *
   * @param state how far it got
   * @param session the application's session
   * @param conversation the conversation
   * @param since opened then or later
   * @param until opened before
   */
  record Wanted(
      @Nullable InteractionState state,
      @Nullable String session,
      @Nullable String conversation,
      @Nullable Instant since,
      @Nullable Instant until) {

    /** All of them. */
    public static final Wanted ALL = new Wanted(null, null, null, null, null);
  }

  /**
   * A principal's receipts, newest first, before this id (all when absent), at most {@code limit}.
   */
  List<Receipt> receipts(
      String space, String principal, Wanted wanted, @Nullable String before, int limit);

  /**
   * How much a space has taken.
   *
   * @param interactions by state
   * @param bytes of messages and answers as received
   * @param augmented interactions in whose prompt experience stood
   */
  record Size(Map<InteractionState, Integer> interactions, long bytes, int augmented) {}

  Size size(String space);

  /**
   * Adds an outcome to an interaction; one whose id is there already changes nothing. If its
   * episode is closed, it gets a new revision and waits to be distilled (again); what a
   * distillation that runs meanwhile makes of the old one is void. An episode of which words were
   * let go stays as it is: what is left would tell less than what was learned.
   */
  void outcome(String space, Outcome outcome);

  /** Which of these sentences Hone itself put into a prompt of this principal, up to this one's. */
  Set<String> emitted(String space, String principal, String until, List<String> sentences);

  /** The texts that Hone put into the conversation of an interaction, up to that interaction. */
  List<String> blocks(String space, String interaction);

  /** Marks what was opened and never completed as interrupted; returns how many there were. */
  int interruptUnfinished();
}
