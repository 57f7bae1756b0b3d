package dev.hone.backend.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.experience.EpisodeState;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Episodes that lose interactions, or are to be learned from again: what runs of an earlier
 * revision is void, and what they said of themselves goes.
 */
final class ForgottenEpisodes {

  private static final String TABLE = "episode";
  private static final String NOTHING_LEFT = "all of it was forgotten";
  private static final String LESS_LEFT = "some of it was forgotten";

  private final Handle handle;
  private final Vault vault;

  ForgottenEpisodes(Handle handle, Vault vault) {
    this.handle = handle;
    this.vault = vault;
  }

  /** The episodes of these interactions. */
  static Set<String> of(Handle handle, String space, Collection<String> interactions) {
    Set<String> episodes = new TreeSet<>();
    for (List<String> some : Vault.batches(interactions)) {
      episodes.addAll(
          handle
              .createQuery(
                  "SELECT DISTINCT episode FROM interaction WHERE space = :space AND id IN (<ids>)"
                      + " AND episode IS NOT NULL")
              .bind("space", space)
              .bindList("ids", some)
              .mapTo(String.class)
              .list());
    }
    return episodes;
  }

  private record Row(
      int revision, EpisodeState state, @Nullable String note, @Nullable String raw) {}

  private Optional<Row> row(String id) {
    return handle
        .createQuery("SELECT revision, state, note, raw FROM episode WHERE id = :id")
        .bind("id", id)
        .map(
            (set, context) ->
                new Row(
                    set.getInt(1),
                    EpisodeState.valueOf(set.getString(2)),
                    set.getString(3),
                    set.getString(4)))
        .findOne();
  }

  /**
   * Carries losses out, when the interactions have gone.
   *
   * @param again episodes that are to be learned from again
   */
  void lose(Set<String> losing, Set<String> again) {
    TellingWords.union(List.of(losing, again))
        .forEach(id -> row(id).ifPresent(row -> lose(id, row, again.contains(id))));
  }

  private void lose(String id, Row row, boolean again) {
    boolean empty =
        !handle
            .createQuery("SELECT EXISTS (SELECT 1 FROM interaction WHERE episode = :id)")
            .bind("id", id)
            .mapTo(Boolean.class)
            .one();
    boolean waits = row.state == EpisodeState.CLOSED || row.state == EpisodeState.FAILED;
    boolean anew = !empty && (waits || (row.state == EpisodeState.LEARNED && again));
    EpisodeState state = empty ? EpisodeState.LEARNED : anew ? EpisodeState.CLOSED : row.state;
    // What runs of a waiting one is void, also when nothing is left to be learned from again.
    int revision = row.revision + (waits || anew ? 1 : 0);
    ObjectNode before =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", id)
            .put("state", row.state.name())
            .put("note", row.note)
            .put("raw", row.raw)
            .put("left_as", state.name())
            .put("revision", revision);
    vault.keep(TABLE, before);
    handle.execute(
        "UPDATE episode SET "
            + Placing.COUNTED
            + ", note = ?, raw = NULL, state = ?, revision = ?, due_at = 0, attempts = 0, failures"
            + " = 0 WHERE id = ?",
        empty ? NOTHING_LEFT : state == EpisodeState.LEARNED ? LESS_LEFT : null,
        state.name(),
        revision,
        id);
  }

  /**
   * Undoes what was lost, when the interactions are back. What was learned from since is learned
   * from again, so that both are brought together.
   */
  void giveBack() {
    for (JsonNode before : vault.kept(TABLE)) {
      String id = before.path("id").asText();
      row(id).ifPresent(row -> giveBack(id, row, before));
    }
  }

  private void giveBack(String id, Row now, JsonNode before) {
    EpisodeState then = EpisodeState.valueOf(before.path("state").asText());
    boolean untouched =
        now.revision == before.path("revision").asInt()
            && now.state.name().equals(before.path("left_as").asText());
    boolean asThen = untouched && then != EpisodeState.CLOSED;
    boolean open = now.state == EpisodeState.OPEN;
    EpisodeState state = asThen ? then : open ? EpisodeState.OPEN : EpisodeState.CLOSED;
    handle.execute(
        "UPDATE episode SET "
            + Placing.COUNTED
            + ", state = ?, revision = ?, due_at = 0, attempts = 0, failures = 0, note = ?, raw = ?"
            + " WHERE id = ?",
        state.name(),
        now.revision + (state == EpisodeState.CLOSED ? 1 : 0),
        asThen ? text(before.path("note")) : null,
        asThen ? text(before.path("raw")) : null,
        id);
  }

  private static @Nullable String text(JsonNode node) {
    return node.isTextual() ? node.asText() : null;
  }
}
