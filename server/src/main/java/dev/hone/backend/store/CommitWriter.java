package dev.hone.backend.store;

import dev.hone.experience.Change;
import dev.hone.experience.Commit;
import dev.hone.experience.Digest;
import dev.hone.experience.Episode;
import dev.hone.experience.Evidence;
import dev.hone.experience.Experience;
import dev.hone.experience.Lesson;
import dev.hone.experience.State;
import dev.hone.port.Pool;
import dev.hone.port.Tokens;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Writes one commit of a pool: versions and evidence begin and end at its sequence; nothing is
 * overwritten.
 *
 * <p>Long because whatever changes a pool is written here, and nowhere else.
 */
final class CommitWriter {

  /** The span that an item rests on now, if it does. */
  private static final String SPAN =
      "space = :space AND experience = :experience AND interaction = :interaction AND role = :role"
          + " AND quote = :quote AND principal = :principal AND ended_by IS NULL";

  private final InstantSource clock;
  private final Tokens tokens;
  private final SecureRandom random = new SecureRandom();

  CommitWriter(InstantSource clock, Tokens tokens) {
    this.clock = clock;
    this.tokens = tokens;
  }

  long now() {
    return clock.millis();
  }

  /** The newest commit's sequence, 0 when there is none. */
  static long head(Handle handle, String space) {
    return handle
        .createQuery("SELECT coalesce(max(sequence), 0) FROM pool_commit WHERE space = :space")
        .bind("space", space)
        .mapTo(Long.class)
        .one();
  }

  /** A commit's id, of what it covers: its parent, what it says of itself, what it wrote. */
  static String id(List<String> covered) {
    return Digest.of(covered.toArray(String[]::new)).value().substring(0, 32);
  }

  Draft begin(Handle handle, String space) {
    return new Draft(handle, space, head(handle, space) + 1);
  }

  /** A commit being written. */
  final class Draft {

    private record Line(Commit.Touched touched, String digest) {}

    private final Handle handle;
    private final String space;
    private final long sequence;
    private final List<Line> lines = new ArrayList<>();
    private final LinkRows linkRows;

    private Draft(Handle handle, String space, long sequence) {
      this.linkRows = new LinkRows(handle, space, sequence);
      this.handle = handle;
      this.space = space;
      this.sequence = sequence;
    }

    boolean isEmpty() {
      return lines.isEmpty();
    }

    void apply(Change change) {
      switch (change) {
        case Change.Add add -> {
          write(add.experience(), 0, add.lesson(), add.state(), add.owner(), null);
          addEvidence(add.experience(), add.evidence());
          for (String parent : add.parents()) {
            addEvidence(parent, add.experience());
          }
          linkRows.inherit(add.experience(), add.parents());
        }
        case Change.Revise revise -> {
          Experience head = current(revise.experience());
          endEvidence(head.id());
          linkRows.end(head.id());
          write(head.id(), head.version(), revise.lesson(), revise.state(), head.owner(), null);
          addEvidence(head.id(), revise.evidence());
        }
        case Change.Reinforce reinforce -> {
          addEvidence(reinforce.experience(), reinforce.evidence());
          Experience head = current(reinforce.experience());
          evidenceChanged(head, reinforce.state(), head.owner());
        }
        case Change.TakeBack takeBack -> {
          endEvidence(takeBack.experience(), takeBack.evidence());
          evidenceChanged(current(takeBack.experience()), takeBack.state(), takeBack.owner());
        }
        case Change.Link link -> linkRows.add(link);
        case Change.Withdraw withdraw -> {
          Experience head = current(withdraw.experience());
          linkRows.end(head.id());
          write(
              head.id(),
              head.version(),
              head.lesson(),
              State.WITHDRAWN,
              head.owner(),
              withdraw.successor().orElse(null));
        }
      }
    }

    private void evidenceChanged(Experience head, State state, String owner) {
      if (head.state() == state && head.owner().equals(owner)) {
        touch(head.id(), head.version(), head.version(), head.state(), "evidence");
      } else {
        write(head.id(), head.version(), head.lesson(), state, owner, head.successor());
      }
    }

    /** Makes everything what it was after an earlier commit. */
    void restore(long target) {
      List<String> moved =
          handle
              .createQuery(
                  "SELECT DISTINCT experience FROM version WHERE space = :space AND (sequence >"
                      + " :target OR ended_by > :target) ORDER BY experience")
              .bind("space", space)
              .bind("target", target)
              .mapTo(String.class)
              .list();
      Set<String> staying = new HashSet<>();
      for (String id : moved) {
        Experience head = current(id);
        Optional<Experience> then = asOf(id, target);
        if (isForgotten(head) || then.filter(this::isForgotten).isPresent()) {
          staying.add(id);
          continue;
        }
        if (then.isPresent()) {
          Experience old = then.get();
          if (!old.lesson().equals(head.lesson())
              || old.state() != head.state()
              || !Objects.equals(old.successor(), head.successor())) {
            write(id, head.version(), old.lesson(), old.state(), head.owner(), old.successor());
          }
        } else if (head.state() != State.WITHDRAWN) {
          write(id, head.version(), head.lesson(), State.WITHDRAWN, head.owner(), null);
        }
      }
      restoreEvidence(target, staying);
      linkRows.restore(target);
    }

