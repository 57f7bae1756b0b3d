package dev.hone.backend.store;

import dev.hone.experience.Commit;
import dev.hone.experience.Digest;
import dev.hone.experience.Selection;
import dev.hone.port.Forgetting;
import dev.hone.port.Tokens;
import dev.hone.similarity.Analysis;
import dev.hone.similarity.Background;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Forgetting in SQL. */
public final class SqlForgetting implements Forgetting {

  private final Database database;
  private final CommitWriter writer;
  private final TellingWords telling;
  private final int quorum;
  private final UnaryOperator<String> keyed;

  /** Held while rows are known by their number, which a file that is written anew changes. */
  private final ReentrantLock numbers = new ReentrantLock();

  /**
   * @param quorum distinct principals whose outcomes make an item active
   * @param keyed makes digests with a key that stays in the data folder
   */
  public SqlForgetting(
      Database database,
      InstantSource clock,
      Tokens tokens,
      Analysis analysis,
      Background background,
      int quorum,
      UnaryOperator<String> keyed) {
    this.database = database;
    this.writer = new CommitWriter(clock, tokens);
    this.telling = new TellingWords(analysis, background);
    this.quorum = quorum;
    this.keyed = keyed;
  }

  /** What a plan is made of. */
  private record Planned(Survey survey, Consequences consequences, Plan plan) {}

  @Override
  public Plan plan(String space, Selection selection) {
    return database.read(handle -> planned(handle, space, selection).plan);
  }

  private Planned planned(Handle handle, String space, Selection selection) {
    Survey survey = new Survey(handle, space, selection, telling);
    Consequences consequences = new Consequences(handle, space, survey, quorum);
    Set<String> interactions = survey.selected().interactions();
    List<Affected> items = new ArrayList<>();
    consequences
        .fates()
        .forEach(
            (id, fate) -> {
              ItemHistory item = survey.item(id);
              if (!item.isPurged()) {
                items.add(
                    new Affected(
                        id,
                        item.head().lesson().title(),
                        item.head().state(),
                        item.head().owner(),
                        fate));
              }
            });
    Set<String> all =
        TellingWords.union(List.of(interactions, survey.answers(), consequences.again()));
    Set<String> episodes = ForgottenEpisodes.of(handle, space, all);
    int outcomes =
        survey.selected().outcomes().size()
            + count(
                handle,
                "SELECT count(*) FROM outcome WHERE interaction IN (<ids>)",
                interactions,
                survey.selected().outcomes());
    return new Planned(
        survey,
        consequences,
        new Plan(
            List.copyOf(interactions),
            conversations(handle, interactions),
            outcomes,
            survey.answers().size(),
            survey.evidence().size(),
            items,
            List.copyOf(episodes),
            commits(handle, space, selection),
            token(survey, items)));
  }

  private static List<String> commits(Handle handle, String space, Selection selection) {
    if (selection.by() != Selection.By.QUERY && selection.by() != Selection.By.SOURCE) {
      return List.of();
    }
    Phrase phrase = Phrase.of(selection.value());
    return handle
        .createQuery("SELECT id, reason FROM pool_commit WHERE space = :space ORDER BY sequence")
        .bind("space", space)
        .map((set, context) -> phrase.in(set.getString(2)) ? set.getString(1) : "")
        .filter(id -> !id.isEmpty())
        .list();
  }

  private static int conversations(Handle handle, Set<String> interactions) {
    Set<String> found = new HashSet<>();
    for (List<String> some : Vault.batches(interactions)) {
      found.addAll(
          handle
              .createQuery("SELECT DISTINCT conversation FROM interaction WHERE id IN (<ids>)")
              .bindList("ids", some)
              .mapTo(String.class)
              .list());
    }
    return found.size();
  }

