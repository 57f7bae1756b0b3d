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
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Writes one commit of a pool: versions, evidence and links begin and end at its sequence; nothing
 * is overwritten.
 */
final class CommitWriter {

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
    private final Set<String> mentioned = new HashSet<>();
    private final EvidenceRows evidence;
    private final LinkRows links;

    private Draft(Handle handle, String space, long sequence) {
      this.handle = handle;
      this.space = space;
      this.sequence = sequence;
      this.evidence = new EvidenceRows(handle, space, sequence);
      this.links = new LinkRows(handle, space, sequence);
    }

    long sequence() {
      return sequence;
    }

    EvidenceRows evidence() {
      return evidence;
    }

    LinkRows links() {
      return links;
    }

    boolean isEmpty() {
      return lines.isEmpty();
    }

    void apply(Change change) {
      switch (change) {
        case Change.Add add -> {
          write(add.experience(), 0, 1, add.lesson(), add.state(), add.owner(), null);
          evidence.add(add.experience(), add.evidence());
          add.parents().forEach(parent -> evidence.inherit(add.experience(), parent));
          links.inherit(add.experience(), add.parents());
        }
        case Change.Revise revise -> {
          Experience head = current(revise.experience());
          evidence.end(head.id());
          links.end(head.id());
          write(head, revise.lesson(), revise.state(), head.owner(), null);
          evidence.add(head.id(), revise.evidence());
        }
        case Change.Reinforce reinforce -> {
          evidence.add(reinforce.experience(), reinforce.evidence());
          Experience head = current(reinforce.experience());
          evidenceChanged(head, reinforce.state(), head.owner());
        }
        case Change.TakeBack takeBack -> {
          evidence.end(takeBack.experience(), takeBack.evidence());
          evidenceChanged(current(takeBack.experience()), takeBack.state(), takeBack.owner());
        }
        case Change.Link link -> link(link);
        case Change.Withdraw withdraw -> {
          Experience head = current(withdraw.experience());
          String successor = withdraw.successor().orElse(null);
          write(head, head.lesson(), State.WITHDRAWN, head.owner(), successor);
        }
      }
    }

    private void evidenceChanged(Experience head, State state, String owner) {
      if (head.state() == state && head.owner().equals(owner)) {
        touch(head.id(), head.version(), head.version(), head.state(), "evidence");
      } else {
        write(head, head.lesson(), state, owner, head.successor());
      }
    }

    /** Links two items, if both are shown and they are not linked. */
    void link(Change.Link link) {
      if (isShown(link.experience()) && isShown(link.other()) && links.add(link)) {
        mention(link.experience(), "link");
      }
    }

    void unlink(Change.Link link) {
      links.end(link);
      mention(link.experience(), "link");
    }

    /** Links again what a commit unlinked, where both ends say what they said before it. */
    void relink(long ended) {
      links.endedBy(ended).stream().filter(link -> stands(link, ended - 1)).forEach(this::link);
    }

    private boolean isShown(String id) {
      return asOf(id, sequence).filter(item -> item.state().shown()).isPresent();
    }

    /** Whether both ends are shown, were shown after an earlier commit, and say what they did. */
    boolean stands(Change.Link link, long then) {
      return stands(link.experience(), then) && stands(link.other(), then);
    }

    private boolean stands(String id, long then) {
      return isShown(id)
          && asOf(id, then)
              .filter(item -> item.state().shown())
              .filter(item -> item.lesson().equals(current(id).lesson()))
              .isPresent();
    }

    Experience current(String id) {
      return asOf(id, sequence)
          .orElseThrow(() -> new IllegalArgumentException("space " + space + " has no item " + id));
    }

    /** The version of an item that counts after a commit; this one, for what has been written. */
    Optional<Experience> asOf(String id, long target) {
      return Versions.asOf(
              handle,
              "v.space = :space AND v.experience = :id",
              Map.of("space", space, "id", id, "at", target))
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
        this.evidence.add(item.id(), evidence);
        return;
      }
      List<Evidence> known = SqlPool.evidence(handle, space, item.id());
      List<Evidence> more = evidence.stream().filter(span -> !known.contains(span)).toList();
      if (!more.isEmpty()) {
        this.evidence.add(item.id(), more);
        mention(item.id(), "evidence");
      }
    }

    /** Writes the next version of an item; one that is not shown is linked with nothing. */
    void write(
        Experience head, Lesson lesson, State state, String owner, @Nullable String successor) {
      if (!state.shown()) {
        links.end(head.id());
      }
      write(head.id(), head.version(), head.version() + 1, lesson, state, owner, successor);
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

    /** Tells that something else of an item changed than what it says, unless it is told of. */
    void mention(String id, String what) {
      if (!mentioned.contains(id)) {
        Experience head = current(id);
        touch(id, head.version(), head.version(), head.state(), what);
      }
    }

    private void touch(String id, int before, int after, State state, String digest) {
      mentioned.add(id);
      lines.add(new Line(new Commit.Touched(id, before, after, state), digest));
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