    /** Whether its words are destroyed, or those of what took its place: it stays as it is. */
    private boolean isForgotten(Experience item) {
      Set<String> seen = new HashSet<>();
      Optional<Experience> at = Optional.of(item);
      while (at.isPresent() && seen.add(at.get().id())) {
        if (at.get().state() == State.PURGED) {
          return true;
        }
        at = Optional.ofNullable(at.get().successor()).flatMap(next -> asOf(next, sequence));
      }
      return false;
    }

    /** Makes an item what it was before a commit, if nothing changed it after that one. */
    void revert(String id, long undone) {
      Experience head = current(id);
      Optional<Experience> then = asOf(id, undone - 1);
      if (then.isPresent() && head.sequence() == undone) {
        Experience old = then.get();
        write(id, head.version(), old.lesson(), old.state(), old.owner(), old.successor());
      } else {
        touch(id, head.version(), head.version(), head.state(), "evidence");
      }
    }

    /**
     * Only where it differs, so that restoring a state that is there already changes nothing; what
     * stays as it is keeps what it rests on.
     */
    private void restoreEvidence(long target, Set<String> staying) {
      List<String> changed =
          handle
              .createQuery(
                  "WITH was AS (SELECT experience, interaction, role, quote, principal FROM"
                      + " evidence WHERE space = :space AND sequence <= :target AND (ended_by IS"
                      + " NULL OR ended_by > :target)), now AS (SELECT experience, interaction,"
                      + " role, quote, principal FROM evidence WHERE space = :space AND ended_by IS"
                      + " NULL) SELECT experience FROM (SELECT * FROM was EXCEPT SELECT * FROM now)"
                      + " UNION SELECT experience FROM (SELECT * FROM now EXCEPT SELECT * FROM was)"
                      + " ORDER BY experience")
              .bind("space", space)
              .bind("target", target)
              .mapTo(String.class)
              .list();
      changed.removeAll(staying);
      for (String id : changed) {
        handle.execute(
            "UPDATE evidence SET ended_by = ? WHERE space = ? AND experience = ? AND ended_by IS"
                + " NULL",
            sequence,
            space,
            id);
        handle.execute(
            "INSERT INTO evidence (space, experience, interaction, role, quote, principal,"
                + " sequence) SELECT space, experience, interaction, role, quote, principal, ? FROM"
                + " evidence WHERE space = ? AND experience = ? AND sequence <= ? AND (ended_by IS"
                + " NULL OR ended_by > ?)",
            sequence,
            space,
            id,
            target,
            target);
        if (lines.stream().noneMatch(line -> line.touched.experience().equals(id))) {
          Experience head = current(id);
          touch(id, head.version(), head.version(), head.state(), "evidence");
        }
      }
    }

    private Experience current(String id) {
      return asOf(id, sequence)
          .orElseThrow(() -> new IllegalArgumentException("space " + space + " has no item " + id));
    }

    private Optional<Experience> asOf(String id, long target) {
      return Versions.select(
              handle,
              "v.space = :space AND v.experience = :id AND v.sequence <= :target AND (v.ended_by IS"
                  + " NULL OR v.ended_by > :target)",
              Map.of("space", space, "id", id, "target", target))
          .stream()
          .map(Pool.Projected::experience)
          .findFirst();
    }

    /**
     * Takes over an item from elsewhere, in the version that it had there. One that is here and
     * says the same stays as it is, and gains the evidence that it lacks.
     */
    void take(Experience item, List<Evidence> evidence) {
      Optional<Experience> here = asOf(item.id(), sequence);
      if (here.isEmpty()) {
        write(
            item.id(),
            0,
            item.version(),
            item.lesson(),
            item.state(),
            item.owner(),
            item.successor());
        addEvidence(item.id(), evidence);
        return;
      }
      List<Evidence> known = SqlPool.evidence(handle, space, item.id());
      List<Evidence> more = evidence.stream().filter(span -> !known.contains(span)).toList();
      if (!more.isEmpty()) {
        addEvidence(item.id(), more);
        Experience head = here.get();
        touch(head.id(), head.version(), head.version(), head.state(), "evidence");
      }
    }

