package dev.hone.backend.store;

import dev.hone.experience.Anchor;
import dev.hone.experience.Block;
import dev.hone.experience.Digest;
import dev.hone.experience.Exposure;
import dev.hone.experience.Interaction;
import dev.hone.experience.Message;
import dev.hone.experience.Outcome;
import dev.hone.experience.Receipt;
import dev.hone.experience.Usage;
import dev.hone.port.Forgotten;
import dev.hone.port.Journal;
import dev.hone.wire.Answers;
import dev.hone.wire.Confidence;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The journal in SQL. */
public final class SqlJournal implements Journal {

  private final Database database;
  private final Interactions interactions = new Interactions();
  private final MessageCodec codec = new MessageCodec();

  public SqlJournal(Database database) {
    this.database = database;
  }

  @Override
  public void opened(Opening opening) {
    database.write(
        handle -> {
          insert(handle, opening);
          return true;
        });
  }

  @Override
  public void completed(String space, String interaction, Completion completion) {
    Integer reading = completion.raw().length == 0 ? null : Answers.VERSION;
    Double confidence = confidence(completion);
    database.write(handle -> complete(handle, space, interaction, completion, reading, confidence));
  }

  @Override
  public void withoutExperience(Opening opening) {
    database.write(
        handle -> {
          Anchor anchor = opening.anchor();
          if (anchor != null) {
            handle.execute(
                "UPDATE anchor SET text = '', items = '', tokens = 0 WHERE space = ? AND"
                    + " conversation = ? AND chain = ? AND interaction = ?",
                opening.scope().space(),
                opening.conversation(),
                anchor.chain().value(),
                opening.id());
          }
          ExposureRows.remove(handle, opening.scope().space(), opening.id());
          return true;
        });
  }

  @Override
  public void recorded(List<Recorded> interactions) {
    database.write(
        handle -> {
          interactions.forEach(each -> record(handle, each));
          return true;
        });
  }

  private static boolean isThere(Handle handle, String interaction) {
    return handle
        .createQuery("SELECT EXISTS (SELECT 1 FROM interaction WHERE id = :id)")
        .bind("id", interaction)
        .mapTo(Boolean.class)
        .one();
  }

  void record(Handle handle, Recorded each) {
    String space = each.opening().scope().space();
    if (!isThere(handle, each.opening().id())) {
      insert(handle, each.opening());
    }
    Completion completion = each.completion();
    complete(handle, space, each.opening().id(), completion, null, confidence(completion));
    each.outcomes().forEach(outcome -> insert(handle, space, outcome));
  }

  private void insert(Handle handle, Opening opening) {
    String space = opening.scope().space();
    Digest parameters = Digest.of(opening.parameters());
    handle.execute(
        "INSERT INTO parameters VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        space,
        parameters.value(),
        opening.parameters());
    handle.execute(
        "INSERT INTO interaction (id, space, principal, end_user, session, agent, mode, path,"
            + " conversation, parent, model, state, chain, parameters, opened_at) VALUES (?, ?, ?,"
            + " ?, ?, ?, ?, ?, ?, ?, ?, 'OPENED', ?, ?, ?)",
        opening.id(),
        space,
        opening.scope().principal(),
        opening.scope().user(),
        opening.scope().session(),
        opening.scope().agent(),
        opening.mode().name(),
        opening.path(),
        opening.conversation(),
        opening.parent(),
        opening.model(),
        opening.chain().value(),
        parameters.value(),
        opening.at().toEpochMilli());
    int position = 0;
    for (Message message : opening.messages()) {
      handle.execute(
          "INSERT INTO interaction_message VALUES (?, ?, ?)",
          opening.id(),
          position++,
          codec.put(handle, space, message).value());
    }
    if (opening.anchor() != null) {
      insert(handle, opening, opening.anchor());
    }
    for (Exposure exposure : opening.exposures()) {
      ExposureRows.insert(handle, space, opening.id(), exposure);
    }
  }

  private static void insert(Handle handle, Opening opening, Anchor anchor) {
    String space = opening.scope().space();
    Block block = anchor.block();
    List<String> shown = block.items().stream().map(Block.Shown::id).toList();
    if (!Marks.among(handle, space, Forgotten.Kind.ITEM, shown).isEmpty()) {
      block = Block.NONE;
    }
    handle.execute(
        "INSERT INTO anchor VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        space,
        opening.conversation(),
        anchor.chain().value(),
        block.text(),
        block.items().stream()
            .map(item -> item.id() + ":" + item.version() + ":" + item.tokens())
            .collect(Collectors.joining(",")),
        block.tokens(),
        opening.id());
    for (String sentence : block.sentences()) {
      handle.execute(
          "INSERT INTO emitted VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
          space,
          opening.scope().principal(),
          Digest.of(sentence).value(),
          opening.id());
    }
  }

  private static @Nullable Double confidence(Completion completion) {
    Message answer = completion.answer();
    OptionalDouble said = answer == null ? OptionalDouble.empty() : Confidence.of(answer.text());
    return said.isPresent() ? said.getAsDouble() : null;
  }

