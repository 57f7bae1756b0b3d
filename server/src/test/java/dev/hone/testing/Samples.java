package dev.hone.testing;

import dev.hone.experience.Anchor;
import dev.hone.experience.Block;
import dev.hone.experience.Digest;
import dev.hone.experience.Draft;
import dev.hone.experience.Episode;
import dev.hone.experience.Evidence;
import dev.hone.experience.Experience;
import dev.hone.experience.Exposure;
import dev.hone.experience.Interaction;
import dev.hone.experience.InteractionState;
import dev.hone.experience.Kind;
import dev.hone.experience.Lesson;
import dev.hone.experience.Message;
import dev.hone.experience.Mode;
import dev.hone.experience.Outcome;
import dev.hone.experience.Role;
import dev.hone.experience.Scope;
import dev.hone.experience.State;
import dev.hone.port.Journal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plain values to test with. */
public final class Samples {

  /** When every test begins. */
  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /** The usual space. */
  public static final String SPACE = "main";

  /** The usual principal. */
  public static final String ANN = "ann";

  private Samples() {}

  public static Scope scope(String space, String principal) {
    return new Scope(space, principal, null, null, null);
  }

  public static Message user(String text) {
    return Message.text(Role.USER, text);
  }

  public static Message assistant(String text) {
    return Message.text(Role.ASSISTANT, text);
  }

  /** A fact of the type general. */
  public static Lesson fact(String when, String content) {
    return new Lesson("A title", when, content, Kind.FACT, "general");
  }

  public static Evidence judged(String interaction, String principal, String quote) {
    return new Evidence(interaction, Role.OUTCOME, quote, principal);
  }

  public static Evidence asked(String interaction, String principal, String quote) {
    return new Evidence(interaction, Role.USER, quote, principal);
  }

  public static Draft draft(Lesson lesson, Evidence... evidence) {
    return new Draft(lesson, List.of(evidence));
  }

  public static Outcome correction(String id, String interaction, String principal, String words) {
    return new Outcome(id, interaction, "correct", 0.0, words, null, principal, START);
  }

  /** An active item of {@link #ANN}'s. */
  public static Experience item(String id, Lesson lesson, int support) {
    return new Experience(id, 1, SPACE, lesson, State.ACTIVE, ANN, support, 10, 1, null);
  }

  /** A completed interaction in a conversation of its own. */
  public static Interaction interaction(
      String id, String question, String answer, Outcome... outcomes) {
    return interaction(id, scope(SPACE, ANN), "of-" + id, null, question, answer, outcomes);
  }

  public static Interaction interaction(
      String id,
      Scope scope,
      String conversation,
      @Nullable String parent,
      String question,
      String answer,
      Outcome... outcomes) {
    return new Interaction(
        id,
        scope,
        conversation,
        parent,
        InteractionState.COMPLETED,
        "a-model",
        List.of(user(question)),
        assistant(answer),
        List.of(outcomes),
        START,
        null);
  }

  public static Episode episode(Interaction... interactions) {
    return new Episode("episode", 1, SPACE, ANN, List.of(interactions));
  }

  public static Journal.Opening opening(String id, Scope scope, Message... messages) {
    return opening(id, scope, "of-" + id, null, null, START, messages);
  }

  public static Journal.Opening opening(
      String id,
      Scope scope,
      String conversation,
      @Nullable String parent,
      @Nullable Anchor anchor,
      Instant at,
      Message... messages) {
    return new Journal.Opening(
        id,
        scope,
        Mode.AUGMENT,
        "/v1/chat/completions",
        conversation,
        parent,
        "a-model",
        List.of(messages),
        Digest.of("chain", id),
        "{\"model\":\"a-model\",\"messages\":[]}",
        anchor,
        List.of(),
        at);
  }

  /** The same, in which these items were found. */
  public static Journal.Opening finding(Journal.Opening opening, List<Exposure> exposures) {
    return new Journal.Opening(
        opening.id(),
        opening.scope(),
        opening.mode(),
        opening.path(),
        opening.conversation(),
        opening.parent(),
        opening.model(),
        opening.messages(),
        opening.chain(),
        opening.parameters(),
        opening.anchor(),
        exposures,
        opening.at());
  }

  /** A whole answer with status 200. */
  public static Journal.Completion answered(Message answer) {
    return answered(answer, START);
  }

  /** A whole answer with status 200, taken at a time. */
  public static Journal.Completion answered(Message answer, Instant at) {
    return new Journal.Completion(
        InteractionState.COMPLETED,
        200,
        answer,
        answer.text().getBytes(StandardCharsets.UTF_8),
        false,
        Digest.of("after", answer.text()),
        null,
        at);
  }

  /** A block that shows one item. */
  public static Block block(String text, String... sentences) {
    return new Block(text, List.of(new Block.Shown("item", 1, 5)), 12, List.of(sentences));
  }
}