  /** Rows of some interactions, but for those of these ids. */
  private static int count(Handle handle, String query, Set<String> ids, Set<String> but) {
    int sum = 0;
    for (List<String> some : Vault.batches(ids)) {
      sum +=
          handle
              .createQuery(
                  query
                      + (but.isEmpty() ? "" : " AND id NOT IN (SELECT value FROM json_each(:but))"))
              .bindList("ids", some)
              .bindMap(but.isEmpty() ? Map.of() : Map.of("but", json(but)))
              .mapTo(Integer.class)
              .one();
    }
    return sum;
  }

  private static String json(Set<String> ids) {
    return ids.stream().collect(Collectors.joining("\",\"", "[\"", "\"]"));
  }

  private static String token(Survey survey, List<Affected> items) {
    List<String> covered = new ArrayList<>(survey.selected().interactions());
    covered.add("answers");
    covered.addAll(survey.answers());
    covered.add("evidence");
    survey.evidence().values().stream().sorted().forEach(covered::add);
    covered.add("items");
    items.forEach(
        item ->
            covered.add(
                item.id() + ":" + survey.item(item.id()).head().version() + ":" + item.fate()));
    return Digest.of(covered.toArray(String[]::new)).value().substring(0, 32);
  }

  @Override
  public Result execute(Order order) {
    numbers.lock();
    try {
      return database.read(
          handle -> {
            Planned planned = planned(handle, order.space(), order.selection());
            return planned.plan.token().equals(order.token())
                ? database.write(write -> carriedOut(write, order, planned))
                : new Result.Stale(planned.plan);
          });
    } finally {
      numbers.unlock();
    }
  }

  /** Carries a plan out, unless what was answered meanwhile makes it another. */
  private Result carriedOut(Handle handle, Order order, Planned before) {
    Planned planned =
        before.survey.isOutdated(handle)
            ? planned(handle, order.space(), order.selection())
            : before;
    return planned.plan.token().equals(order.token())
        ? new Result.Done(carryOut(handle, order, planned))
        : new Result.Stale(planned.plan);
  }

  private Entry carryOut(Handle handle, Order order, Planned planned) {
    Optional<Commit> commit =
        new Removal(handle, order, planned.survey, planned.consequences, keyed).run(writer);
    Plan plan = planned.plan;
    handle.execute(
        "INSERT INTO forgetting (id, space, kind, digest, state, author, at, purge_at, sequence,"
            + " interactions, conversations, outcomes, answers, evidence, items) VALUES (?, ?, ?,"
            + " ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        order.id(),
        order.space(),
        order.selection().by().name(),
        keyed.apply(order.selection().by() + ":" + order.selection().value()),
        Stage.FORGOTTEN.name(),
        order.author(),
        order.at().toEpochMilli(),
        order.purgeAt().toEpochMilli(),
        commit.map(Commit::sequence).orElse(null),
        plan.interactions().size(),
        plan.conversations(),
        plan.outcomes(),
        plan.answers(),
        plan.evidence(),
        plan.items().size());
    return entries(handle, "id = :id", Map.of("id", order.id())).getFirst();
  }

  @Override
  public Result undo(String space, String id, String author) {
    return database.write(
        handle -> {
          Optional<Entry> found =
              entries(handle, "id = :id AND space = :space", Map.of("id", id, "space", space))
                  .stream()
                  .findFirst();
          if (found.isEmpty()) {
            return new Result.Missing();
          }
          if (found.get().stage() != Stage.FORGOTTEN) {
            return new Result.TooLate(found.get());
          }
          Optional<Entry> later =
              entries(
                      handle,
                      "space = :space AND state <> 'UNDONE' AND rowid > (SELECT f.rowid FROM"
                          + " forgetting f WHERE f.id = :id) ORDER BY rowid DESC LIMIT 1",
                      Map.of("id", id, "space", space))
                  .stream()
                  .findFirst();
          if (later.isPresent()) {
            return new Result.Later(later.get());
          }
          new Recovery(handle, space, id).run(writer, author);
          return new Result.Done(entries(handle, "id = :id", Map.of("id", id)).getFirst());
        });
  }

