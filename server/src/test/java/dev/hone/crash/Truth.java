package dev.hone.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.experience.Digest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** Looks into the database of a running server, and finds it whole. */
final class Truth implements AutoCloseable {

  private static final int LENGTH_OF_A_COMMIT = 32;

  private final Handle handle;

  private Truth(Handle handle) {
    this.handle = handle;
  }

  static Truth open(Path data) {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout(10_000);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + data.resolve("hone.db"));
    return new Truth(Jdbi.open(source));
  }

  @Override
  public void close() {
    handle.close();
  }

  void assertWhole() {
    assertThat(texts("PRAGMA integrity_check")).containsExactly("ok");
    assertNone("open after a restart", "SELECT id FROM interaction WHERE state = 'OPENED'");
    assertNone(
        "in an episode that is not there",
        "SELECT id FROM interaction WHERE episode NOT IN (SELECT id FROM episode)");
    assertNone(
        "episodes of another size than they say",
        "SELECT id FROM episode e WHERE size <> (SELECT count(*) FROM interaction i WHERE"
            + " i.episode = e.id AND i.repeats IS NULL) OR repetitions <> (SELECT count(*) FROM"
            + " interaction i WHERE i.episode = e.id AND i.repeats IS NOT NULL)");
    assertNothingIsLearnedTwice();
    assertVersionsFollowOneAnother();
    texts("SELECT name FROM space").forEach(this::assertOneChain);
  }

  private void assertNothingIsLearnedTwice() {
    assertNone(
        "revisions learned twice",
        "SELECT episode FROM pool_commit WHERE episode IS NOT NULL GROUP BY episode, revision"
            + " HAVING count(*) > 1");
    assertNone(
        "evidence that counts twice",
        "SELECT experience FROM evidence WHERE ended_by IS NULL GROUP BY space, experience,"
            + " interaction, role, quote, principal HAVING count(*) > 1");
    assertNone(
        "corrections that two items shown rest on",
        "SELECT e.interaction FROM evidence e JOIN version v ON v.space = e.space AND v.experience"
            + " = e.experience AND v.ended_by IS NULL AND v.state IN ('ACTIVE', 'CANDIDATE') JOIN"
            + " outcome o ON o.interaction = e.interaction AND o.correction = e.quote WHERE"
            + " e.ended_by IS NULL GROUP BY e.space, e.interaction, o.id HAVING"
            + " count(DISTINCT e.experience) > 1");
    assertNone(
        "learned from, though never completed",
        "SELECT e.interaction FROM evidence e JOIN interaction i ON i.id = e.interaction WHERE"
            + " i.state <> 'COMPLETED'");
  }

  private void assertVersionsFollowOneAnother() {
    assertNone(
        "items without exactly one newest version",
        "SELECT experience FROM version GROUP BY space, experience HAVING sum(ended_by IS NULL) <>"
            + " 1 OR count(*) <> max(version) OR min(version) <> 1");
    assertNone(
        "versions that the next one does not end",
        "SELECT v.experience FROM version v JOIN version n ON n.space = v.space AND n.experience ="
            + " v.experience AND n.version = v.version + 1 WHERE v.ended_by IS NOT n.sequence");
    assertNone(
        "versions of a commit that is not there",
        "SELECT experience FROM version v WHERE NOT EXISTS (SELECT 1 FROM pool_commit c WHERE"
            + " c.space = v.space AND c.sequence = v.sequence)");
  }

  private void assertNone(String what, String query) {
    assertThat(texts(query)).as(what).isEmpty();
  }

  private List<String> texts(String query) {
    return handle.createQuery(query).mapTo(String.class).list();
  }

  /** Sequences have no gap, each commit names the one before, and all digests are right. */
  private void assertOneChain(String space) {
    Map<Long, List<String>> lines = new HashMap<>();
    for (Map<String, Object> line :
        rows("SELECT * FROM touched WHERE space = ? ORDER BY sequence, position", space)) {
      lines
          .computeIfAbsent(number(line, "sequence"), any -> new ArrayList<>())
          .add(text(line, "digest"));
    }
    String parent = "";
    long sequence = 0;
    for (Map<String, Object> commit :
        rows("SELECT * FROM pool_commit WHERE space = ? ORDER BY sequence", space)) {
      sequence++;
      assertThat(number(commit, "sequence")).isEqualTo(sequence);
      assertThat(text(commit, "parent")).isEqualTo(parent);
      List<String> covered =
          new ArrayList<>(
              List.of(
                  parent,
                  space,
                  Long.toString(sequence),
                  text(commit, "kind"),
                  text(commit, "author"),
                  text(commit, "reason"),
                  Instant.ofEpochMilli(number(commit, "at")).toString()));
      covered.addAll(lines.getOrDefault(sequence, List.of()));
      parent = text(commit, "id");
      assertThat(parent)
          .isEqualTo(
              Digest.of(covered.toArray(String[]::new)).value().substring(0, LENGTH_OF_A_COMMIT));
    }
    assertDigestsOfVersions(space);
  }

  private void assertDigestsOfVersions(String space) {
    for (Map<String, Object> line :
        rows(
            "SELECT v.*, t.digest FROM touched t JOIN version v ON v.space = t.space AND"
                + " v.experience = t.experience AND v.version = t.version_after AND v.sequence ="
                + " t.sequence WHERE t.space = ?",
            space)) {
      assertThat(text(line, "digest"))
          .isIn(
              "evidence",
              Digest.of(
                      text(line, "salt"),
                      text(line, "state"),
                      text(line, "kind"),
                      text(line, "type"),
                      text(line, "title"),
                      text(line, "applies_when"),
                      text(line, "content"))
                  .value());
    }
  }

  private List<Map<String, Object>> rows(String query, String space) {
    return handle.createQuery(query).bind(0, space).mapToMap().list();
  }

  private static String text(Map<String, Object> row, String column) {
    return Objects.toString(row.get(column), "");
  }

  private static long number(Map<String, Object> row, String column) {
    return ((Number) row.get(column)).longValue();
  }

  /** An item shown, with the text that finds it. */
  record Shown(String space, String id, int version, String text) {}

  /** All that may be found by anyone. */
  List<Shown> active() {
    return handle
        .createQuery(
            "SELECT space, experience, version, applies_when || ' ' || content FROM version WHERE"
                + " ended_by IS NULL AND state = 'ACTIVE' ORDER BY space, experience")
        .map(
            (set, context) ->
                new Shown(set.getString(1), set.getString(2), set.getInt(3), set.getString(4)))
        .list();
  }

  int count(String table) {
    return handle.createQuery("SELECT count(*) FROM " + table).mapTo(Integer.class).one();
  }

  int count(String table, String condition) {
    return count(table + " WHERE " + condition);
  }
}
