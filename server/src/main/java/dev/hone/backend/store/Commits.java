package dev.hone.backend.store;

import dev.hone.experience.Commit;
import dev.hone.experience.Pin;
import dev.hone.experience.State;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/** Reads commits of a pool. */
final class Commits {

  private static final Pattern BEGINNING = Pattern.compile("[0-9a-f]{7,31}");

  private Commits() {}

  /** The commit of that id, or of the only id that begins so. */
  static Optional<Commit> named(Handle handle, String space, String id) {
    return pin(handle, space, id)
        .flatMap(
            pin ->
                select(
                        handle,
                        "space = :space AND sequence = :sequence",
                        Map.of("space", space, "sequence", pin.sequence()))
                    .stream()
                    .findFirst());
  }

  /** Where the commit of that id stands, or of the only id that begins so. */
  static Optional<Pin> pin(Handle handle, String space, String id) {
    String end = BEGINNING.matcher(id).matches() ? id + "g" : id;
    List<Pin> begun =
        handle
            .createQuery(
                "SELECT id, sequence FROM pool_commit WHERE space = :space AND id BETWEEN :id AND"
                    + " :end LIMIT 2")
            .bind("space", space)
            .bind("id", id)
            .bind("end", end)
            .map((set, context) -> new Pin(set.getString(1), set.getLong(2)))
            .list();
    return begun.size() == 1 ? Optional.of(begun.getFirst()) : Optional.empty();
  }

  /** The newest commit of one of these kinds. */
  static Optional<Commit> newest(Handle handle, String space, Collection<Commit.Kind> kinds) {
    return kinds.stream()
        .flatMap(
            kind ->
                select(
                    handle,
                    "space = :space AND kind = :kind ORDER BY sequence DESC LIMIT 1",
                    Map.of("space", space, "kind", kind.name()))
                    .stream())
        .max((one, other) -> Long.compare(one.sequence(), other.sequence()));
  }

  /** The commits that satisfy a condition. */
  static List<Commit> select(Handle handle, String condition, Map<String, ?> values) {
    return handle
        .createQuery("SELECT * FROM pool_commit WHERE " + condition)
        .bindMap(values)
        .map(
            (set, context) -> {
              String space = set.getString("space");
              long sequence = set.getLong("sequence");
              return new Commit(
                  set.getString("id"),
                  sequence,
                  space,
                  set.getString("parent"),
                  Commit.Kind.valueOf(set.getString("kind")),
                  set.getString("author"),
                  set.getString("reason"),
                  Instant.ofEpochMilli(set.getLong("at")),
                  touched(handle, space, sequence));
            })
        .list();
  }

  private static List<Commit.Touched> touched(Handle handle, String space, long sequence) {
    return handle
        .createQuery(
            "SELECT experience, version_before, version_after, state FROM touched WHERE space ="
                + " :space AND sequence = :sequence ORDER BY position")
        .bind("space", space)
        .bind("sequence", sequence)
        .map(
            (set, context) ->
                new Commit.Touched(
                    set.getString(1),
                    set.getInt(2),
                    set.getInt(3),
                    State.valueOf(set.getString(4))))
        .list();
  }
}