  /** What is forgotten since the request was sent may stand in the answer. */
  private boolean complete(
      Handle handle,
      String space,
      String id,
      Completion received,
      @Nullable Integer reading,
      @Nullable Double confidence) {
    Completion completion = Marks.shownIn(handle, space, id) ? received.withoutBody() : received;
    Message answer = completion.answer();
    Optional<Usage> usage = Optional.ofNullable(completion.usage());
    return handle.execute(
            "UPDATE interaction SET state = ?, status = ?, answer = ?, answer_chain = ?, raw = ?,"
                + " raw_stream = ?, reading = ?, prompt_tokens = ?, cached_tokens = ?,"
                + " answer_tokens = ?, confidence = ?, completed_at = ? WHERE id = ? AND space = ?"
                + " AND state ="
                + " 'OPENED'",
            completion.state().name(),
            completion.status(),
            answer == null ? null : codec.put(handle, space, answer).value(),
            completion.chain() == null ? null : completion.chain().value(),
            completion.raw(),
            completion.stream(),
            reading,
            usage.map(Usage::prompt).orElse(null),
            usage.map(Usage::cached).orElse(null),
            usage.map(Usage::answer).orElse(null),
            answer == null ? null : confidence,
            completion.at().toEpochMilli(),
            id,
            space)
        == 1;
  }

  private static int insert(Handle handle, String space, Outcome outcome) {
    return handle.execute(
        "INSERT INTO outcome SELECT ?, space, id, ?, ?, ?, ?, ?, ? FROM interaction WHERE id = ?"
            + " AND space = ? AND state <> 'FORGOTTEN' ON CONFLICT DO NOTHING",
        outcome.id(),
        outcome.metric(),
        outcome.value(),
        outcome.correction(),
        outcome.comment(),
        outcome.principal(),
        outcome.at().toEpochMilli(),
        outcome.interaction(),
        space);
  }

  @Override
  public Optional<Turn> endedWith(String space, String principal, Digest chain) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT conversation, id FROM interaction WHERE space = :space AND principal ="
                        + " :principal AND answer_chain = :chain ORDER BY id DESC LIMIT 1")
                .bind("space", space)
                .bind("principal", principal)
                .bind("chain", chain.value())
                .map((set, context) -> new Turn(set.getString(1), set.getString(2)))
                .findOne());
  }

  @Override
  public List<Anchor> anchors(String space, String conversation) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT chain, text, items, tokens FROM anchor WHERE space = :space AND"
                        + " conversation = :conversation")
                .bind("space", space)
                .bind("conversation", conversation)
                .map(
                    (set, context) ->
                        new Anchor(
                            new Digest(set.getString(1)),
                            new Block(
                                set.getString(2),
                                shown(set.getString(3)),
                                set.getInt(4),
                                List.of())))
                .list());
  }

  static List<Block.Shown> shown(String items) {
    if (items.isEmpty()) {
      return List.of();
    }
    return Stream.of(items.split(","))
        .map(item -> item.split(":"))
        .map(f -> new Block.Shown(f[0], Integer.parseInt(f[1]), Integer.parseInt(f[2])))
        .toList();
  }

  @Override
  public Optional<Interaction> interaction(String space, String id) {
    return database.read(handle -> interactions.one(handle, space, id));
  }

  @Override
  public Optional<Receipt> receipt(String space, String principal, String id) {
    return database.read(
        handle ->
            interactions
                .one(handle, space, id)
                .filter(found -> found.scope().principal().equals(principal))
                .map(found -> Receipts.of(handle, found)));
  }

  @Override
  public List<Receipt> receipts(
      String space, String principal, Wanted wanted, @Nullable String before, int limit) {
    return database.read(
        handle ->
            Receipts.ids(handle, space, principal, wanted, before, limit).stream()
                .flatMap(id -> interactions.one(handle, space, id).stream())
                .map(found -> Receipts.of(handle, found))
                .toList());
  }

  @Override
  public Size size(String space) {
    return database.read(handle -> Receipts.size(handle, space));
  }

  @Override
  public void outcome(String space, Outcome outcome) {
    database.write(handle -> outcome(handle, space, outcome));
  }

  static int outcome(Handle handle, String space, Outcome outcome) {
    return insert(handle, space, outcome) == 0 ? 0 : Judging.reach(handle, space, outcome);
  }

  @Override
  public Set<String> emitted(String space, String principal, String until, List<String> sentences) {
    if (sentences.isEmpty()) {
      return Set.of();
    }
    Map<String, String> byDigest = new HashMap<>();
    sentences.forEach(sentence -> byDigest.put(Digest.of(sentence).value(), sentence));
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT digest FROM emitted WHERE space = :space AND principal = :principal AND"
                        + " interaction <= :until AND digest IN (<digests>)")
                .bind("until", until)
                .bind("space", space)
                .bind("principal", principal)
                .bindList("digests", List.copyOf(byDigest.keySet()))
                .mapTo(String.class)
                .stream()
                .map(digest -> byDigest.getOrDefault(digest, ""))
                .collect(Collectors.toSet()));
  }

  @Override
  public List<String> blocks(String space, String interaction) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT a.text FROM anchor a JOIN interaction i ON a.space = i.space AND"
                        + " a.conversation = i.conversation AND a.interaction <= i.id WHERE i.id ="
                        + " :id AND i.space = :space AND a.text <> '' ORDER BY a.interaction")
                .bind("id", interaction)
                .bind("space", space)
                .mapTo(String.class)
                .list());
  }

  @Override
  public int interruptUnfinished() {
    return database.write(
        handle ->
            handle.execute("UPDATE interaction SET state = 'INTERRUPTED' WHERE state = 'OPENED'"));
  }
}
