package dev.hone.backend.store;

import dev.hone.experience.Commit;
import dev.hone.experience.Digest;
import dev.hone.experience.Experience;
import dev.hone.port.Forgetting;
import dev.hone.port.Forgotten.Kind;
import dev.hone.similarity.Sentences;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/**
 * Carries a forgetting out, in one transaction: what it covers leaves every table, for the {@link
 * Vault}. Of interactions and of versions a row without words stays, so that what refers to them
 * still finds them and the chain of commits still verifies.
 */
final class Removal {

  /** Stands where a forgotten version's words stood. */
  static final String NOTHING = "(forgotten)";

  private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private static final String ANCHORS =
      "space = :space AND conversation IN (SELECT i.conversation FROM interaction i WHERE i.id IN"
          + " (<ids>)) AND interaction IN (<ids>)";

  private final Handle handle;
  private final Forgetting.Order order;
  private final String space;
  private final Survey survey;
  private final Consequences consequences;
  private final Vault vault;
  private final ForgottenEpisodes episodes;
  private final UnaryOperator<String> keyed;

  /**
   * @param keyed makes keyed digests
   */
  Removal(
      Handle handle,
      Forgetting.Order order,
      Survey survey,
      Consequences consequences,
      UnaryOperator<String> keyed) {
    this.handle = handle;
    this.order = order;
    this.space = order.space();
    this.survey = survey;
    this.consequences = consequences;
    this.vault = new Vault(handle, order.id(), space);
    this.episodes = new ForgottenEpisodes(handle, vault);
    this.keyed = keyed;
  }

  /** Returns the commit, if items changed. */
  Optional<Commit> run(CommitWriter writer) {
    vault.take("evidence", "space = :space AND rowid IN (<ids>)", survey.evidence().keySet());
    Marks.put(handle, space, Kind.EVIDENCE, Set.copyOf(survey.evidence().values()), order.id());
    Optional<Commit> commit = commit(writer);
    removeVersions();
    Set<String> interactions = survey.selected().interactions();
    Set<String> losing =
        ForgottenEpisodes.of(
            handle, space, TellingWords.union(List.of(interactions, survey.answers())));
    Set<String> again = ForgottenEpisodes.of(handle, space, consequences.again());
    vault.take("anchor", ANCHORS, interactions);
    removeBlocks();
    again.addAll(promoteRepetitions(interactions));
    removeInteractions(interactions);
    removeAnswers();
    removeOutcomes(survey.selected().outcomes());
    episodes.lose(losing, again);
    vault.take("decision", "space = :space AND episode IN (<ids>)", losing);
    vault.take("decision", "space = :space AND experience IN (<ids>)", gone());
    Set<String> ids = TellingWords.union(List.of(interactions, gone()));
    new ForgottenImports(order.selection(), survey.phrase(), ids).drop(handle, space);
    return commit;
  }

  private Set<String> gone() {
    Set<String> gone = new TreeSet<>();
    consequences
        .fates()
        .forEach(
            (id, fate) -> {
              if (fate.goes()) {
                gone.add(id);
              }
            });
    return gone;
  }

  private Optional<Commit> commit(CommitWriter writer) {
    if (consequences.changes().isEmpty()) {
      return Optional.empty();
    }
    CommitWriter.Draft draft = writer.begin(handle, space);
    consequences.changes().forEach(draft::apply);
    consequences.condensations().forEach(draft::relink);
    return Optional.of(
        draft.end(
            Commit.Kind.FORGET,
            order.author(),
            "forgotten by " + order.selection().by() + ": " + order.id(),
            null));
  }

  private void removeVersions() {
    Set<String> gone = gone();
    Marks.put(handle, space, Kind.ITEM, gone, order.id());
    vault.copy("version", "space = :space AND experience IN (<ids>) AND state <> 'PURGED'", gone);
    // What a person wrote into an item stands nowhere else.
    vault.take(
        "evidence",
        "space = :space AND experience IN (<ids>) AND substr(interaction, 1, 5) = 'edit/'",
        gone);
    Set<String> sentences = new HashSet<>();
    for (String id : gone) {
      survey.item(id).versions().forEach(version -> sentences.addAll(digests(version)));
      handle.execute(
          "UPDATE version SET title = '', applies_when = ?, content = ?, tokens = 0, salt = '',"
              + " state = 'PURGED' WHERE space = ? AND experience = ?",
          NOTHING,
          NOTHING,
          space,
          id);
    }
    survey
        .versions()
        .forEach(
            (id, versions) -> {
              if (!gone.contains(id)) {
                survey.item(id).versions().stream()
                    .filter(version -> versions.contains(version.version()))
                    .forEach(
                        version -> {
                          sentences.addAll(digests(version));
                          removeVersion(id, version.version());
                        });
              }
            });
    vault.take("emitted", "space = :space AND digest IN (<ids>)", sentences);
  }

