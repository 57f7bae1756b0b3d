package dev.hone.http.api;

import dev.hone.experience.Digest;
import dev.hone.experience.InteractionState;
import dev.hone.experience.Message;
import dev.hone.experience.Mode;
import dev.hone.experience.Outcome;
import dev.hone.experience.Role;
import dev.hone.experience.Scope;
import dev.hone.port.Carried;
import dev.hone.port.Ids;
import dev.hone.port.Journal;
import dev.hone.wire.ChatRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes the records of a log the interactions of conversations. A record of instructions goes
 * before those behind it that bring none of their own.
 */
final class ChatLog {

  private final String space;
  private final String principal;
  private final String source;
  private final Ids ids;
  private final Instant now;
  private List<Message> instructions = List.of();

  /**
   * @param space where they go
   * @param principal who imports them, and is answerable for them
   * @param source the log's name
   * @param now when they come in; those that do not say when they were are of this time too
   */
  ChatLog(String space, String principal, String source, Ids ids, Instant now) {
    this.space = space;
    this.principal = principal;
    this.source = source;
    this.ids = ids;
    this.now = now;
  }

  /** The conversation of a record; none for instructions. */
  List<Carried.Recording> conversation(ChatRecord record) {
    if (record.instructs()) {
      instructions = record.messages();
      return List.of();
    }
    boolean instructed = record.messages().getFirst().role() == Role.SYSTEM;
    List<Message> before = instructed ? List.of() : instructions;
    String conversation = Digest.of("import", space, source, record.id()).value().substring(0, 32);
    List<Carried.Recording> recordings = new ArrayList<>();
    Digest chain = Digest.of();
    String parent = null;
    int said = -1;
    for (ChatRecord.Turn turn : record.turns()) {
      List<Message> messages = new ArrayList<>(recordings.isEmpty() ? before : List.of());
      messages.addAll(turn.messages());
      for (Message message : messages) {
        chain = chain.then(message.digest());
      }
      String id = ids.next();
      String key = source + "#" + record.id() + "#" + recordings.size();
      Digest end = chain.then(turn.answer().digest());
      recordings.add(
          Carried.Recording.of(
              new Journal.Recorded(
                  opening(record, id, conversation, parent, messages, chain),
                  completion(turn.answer(), end),
                  outcomes(record, id, key, said, turn.last())),
              key));
      chain = end;
      parent = id;
      said = turn.last();
    }
    return recordings;
  }

  private Journal.Opening opening(
      ChatRecord record,
      String id,
      String conversation,
      @Nullable String parent,
      List<Message> messages,
      Digest chain) {
    String session = Objects.requireNonNullElse(record.session(), source + "/" + record.id());
    return new Journal.Opening(
        id,
        new Scope(space, principal, record.user(), session, record.agent()),
        Mode.CAPTURE,
        "",
        conversation,
        parent,
        record.model(),
        messages,
        chain,
        "{}",
        null,
        List.of(),
        Objects.requireNonNullElse(record.at(), now));
  }

  private Journal.Completion completion(Message answer, Digest end) {
    return new Journal.Completion(
        InteractionState.COMPLETED, 200, answer, new byte[0], false, end, null, now);
  }

  /**
   * The judgements of messages behind {@code after}, up to {@code last}; known again by what they
   * say.
   */
  private List<Outcome> outcomes(
      ChatRecord record, String interaction, String key, int after, int last) {
    List<Outcome> outcomes = new ArrayList<>();
    for (ChatRecord.Judgement each : record.judgements()) {
      if (each.message() > after && each.message() <= last) {
        String said =
            Digest.of(
                    space,
                    key,
                    each.metric(),
                    String.valueOf(each.value()),
                    String.valueOf(each.correction()),
                    String.valueOf(each.comment()))
                .value()
                .substring(0, 32);
        outcomes.add(
            new Outcome(
                said,
                interaction,
                each.metric(),
                each.value(),
                each.correction(),
                each.comment(),
                principal,
                now));
      }
    }
    return outcomes;
  }
}
