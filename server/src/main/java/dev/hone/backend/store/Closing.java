package dev.hone.backend.store;

import dev.hone.experience.Exposure;
import dev.hone.experience.Usage;
import dev.hone.port.Confidences;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Closes sessions: what they found and what came of them becomes rows that do not change; and how
 * sure the model was of each answer that was judged, whether or not the session found anything.
 */
final class Closing {

  /** What was opened since the mark, oldest first. */
  private static final String NEXT =
      "SELECT id, space, conversation, opened_at FROM interaction WHERE state <> 'EXPIRED' AND"
          + " (opened_at, id) > (:at, :id) AND opened_at <= :until ORDER BY opened_at, id LIMIT"
          + " :most";

  private static final String OF_CONVERSATION =
      "SELECT id, opened_at, prompt_tokens, cached_tokens, answer_tokens, confidence FROM"
          + " interaction WHERE conversation = :conversation AND space = :space AND source IS NULL"
          + " AND state NOT IN ('FORGOTTEN', 'OPENED') ORDER BY opened_at, id";

  /** What counts of what was said of an interaction: the last word of each principal. */
  private static final String SAID =
      """
      SELECT metric, avg(value) AS value FROM (
        SELECT o.metric, coalesce(o.value, 0.0) AS value,
          row_number() OVER (PARTITION BY o.metric, o.principal ORDER BY o.at DESC, o.id DESC)
            AS newest
        FROM outcome o
        WHERE o.interaction = :id AND o.space = :space
          AND (o.value IS NOT NULL OR o.correction IS NOT NULL))
      WHERE newest = 1 GROUP BY metric
      """;

  private static final String INSERT =
      "INSERT INTO session (space, conversation, arm, holdout, type, interactions, tokens,"
          + " cached_tokens, answer_tokens, began_at, closed_at) VALUES (:space, :conversation,"
          + " :arm, :holdout, :type, :interactions, :tokens, :cached, :answer, :began, :closed)";

  /** An answer is judged once. */
  private static final String CONFIDENCE =
      "INSERT INTO confidence VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";

  private final Handle handle;
  private final Instant until;
  private final Instant now;

  Closing(Handle handle, Instant until, Instant now) {
    this.handle = handle;
    this.until = until;
    this.now = now;
  }

  private record Mark(long openedAt, String interaction) {}

  private record Candidate(String id, String space, String conversation, long openedAt) {}

  private record Turn(
      String id, long openedAt, @Nullable Usage usage, @Nullable Double confidence) {

    static Turn of(ResultSet set) throws SQLException {
      int prompt = set.getInt("prompt_tokens");
      Usage usage =
          set.wasNull()
              ? null
              : new Usage(prompt, set.getInt("cached_tokens"), set.getInt("answer_tokens"));
      return new Turn(
          set.getString("id"),
          set.getLong("opened_at"),
          usage,
          (Double) set.getObject("confidence"));
    }
  }

  /** Returns whether there may be more. */
  boolean run(int most) {
    Mark mark =
        handle
            .createQuery("SELECT opened_at, interaction FROM session_mark")
            .map((set, context) -> new Mark(set.getLong(1), set.getString(2)))
            .findOne()
            .orElse(new Mark(Long.MIN_VALUE, ""));
    List<Candidate> next =
        handle
            .createQuery(NEXT)
            .bind("at", mark.openedAt)
            .bind("id", mark.interaction)
            .bind("until", until.toEpochMilli())
            .bind("most", most)
            .map(
                (set, context) ->
                    new Candidate(
                        set.getString(1), set.getString(2), set.getString(3), set.getLong(4)))
            .list();
    if (next.isEmpty()) {
      return false;
    }
    Set<List<String>> seen = new HashSet<>();
    next.stream()
        .filter(each -> !each.conversation.isEmpty())
        .filter(each -> seen.add(List.of(each.space, each.conversation)))
        .forEach(each -> close(each.space, each.conversation));
    Candidate last = next.getLast();
    handle.execute("DELETE FROM session_mark");
    handle.execute("INSERT INTO session_mark VALUES (?, ?)", last.openedAt, last.id);
    return next.size() == most;
  }

  private void close(String space, String conversation) {
    List<Turn> turns =
        handle
            .createQuery(OF_CONVERSATION)
            .bind("space", space)
            .bind("conversation", conversation)
            .map((set, context) -> Turn.of(set))
            .list();
    if (turns.isEmpty() || turns.getLast().openedAt > until.toEpochMilli()) {
      return;
    }
    turns.forEach(turn -> confidence(space, turn));
    if (isClosed(space, conversation)) {
      return;
    }
    List<Turn> since = new ArrayList<>();
    Map<List<Object>, Exposure> found = new LinkedHashMap<>();
    for (Turn turn : turns) {
      List<Exposure> exposures = ExposureRows.of(handle, space, turn.id);
      exposures.stream()
          .sorted(Comparator.comparingInt(Exposure::rank))
          .forEach(each -> found.putIfAbsent(List.of(each.experience(), each.version()), each));
      if (!found.isEmpty()) {
        since.add(turn);
      }
    }
    if (!found.isEmpty()) {
      write(space, conversation, since, List.copyOf(found.values()));
    }
  }