    /** Takes over a link between two items that are here; nothing if it is here too. */
    void take(String one, String other, String relation, double similarity) {
      Optional<Experience> end = asOf(one, sequence);
      if (end.isEmpty() || asOf(other, sequence).isEmpty()) {
        return;
      }
      int added =
          handle.execute(
              "INSERT INTO link (space, one, other, relation, similarity, sequence) SELECT ?, ?, ?,"
                  + " ?, ?, ? WHERE NOT EXISTS (SELECT 1 FROM link WHERE space = ? AND one = ? AND"
                  + " other = ? AND relation = ? AND ended_by IS NULL)",
              space,
              one,
              other,
              relation,
              similarity,
              sequence,
              space,
              one,
              other,
              relation);
      if (added == 1 && lines.stream().noneMatch(line -> line.touched.experience().equals(one))) {
        Experience head = end.get();
        touch(one, head.version(), head.version(), head.state(), "link");
      }
    }

    private void write(
        String id,
        int before,
        Lesson lesson,
        State state,
        String owner,
        @Nullable String successor) {
      write(id, before, before + 1, lesson, state, owner, successor);
    }

    private void write(
        String id,
        int before,
        int after,
        Lesson lesson,
        State state,
        String owner,
        @Nullable String successor) {
      byte[] salt = new byte[16];
      random.nextBytes(salt);
      String salted = HexFormat.of().formatHex(salt);
      handle.execute(
          "UPDATE version SET ended_by = ? WHERE space = ? AND experience = ? AND ended_by IS NULL",
          sequence,
          space,
          id);
      handle.execute(
          "INSERT INTO version VALUES (?, ?, ?, ?, NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          space,
          id,
          after,
          sequence,
          state.name(),
          owner,
          lesson.kind().name(),
          lesson.type(),
          lesson.title(),
          lesson.when(),
          lesson.content(),
          tokens.count(lesson.text()),
          successor,
          salted);
      String digest =
          Digest.of(
                  salted,
                  state.name(),
                  lesson.kind().name(),
                  lesson.type(),
                  lesson.title(),
                  lesson.when(),
                  lesson.content())
              .value();
      touch(id, before, after, state, digest);
    }

    private void touch(String id, int before, int after, State state, String digest) {
      lines.add(new Line(new Commit.Touched(id, before, after, state), digest));
    }

    private void endEvidence(String id) {
      handle.execute(
          "UPDATE evidence SET ended_by = ? WHERE space = ? AND experience = ? AND ended_by IS"
              + " NULL",
          sequence,
          space,
          id);
    }

    private void endEvidence(String id, List<Evidence> evidence) {
      for (Evidence span : evidence) {
        handle
            .createUpdate("UPDATE evidence SET ended_by = :sequence WHERE " + SPAN)
            .bindMap(row(id, span))
            .execute();
      }
    }

    private void addEvidence(String id, List<Evidence> evidence) {
      for (Evidence span : evidence) {
        handle
            .createUpdate(
                "INSERT INTO evidence (space, experience, interaction, role, quote, principal,"
                    + " sequence) SELECT :space, :experience, :interaction, :role, :quote,"
                    + " :principal, :sequence WHERE NOT EXISTS (SELECT 1 FROM evidence WHERE "
                    + SPAN
                    + ")")
            .bindMap(row(id, span))
            .execute();
      }
    }

    private Map<String, ?> row(String id, Evidence span) {
      return Map.of(
          "space", space,
          "experience", id,
          "interaction", span.interaction(),
          "role", span.role().name(),
          "quote", span.quote(),
          "principal", span.principal(),
          "sequence", sequence);
    }

    /** The child rests on all that its parent rests on. */
    private void addEvidence(String parent, String child) {
      addEvidence(child, SqlPool.evidence(handle, space, parent));
    }

    /** Writes the commit itself. */
    Commit end(Commit.Kind kind, String author, String reason, @Nullable Episode episode) {
      String parent =
          handle
              .createQuery("SELECT id FROM pool_commit WHERE space = :space AND sequence = :before")
              .bind("space", space)
              .bind("before", sequence - 1)
              .mapTo(String.class)
              .findOne()
              .orElse(null);
      Instant at = Instant.ofEpochMilli(now());
      List<String> covered = new ArrayList<>();
      covered.addAll(
          List.of(
              parent == null ? "" : parent,
              space,
              Long.toString(sequence),
              kind.name(),
              author,
              reason,
              at.toString()));
      lines.forEach(line -> covered.add(line.digest));
      String id = id(covered);
      handle.execute(
          "INSERT INTO pool_commit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          space,
          sequence,
          id,
          parent,
          kind.name(),
          author,
          reason,
          at.toEpochMilli(),
          episode == null ? null : episode.id(),
          episode == null ? null : episode.revision());
      int position = 0;
      for (Line line : lines) {
        handle.execute(
            "INSERT INTO touched VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            space,
            sequence,
            position++,
            line.touched.experience(),
            line.touched.before(),
            line.touched.after(),
            line.touched.state().name(),
            line.digest);
      }
      return new Commit(
          id,
          sequence,
          space,
          parent,
          kind,
          author,
          reason,
          at,
          lines.stream().map(Line::touched).toList());
    }
  }
}
