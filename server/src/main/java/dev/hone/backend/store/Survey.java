package dev.hone.backend.store;

import dev.hone.experience.Evidence;
import dev.hone.experience.Experience;
import dev.hone.experience.Interaction;
import dev.hone.experience.Message;
import dev.hone.experience.Outcome;
import dev.hone.experience.Selection;
import dev.hone.experience.State;
import dev.hone.port.Forgetting.Fate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Follows a selection along the lineage: the evidence that quotes it, the items that rest on that
 * or were written from the same episodes, the answers to others that repeat these items, what rests
 * on those answers, and so on until nothing more is found. For one thread, while nothing else
 * changes the pool.
 */
final class Survey {

  private final Handle handle;
  private final String space;
  private final TellingWords telling;
  private final Interactions interactions = new Interactions();
  private final Optional<Phrase> phrase;
  private final Selected selected;

  /** Interactions of others that lose their answer. */
  private final Set<String> answers = new TreeSet<>();

  /** Evidence that goes, by row: its item. */
  private final Map<Long, String> evidence = new LinkedHashMap<>();

  private final Map<String, ItemHistory> items = new TreeMap<>();
  private final Map<String, Fate> fates = new TreeMap<>();

  /** Versions of items that stay, whose words go. */
  private final Map<String, Set<Integer>> versions = new TreeMap<>();

  /** The interactions that were looked at because an item stood in their prompt, by the item. */
  private final Map<String, Set<String>> seen = new HashMap<>();

  private final Map<String, Set<String>> wordsOfEpisodes = new HashMap<>();

  Survey(Handle handle, String space, Selection selection, TellingWords telling) {
    this.handle = handle;
    this.space = space;
    this.telling = telling;
    this.phrase =
        selection.by() == Selection.By.QUERY && selection.principal() == null
            ? Optional.of(Phrase.of(selection.value()))
            : Optional.empty();
    this.selected = Selected.of(handle, new MessageCodec(), space, selection);
    int before = -1;
    while (answers.size() > before) {
      before = answers.size();
      wordsOfEpisodes.clear();
      findEvidence();
      judge();
      findRepetitions();
    }
  }

  Selected selected() {
    return selected;
  }

  /**
   * The words that nothing may say any more, whoever said them; absent where only those of one
   * principal go.
   */
  Optional<Phrase> phrase() {
    return phrase;
  }

  /**
   * Whether somebody was answered since, while an item that is concerned stood in the prompt: then
   * another survey tells what is so now.
   *
   * @param now sees what was written since
   */
  boolean isOutdated(Handle now) {
    return fates.keySet().stream()
        .anyMatch(item -> !seen.getOrDefault(item, Set.of()).containsAll(answeredWith(now, item)));
  }

  Set<String> answers() {
    return answers;
  }

  Map<Long, String> evidence() {
    return evidence;
  }

  Map<String, Fate> fates() {
    return fates;
  }

  Map<String, Set<Integer>> versions() {
    return versions;
  }

  ItemHistory item(String id) {
    return items.computeIfAbsent(id, any -> ItemHistory.of(handle, space, any));
  }

  private void findEvidence() {
    evidence.clear();
    rows("interaction IN (<ids>)", selected.interactions());
    rows("interaction IN (<ids>) AND role = 'ASSISTANT'", answers);
    rows("rowid IN (<ids>)", selected.evidence());
  }

  private void rows(String condition, Set<?> ids) {
    for (List<?> some : Vault.batches(ids)) {
      handle
          .createQuery(
              "SELECT rowid, experience FROM evidence WHERE space = :space AND " + condition)
          .bind("space", space)
          .bindList("ids", some)
          .map((set, context) -> Map.entry(set.getLong(1), set.getString(2)))
          .forEach(row -> evidence.put(row.getKey(), row.getValue()));
    }
  }

  private void judge() {
    fates.clear();
    versions.clear();
    Map<String, Set<String>> foreign = new TreeMap<>();
    evidence.values().forEach(item -> foreign.put(item, new HashSet<>()));
    written().forEach((item, episodes) -> foreign.put(item, wordsOf(episodes)));
    phrase.ifPresent(words -> saying(words).forEach(id -> foreign.putIfAbsent(id, Set.of())));
    foreign.forEach((id, words) -> judge(item(id), words));
  }

  private void judge(ItemHistory item, Set<String> wordsOfEpisodes) {
    boolean rests =
        item.spans().stream().anyMatch(span -> span.current() && evidence.containsKey(span.row()));
    boolean rested = item.spans().stream().anyMatch(span -> evidence.containsKey(span.row()));
    List<Evidence> left = item.left(evidence::containsKey);
    Set<String> said = item.said(left, telling);
    Set<String> taken =
        item.spans().stream()
            .filter(span -> evidence.containsKey(span.row()))
            .flatMap(span -> telling.of(span.evidence().quote()).stream())
            .collect(Collectors.toSet());
    Set<String> forgotten = TellingWords.union(List.of(wordsOfEpisodes, taken));
    forgotten.removeAll(said);
    boolean stays =
        !item.isPurged() && !left.isEmpty() && stays(item.head(), rests, said, forgotten);
    if (!stays) {
      fates.put(item.id(), item.lives() ? Fate.WITHDRAWN : Fate.ERASED);
      return;
    }
    Set<Integer> gone =
        item.versions().stream()
            .filter(version -> version.state() != State.PURGED)
            .filter(version -> !stays(version, rested, said, forgotten))
            .map(Experience::version)
            .collect(Collectors.toCollection(TreeSet::new));
    if (rests || !gone.isEmpty()) {
      fates.put(item.id(), Fate.KEPT);
      versions.put(item.id(), gone);
    }
  }