  /** Notes how sure the model was of an answer, and what came of it. */
  private void confidence(String space, Turn turn) {
    if (turn.confidence == null) {
      return;
    }
    Map<String, Double> said = said(space, turn);
    if (said.isEmpty()) {
      return;
    }
    Confidences.Arm arm = arm(ExposureRows.of(handle, space, turn.id));
    LocalDate day = LocalDate.ofInstant(Instant.ofEpochMilli(turn.openedAt), ZoneOffset.UTC);
    said.forEach(
        (metric, value) ->
            handle.execute(
                CONFIDENCE,
                turn.id,
                metric,
                space,
                day.toString(),
                arm.name().toLowerCase(Locale.ROOT),
                turn.confidence,
                value));
  }

  private static Confidences.Arm arm(List<Exposure> exposures) {
    if (exposures.stream().anyMatch(each -> each.arm().shown())) {
      return Confidences.Arm.SHOWN;
    }
    return exposures.stream().anyMatch(each -> each.arm() == Exposure.Arm.HOLDOUT)
        ? Confidences.Arm.HOLDOUT
        : Confidences.Arm.NOTHING;
  }

  private Map<String, Double> said(String space, Turn turn) {
    Map<String, Double> said = new TreeMap<>();
    handle
        .createQuery(SAID)
        .bind("space", space)
        .bind("id", turn.id)
        .map((set, context) -> Map.entry(set.getString(1), set.getDouble(2)))
        .forEach(each -> said.put(each.getKey(), each.getValue()));
    return said;
  }

  private boolean isClosed(String space, String conversation) {
    return handle
        .createQuery(
            "SELECT EXISTS (SELECT 1 FROM session WHERE space = :space AND conversation ="
                + " :conversation)")
        .bind("space", space)
        .bind("conversation", conversation)
        .mapTo(Boolean.class)
        .one();
  }

  /** The arm is that of what was found first: a session is drawn once. */
  private void write(String space, String conversation, List<Turn> turns, List<Exposure> found) {
    Exposure first = found.getFirst();
    boolean heldOut = first.arm() == Exposure.Arm.HOLDOUT;
    long session =
        handle
            .createUpdate(INSERT)
            .bind("space", space)
            .bind("conversation", conversation)
            .bind("arm", heldOut ? "holdout" : "shown")
            .bind("holdout", first.holdout())
            .bind("type", type(space, first))
            .bind("interactions", turns.size())
            .bind("tokens", tokens(turns, usage -> usage.prompt() + usage.answer()))
            .bind("cached", tokens(turns, Usage::cached))
            .bind("answer", tokens(turns, Usage::answer))
            .bind("began", turns.getFirst().openedAt)
            .bind("closed", now.toEpochMilli())
            .executeAndReturnGeneratedKeys("id")
            .mapTo(Long.class)
            .one();
    for (Exposure each : heldOut ? List.<Exposure>of() : found) {
      handle.execute(
          "INSERT INTO session_item VALUES (?, ?, ?, ?, ?, ?)",
          session,
          space,
          each.experience(),
          each.version(),
          each.arm().shown(),
          Math.min(1, each.probability() / (1 - each.holdout())));
    }
    means(space, turns)
        .forEach(
            (metric, value) ->
                handle.execute(
                    "INSERT INTO session_value VALUES (?, ?, ?, ?)",
                    session,
                    space,
                    metric,
                    value));
  }

  private @Nullable String type(String space, Exposure first) {
    return handle
        .createQuery(
            "SELECT type FROM version WHERE space = :space AND experience = :experience AND version"
                + " = :version")
        .bind("space", space)
        .bind("experience", first.experience())
        .bind("version", first.version())
        .mapTo(String.class)
        .findOne()
        .orElse(null);
  }

  private static @Nullable Integer tokens(List<Turn> turns, ToIntFunction<Usage> which) {
    int sum = 0;
    for (Turn turn : turns) {
      if (turn.usage == null) {
        return null;
      }
      sum += which.applyAsInt(turn.usage);
    }
    return sum;
  }

  /** By metric, the mean over the interactions of which something was said. */
  private Map<String, Double> means(String space, List<Turn> turns) {
    Map<String, List<Double>> values = new HashMap<>();
    for (Turn turn : turns) {
      said(space, turn)
          .forEach(
              (metric, value) ->
                  values.computeIfAbsent(metric, any -> new ArrayList<>()).add(value));
    }
    Map<String, Double> means = new TreeMap<>();
    values.forEach(
        (metric, all) ->
            means.put(
                metric, all.stream().mapToDouble(Double::doubleValue).average().orElseThrow()));
    return means;
  }
}