  private void removeVersion(String id, int version) {
    Marks.put(handle, space, Kind.VERSION, List.of(id + "/" + version), order.id());
    vault.copy(
        "version",
        "space = :space AND experience || '/' || version IN (<ids>)",
        List.of(id + "/" + version));
    handle.execute(
        "UPDATE version SET title = '', applies_when = ?, content = ?, tokens = 0, salt = '', state"
            + " = 'PURGED' WHERE space = ? AND experience = ? AND version = ?",
        NOTHING,
        NOTHING,
        space,
        id,
        version);
  }

  private static List<String> digests(Experience version) {
    return Sentences.normal(version.lesson().text()).stream()
        .map(sentence -> Digest.of(sentence).value())
        .toList();
  }

  private record Shown(long row, String items) {}

  /** Blocks that show what is forgotten are empty from now on. */
  private void removeBlocks() {
    Set<String> gone = gone();
    Set<String> concerned = TellingWords.union(List.of(gone, survey.versions().keySet()));
    Set<Long> rows = new HashSet<>();
    for (List<String> some : Vault.batches(concerned)) {
      handle
          .createQuery(
              "SELECT a.rowid, a.items FROM exposure e JOIN interaction i ON i.id = e.interaction"
                  + " JOIN anchor a ON a.space = i.space AND a.conversation = i.conversation AND"
                  + " a.interaction = i.id WHERE e.space = :space AND e.experience IN (<ids>)")
          .bind("space", space)
          .bindList("ids", some)
          .map((set, context) -> new Shown(set.getLong(1), set.getString(2)))
          .filter(shown -> shows(shown.items, gone))
          .forEach(shown -> rows.add(shown.row));
    }
    vault.copy("anchor", "space = :space AND rowid IN (<ids>)", rows);
    rows.forEach(
        row ->
            handle.execute(
                "UPDATE anchor SET text = '', items = '', tokens = 0 WHERE rowid = ?", row));
  }

  private boolean shows(String items, Set<String> gone) {
    return Arrays.stream(items.split(","))
        .map(item -> item.split(":"))
        .anyMatch(
            item ->
                gone.contains(item[0])
                    || (item.length > 1
                        && survey
                            .versions()
                            .getOrDefault(item[0], Set.of())
                            .contains(Integer.parseInt(item[1]))));
  }

  /**
   * Who only repeated what goes, said it too: the first such interaction takes its place. Returns
   * the episodes concerned.
   */
  private Set<String> promoteRepetitions(Set<String> interactions) {
    Set<String> concerned = new TreeSet<>();
    for (String original : interactions) {
      List<String> repeating =
          handle
              .createQuery(
                  "SELECT id FROM interaction WHERE repeats = :id AND space = :space ORDER BY id")
              .bind("id", original)
              .bind("space", space)
              .mapTo(String.class)
              .list()
              .stream()
              .filter(id -> !interactions.contains(id))
              .toList();
      if (!repeating.isEmpty()) {
        vault.copyPart("repeats", "space = :space AND id IN (<ids>)", repeating);
        concerned.addAll(ForgottenEpisodes.of(handle, space, repeating));
        for (String id : repeating) {
          handle.execute(
              "UPDATE interaction SET repeats = ? WHERE id = ?",
              id.equals(repeating.getFirst()) ? null : repeating.getFirst(),
              id);
        }
      }
    }
    return concerned;
  }

