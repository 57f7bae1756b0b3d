package dev.hone.backend.store;

import dev.hone.experience.Evidence;
import dev.hone.experience.Experience;
import dev.hone.experience.Role;
import dev.hone.experience.State;
import dev.hone.port.Pool;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;
import org.jdbi.v3.core.Handle;

/**
 * An item with all its versions, oldest first, and all that it rests on or ever rested on.
 *
 * @param versions at least one
 */
record ItemHistory(List<Experience> versions, List<Span> spans) {

  /** Evidence as a row: whether the item rests on it now. */
  record Span(long row, Evidence evidence, boolean current) {}

  static ItemHistory of(Handle handle, String space, String item) {
    List<Experience> versions =
        Versions.select(
                handle,
                "v.space = :space AND v.experience = :id ORDER BY v.version",
                Map.of("space", space, "id", item))
            .stream()
            .map(Pool.Projected::experience)
            .toList();
    List<Span> spans =
        handle
            .createQuery(
                "SELECT rowid, interaction, role, quote, principal, ended_by IS NULL FROM evidence"
                    + " WHERE space = :space AND experience = :id ORDER BY sequence, rowid")
            .bind("space", space)
            .bind("id", item)
            .map(
                (set, context) ->
                    new Span(
                        set.getLong(1),
                        new Evidence(
                            set.getString(2),
                            Role.valueOf(set.getString(3)),
                            set.getString(4),
                            set.getString(5)),
                        set.getBoolean(6)))
            .list();
    return new ItemHistory(versions, spans);
  }

  Experience head() {
    return versions.getLast();
  }

  String id() {
    return head().id();
  }

  /** Shown, or under suspicion: not taken out. */
  boolean lives() {
    return head().state().shown() || head().state() == State.QUARANTINED;
  }

  boolean isPurged() {
    return head().state() == State.PURGED;
  }

  /** All that a version says. */
  static String text(Experience version) {
    return version.lesson().title() + "\n" + version.lesson().text();
  }

  /** The evidence that it rests on now, but for the rows that go. */
  List<Evidence> left(LongPredicate goes) {
    return spans.stream()
        .filter(span -> span.current() && !goes.test(span.row()))
        .map(Span::evidence)
        .toList();
  }

  /**
   * The telling words that evidence speaks for: those of its quotes; for what a person wrote, those
   * that its version says and the one before did not.
   */
  Set<String> said(List<Evidence> evidence, TellingWords telling) {
    Set<String> words = new HashSet<>();
    evidence.forEach(span -> words.addAll(said(span, telling)));
    return words;
  }

  private Set<String> said(Evidence span, TellingWords telling) {
    Set<String> quoted = telling.of(span.quote());
    Optional<Evidence.Edited> edited = span.edited().filter(each -> each.experience().equals(id()));
    if (edited.isEmpty()) {
      return quoted;
    }
    int version = edited.get().version();
    Optional<String> before = text(version - 1);
    if (version > 1 && before.isEmpty()) {
      return quoted;
    }
    Set<String> words = new HashSet<>(telling.of(text(version).orElse("")));
    before.ifPresent(text -> words.removeAll(telling.of(text)));
    if (before.filter(text -> text.contains(span.quote())).isEmpty()) {
      words.addAll(quoted);
    }
    return words;
  }

  /** All that a version says, unless it is forgotten. */
  private Optional<String> text(int version) {
    return versions.stream()
        .filter(each -> each.version() == version && each.state() != State.PURGED)
        .map(ItemHistory::text)
        .findFirst();
  }
}