  /** Whether a version says nothing that is forgotten; if it rests on that, only what is said. */
  private boolean stays(
      Experience version, boolean rests, Set<String> said, Set<String> forgotten) {
    Set<String> words = telling.of(ItemHistory.text(version));
    return phrase.filter(each -> each.in(ItemHistory.text(version))).isEmpty()
        && (rests ? said.containsAll(words) : !TellingWords.overlap(words, forgotten));
  }

  /** The items that were written from episodes of what is covered, and these episodes. */
  private Map<String, Set<String>> written() {
    Map<String, Set<String>> written = new TreeMap<>();
    for (List<String> some : Vault.batches(ForgottenEpisodes.of(handle, space, covered()))) {
      handle
          .createQuery(
              "SELECT v.experience, c.episode FROM pool_commit c JOIN version v ON v.space ="
                  + " c.space AND v.sequence = c.sequence WHERE c.space = :space AND c.episode IN"
                  + " (<ids>)")
          .bind("space", space)
          .bindList("ids", some)
          .map((set, context) -> Map.entry(set.getString(1), set.getString(2)))
          .forEach(
              row ->
                  written
                      .computeIfAbsent(row.getKey(), any -> new HashSet<>())
                      .add(row.getValue()));
    }
    return written;
  }

  private Set<String> covered() {
    return TellingWords.union(List.of(selected.interactions(), answers));
  }

  /** The telling words of what is covered of these episodes. */
  private Set<String> wordsOf(Set<String> episodes) {
    Set<String> words = new HashSet<>();
    for (String episode : episodes) {
      words.addAll(wordsOfEpisodes.computeIfAbsent(episode, this::wordsOf));
    }
    return words;
  }

  private Set<String> wordsOf(String episode) {
    Set<String> words = new HashSet<>();
    for (Interaction each :
        interactions.where(
            handle,
            "episode = :value AND space = (SELECT e.space FROM episode e WHERE e.id = :value)",
            episode)) {
      if (selected.interactions().contains(each.id())) {
        said(each).forEach(text -> words.addAll(telling.of(text)));
      } else if (answers.contains(each.id())) {
        answered(each).ifPresent(text -> words.addAll(telling.of(text)));
      }
    }
    return words;
  }

  private static Stream<String> said(Interaction each) {
    return Stream.concat(
        Stream.concat(each.messages().stream().map(MessageCodec::words), answered(each).stream()),
        each.outcomes().stream().map(Outcome::words).map(words -> String.join("\n", words)));
  }

  private static Optional<String> answered(Interaction each) {
    return Optional.ofNullable(each.answer()).map(MessageCodec::words);
  }

  /** The items of which a version holds the phrase. */
  private List<String> saying(Phrase words) {
    return handle
        .createQuery(
            "SELECT experience, title, applies_when, content FROM version WHERE space = :space AND"
                + " state <> 'PURGED'")
        .bind("space", space)
        .map(
            (set, context) ->
                Stream.of(set.getString(2), set.getString(3), set.getString(4)).anyMatch(words::in)
                    ? set.getString(1)
                    : "")
        .filter(id -> !id.isEmpty())
        .list();
  }

  /** Answers given while an item that goes stood in the prompt, as far as they say what it says. */
  private void findRepetitions() {
    for (Map.Entry<String, Fate> each : fates.entrySet()) {
      ItemHistory item = item(each.getKey());
      Set<String> words = new HashSet<>();
      item.versions().stream()
          .filter(version -> version.state() != State.PURGED)
          .filter(
              version ->
                  each.getValue().goes()
                      || versions.getOrDefault(item.id(), Set.of()).contains(version.version()))
          .forEach(version -> words.addAll(telling.of(ItemHistory.text(version))));
      Set<String> shown = answeredWith(handle, item.id());
      seen.put(item.id(), shown);
      if (!words.isEmpty()) {
        shown.stream()
            .filter(id -> !selected.interactions().contains(id) && !answers.contains(id))
            .filter(id -> repeats(id, words))
            .forEach(answers::add);
      }
    }
  }

  /** Answered interactions in whose prompt an item stood. */
  private Set<String> answeredWith(Handle handle, String item) {
    return handle
        .createQuery(
            "SELECT DISTINCT i.id FROM exposure e JOIN interaction i ON i.id = e.interaction WHERE"
                + " e.space = :space AND e.experience = :id AND i.answer IS NOT NULL")
        .bind("space", space)
        .bind("id", item)
        .mapTo(String.class)
        .collect(Collectors.toSet());
  }

  private boolean repeats(String id, Set<String> words) {
    return interactions
        .one(handle, space, id)
        .filter(
            interaction ->
                answered(interaction)
                    .filter(
                        answer -> {
                          Set<String> own = telling.of(answer);
                          interaction.messages().stream()
                              .map(Message::text)
                              .forEach(text -> own.removeAll(telling.of(text)));
                          own.removeAll(shownBesides(id));
                          return TellingWords.overlap(own, words);
                        })
                    .isPresent())
        .isPresent();
  }

  /** The telling words of the items in a prompt that stay. */
  private Set<String> shownBesides(String interaction) {
    Set<String> words = new HashSet<>();
    handle
        .createQuery(
            "SELECT experience FROM exposure WHERE space = :space AND interaction = :interaction")
        .bind("space", space)
        .bind("interaction", interaction)
        .mapTo(String.class)
        .list()
        .stream()
        .filter(id -> !fates.containsKey(id))
        .map(this::item)
        .filter(item -> !item.versions().isEmpty())
        .forEach(item -> words.addAll(telling.of(ItemHistory.text(item.head()))));
    return words;
  }
}