  private void removeInteractions(Set<String> ids) {
    Marks.put(handle, space, Kind.INTERACTION, ids, order.id());
    for (List<String> some : Vault.batches(survey.selected().outcomes())) {
      Marks.put(
          handle,
          space,
          Kind.OUTCOME,
          texts("SELECT interaction || '/' || principal FROM outcome WHERE id IN (<ids>)", some),
          order.id());
    }
    Set<String> messages = new TreeSet<>();
    Set<String> parameters = new TreeSet<>();
    for (List<String> some : Vault.batches(ids)) {
      messages.addAll(
          texts(
              "SELECT digest FROM interaction_message WHERE interaction IN (<ids>) UNION SELECT"
                  + " answer FROM interaction WHERE answer IS NOT NULL AND id IN (<ids>)",
              some));
      parameters.addAll(texts("SELECT parameters FROM interaction WHERE id IN (<ids>)", some));
      Marks.put(
          handle,
          space,
          Kind.SOURCE,
          texts("SELECT source FROM interaction WHERE source IS NOT NULL AND id IN (<ids>)", some)
              .stream()
              .map(keyed)
              .toList(),
          order.id());
    }
    String of = "space = :space AND interaction IN (<ids>)";
    vault.take("outcome", of, ids);
    vault.take("exposure", of, ids);
    vault.take("withheld", of, ids);
    vault.take("confidence", of, ids);
    removeSessions(ids);
    vault.take("interaction_message", ":space = :space AND interaction IN (<ids>)", ids);
    vault.copy("interaction", "space = :space AND id IN (<ids>)", ids);
    for (String id : ids) {
      handle.execute(
          "UPDATE interaction SET state = 'FORGOTTEN', end_user = NULL, session = NULL, agent ="
              + " NULL, path = '', conversation = '', parent = NULL, model = '', chain = '',"
              + " parameters = '', status = NULL, answer = NULL, answer_chain = NULL, raw = NULL,"
              + " raw_stream = NULL, reading = NULL, confidence = NULL, prompt_tokens = NULL,"
              + " cached_tokens = NULL, answer_tokens = NULL, completed_at = NULL, episode = NULL,"
              + " repeats = NULL, source = NULL WHERE id = ?",
          id);
    }
    removeMessages(messages);
    vault.copy("parameters", "space = :space AND digest IN (<ids>)", parameters);
    for (String digest : parameters) {
      handle.execute(
          "DELETE FROM parameters WHERE space = ? AND digest = ? AND NOT EXISTS (SELECT 1 FROM"
              + " interaction i WHERE i.parameters = parameters.digest AND i.space ="
              + " parameters.space AND i.state <> 'EXPIRED')",
          space,
          digest);
    }
    removeFingerprints(ids);
  }

  /**
   * What somebody said of an answer no longer says what came of its session, nor how far its
   * confidence could be believed.
   */
  private void removeOutcomes(Set<String> ids) {
    Set<String> judged = new TreeSet<>();
    for (List<String> some : Vault.batches(ids)) {
      judged.addAll(texts("SELECT interaction FROM outcome WHERE id IN (<ids>)", some));
    }
    removeSessions(judged);
    vault.take(
        "confidence",
        "space = :space AND interaction IN (SELECT interaction FROM outcome WHERE id IN (<ids>))",
        ids);
    vault.take("outcome", "space = :space AND id IN (<ids>)", ids);
  }

  /** What came of a session counts no more once something of it is forgotten. */
  private void removeSessions(Set<String> ids) {
    Set<Long> sessions = new HashSet<>();
    for (List<String> some : Vault.batches(ids)) {
      sessions.addAll(
          handle
              .createQuery(
                  "SELECT s.id FROM session s JOIN interaction i ON i.conversation ="
                      + " s.conversation AND i.space = s.space WHERE s.space = :space AND i.id IN"
                      + " (<ids>)")
              .bind("space", space)
              .bindList("ids", some)
              .mapTo(Long.class)
              .list());
    }
    vault.take("session_value", "space = :space AND session IN (<ids>)", sessions);
    vault.take("session_item", "space = :space AND session IN (<ids>)", sessions);
    vault.take("session", "space = :space AND id IN (<ids>)", sessions);
  }

  private List<String> texts(String query, List<String> ids) {
    return handle.createQuery(query).bindList("ids", ids).mapTo(String.class).list();
  }

  /** What nobody else said goes. */
  private void removeMessages(Set<String> digests) {
    vault.copy("message", "space = :space AND digest IN (<ids>)", digests);
    digests.forEach(digest -> SqlRetention.forgetMessage(handle, space, digest));
  }

  /** Answers to others that repeat what goes: the rest of these interactions stays. */
  private void removeAnswers() {
    Set<String> ids = survey.answers();
    Set<String> messages = new TreeSet<>();
    for (List<String> some : Vault.batches(ids)) {
      messages.addAll(
          texts("SELECT answer FROM interaction WHERE answer IS NOT NULL AND id IN (<ids>)", some));
    }
    vault.copyPart("answer, raw, reading", "space = :space AND id IN (<ids>)", ids);
    for (String id : ids) {
      handle.execute(
          "UPDATE interaction SET answer = NULL, raw = NULL, reading = NULL WHERE id = ?", id);
    }
    removeMessages(messages);
  }

  private record Replay(String principal, String name, String body) {}

  /** A request that is sent again does not do again what is forgotten. */
  private void removeFingerprints(Set<String> ids) {
    List<Replay> replays = new ArrayList<>();
    handle
        .createQuery("SELECT principal, name, CAST(body AS TEXT) FROM replay WHERE space = :space")
        .bind("space", space)
        .map((set, context) -> new Replay(set.getString(1), set.getString(2), set.getString(3)))
        .filter(
            replay ->
                ID.matcher(replay.body).results().map(MatchResult::group).anyMatch(ids::contains))
        .forEach(replays::add);
    replays.forEach(
        replay ->
            handle.execute(
                "UPDATE replay SET fingerprint = '' WHERE principal = ? AND name = ?",
                replay.principal,
                replay.name));
  }
}