  @Override
  public Optional<Entry> entry(String space, String id) {
    return database.read(
        handle ->
            entries(handle, "id = :id AND space = :space", Map.of("id", id, "space", space))
                .stream()
                .findFirst());
  }

  @Override
  public List<Entry> list(
      String space, @Nullable String author, @Nullable String before, int limit) {
    Map<String, @Nullable Object> values = new HashMap<>();
    values.put("space", space);
    values.put("author", author);
    values.put("before", before == null ? "~" : before);
    values.put("limit", limit);
    return database.read(
        handle ->
            entries(
                handle,
                "space = :space AND (:author IS NULL OR author = :author) AND id < :before ORDER BY"
                    + " id DESC LIMIT :limit",
                values));
  }

  @Override
  public List<Entry> due(Instant now) {
    return database.read(
        handle ->
            entries(
                handle,
                "state = 'PURGING' OR (state = 'FORGOTTEN' AND purge_at <= :now) ORDER BY purge_at,"
                    + " id",
                Map.of("now", now.toEpochMilli())));
  }

  @Override
  public Optional<Instant> nextDue() {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT min(purge_at) FROM forgetting WHERE state IN ('FORGOTTEN', 'PURGING')")
                .mapTo(Long.class)
                .findOne()
                .map(Instant::ofEpochMilli));
  }

  @Override
  public void destroy(String id) {
    database.write(
        handle -> {
          // Rows keep their order when the file is written anew.
          handle.execute(
              "UPDATE forgetting SET state = 'PURGING' WHERE state = 'FORGOTTEN' AND EXISTS (SELECT"
                  + " 1 FROM forgetting f WHERE f.id = ? AND f.state <> 'UNDONE' AND f.space ="
                  + " forgetting.space AND f.rowid >= forgetting.rowid)",
              id);
          return handle.execute(
              "DELETE FROM sealed WHERE forgetting IN (SELECT id FROM forgetting WHERE state ="
                  + " 'PURGING')");
        });
  }

  @Override
  public void wipe() {
    numbers.lock();
    try {
      database.rewrite();
    } finally {
      numbers.unlock();
    }
  }

  @Override
  public void purged(String id) {
    database.write(
        handle ->
            handle.execute(
                "UPDATE forgetting SET state = 'PURGED' WHERE id = ? AND state = 'PURGING'", id));
  }

  @Override
  public Set<String> forgotten(String space, Kind kind, Collection<String> ids) {
    if (kind != Kind.SOURCE) {
      return database.read(handle -> Marks.among(handle, space, kind, ids));
    }
    Map<String, String> digests = new HashMap<>();
    ids.forEach(id -> digests.put(keyed.apply(id), id));
    return database.read(handle -> Marks.among(handle, space, kind, digests.keySet())).stream()
        .map(digest -> digests.getOrDefault(digest, ""))
        .collect(Collectors.toSet());
  }

  private static List<Entry> entries(
      Handle handle, String condition, Map<String, ? extends @Nullable Object> values) {
    return handle
        .createQuery("SELECT * FROM forgetting WHERE " + condition)
        .bindMap(values)
        .map((set, context) -> entry(set))
        .list();
  }

  private static Entry entry(ResultSet set) throws SQLException {
    return new Entry(
        set.getString("id"),
        set.getString("space"),
        Selection.By.valueOf(set.getString("kind")),
        Stage.valueOf(set.getString("state")),
        set.getString("author"),
        Instant.ofEpochMilli(set.getLong("at")),
        Instant.ofEpochMilli(set.getLong("purge_at")),
        set.getInt("interactions"),
        set.getInt("conversations"),
        set.getInt("outcomes"),
        set.getInt("answers"),
        set.getInt("evidence"),
        set.getInt("items"));
  }
}
