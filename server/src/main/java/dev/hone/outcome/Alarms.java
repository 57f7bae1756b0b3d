package dev.hone.outcome;

import dev.hone.experience.Alarm;
import dev.hone.experience.Commit;
import dev.hone.port.Pool;
import dev.hone.port.Sessions;
import dev.hone.port.Sessions.Judged;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Watches for the paper's signatures of failure. The unit is the session, taken as independent of
 * others; its value is the mean of its outcomes. What is watched begins anew with every commit that
 * refines the pool or rolls it back.
 *
 * <p>It may be looked at any time: what is told changes only when {@code sessions} more have come,
 * and each such look uses a part of the level, so that one who keeps looking raises a false alarm
 * no more often than the level says. What comes late to an old session may still move it.
 */
public final class Alarms {

  private static final int MOST_INTERACTIONS = 200_000;
  private static final int LONGEST_MEMORY = 4;

  /**
   * How it is watched.
   *
   * @param metrics of outcomes that count
   * @param sessions compared at a time, at least 1
   * @param level how likely each alarm may be false between one refinement and the next, in (0, 1)
   * @param spread how far types may lie apart in their mean outcome, in [0, 1)
   */
  public record Policy(List<String> metrics, int sessions, double level, double spread) {
    public Policy {
      metrics = List.copyOf(metrics);
    }
  }

  private final Sessions sessions;
  private final Pool pool;
  private final Policy policy;
  private final Map<String, Told> told = new ConcurrentHashMap<>();

  /** What the alarms of a space rest on. */
  private record Basis(Sessions.Known known, Optional<Commit> turn) {}

  /** What was said of a space, and stays so as long as it rests on the same. */
  private record Told(Basis basis, List<Alarm> alarms) {}

  public Alarms(Sessions sessions, Pool pool, Policy policy) {
    this.sessions = sessions;
    this.pool = pool;
    this.policy = policy;
  }

  /** What is to be said of a space now, one of each kind. */
  public List<Alarm> of(String space) {
    Optional<Commit> turn = pool.newest(space, List.of(Commit.Kind.REFINE, Commit.Kind.ROLLBACK));
    Basis basis = new Basis(sessions.known(space), turn);
    Told last = told.get(space);
    if (last != null && last.basis.equals(basis)) {
      return last.alarms;
    }
    List<Alarm> alarms = seen(space, turn);
    told.put(space, new Told(basis, alarms));
    return alarms;
  }

  private List<Alarm> seen(String space, Optional<Commit> turn) {
    Instant since = turn.map(Commit::at).orElse(Instant.EPOCH);
    List<Judged> now = judged(space, since, null);
    Optional<Commit> refinement = turn.filter(commit -> commit.kind() == Commit.Kind.REFINE);
    return List.of(
        falling(space, now),
        refinement
            .map(commit -> afterRefinement(space, commit, shown(now)))
            .orElseGet(
                () ->
                    unknown(
                        space,
                        Alarm.Kind.FALLING_AFTER_REFINEMENT,
                        "not known: there is no refinement, or it was rolled back",
                        List.of())),
        apart(space, shown(now)));
  }

  private List<Judged> judged(String space, Instant from, @Nullable Instant until) {
    return sessions.judged(space, policy.metrics, from, until, MOST_INTERACTIONS);
  }

  private static List<Judged> shown(List<Judged> sessions) {
    return sessions.stream().filter(Judged::shown).toList();
  }

  /**
   * The newest of the whole blocks of sessions, and of the newest two, four … blocks, against all
   * before them.
   */
  private Alarm falling(String space, List<Judged> now) {
    int block = policy.sessions;
    int looks = now.size() / block - 1;
    if (looks < 1) {
      return unknown(
          space,
          Alarm.Kind.FALLING_WITHOUT_REFINEMENT,
          missing(now.size(), 2 * block, "since the last refinement"),
          List.of(Sample.of(now).named("since")));
    }
    List<Judged> whole = now.subList(0, (looks + 1) * block);
    int windows = Integer.SIZE - Integer.numberOfLeadingZeros(looks);
    double chance = Sample.spent(policy.level, looks) / windows;
    List<Alarm> seen =
        IntStream.range(0, windows)
            .mapToObj(window -> falling(space, whole, whole.size() - (block << window), chance))
            .toList();
    return seen.stream()
        .filter(alarm -> alarm.status() == Alarm.Status.RAISED)
        .findFirst()
        .orElse(seen.getFirst());
  }

  private Alarm falling(String space, List<Judged> all, int from, double chance) {
    Sample earlier = Sample.of(all.subList(0, from));
    Sample recent = Sample.of(all.subList(from, all.size()));
    return compared(
        space,
        Alarm.Kind.FALLING_WITHOUT_REFINEMENT,
        earlier.named("earlier"),
        recent.named("recent"),
        Sample.bound(earlier, recent, chance),
        null,
        "hone refine --dry-run --space " + space);
  }

  /** Sessions that were shown experience: the whole blocks since, against the newest before. */
  private Alarm afterRefinement(String space, Commit refinement, List<Judged> since) {
    int block = policy.sessions;
    List<Judged> all = shown(judged(space, Instant.EPOCH, refinement.at()));
    List<Judged> before = all.subList(Math.max(0, all.size() - LONGEST_MEMORY * block), all.size());
    int looks = since.size() / block;
    Sample earlier = Sample.of(before);
    if (before.size() < block || looks < 1) {
      return unknown(
          space,
          Alarm.Kind.FALLING_AFTER_REFINEMENT,
          missing(before.size(), block, "with experience before the refinement")
              + "; "
              + missing(since.size(), block, "after it"),
          List.of(earlier.named("before"), Sample.of(since).named("after")));
    }
    Sample later = Sample.of(since.subList(0, looks * block));
    return compared(
        space,
        Alarm.Kind.FALLING_AFTER_REFINEMENT,
        earlier.named("before"),
        later.named("after"),
        Sample.bound(earlier, later, Sample.spent(policy.level, looks)),
        refinement.id(),
        "hone pool rollback "
            + refinement.id().substring(0, 12)
            + " --before --dry-run --space "
            + space);
  }

  private Alarm compared(
      String space,
      Alarm.Kind kind,
      Alarm.Group earlier,
      Alarm.Group later,
      double bound,
      @Nullable String commit,
      String advice) {
    double fall = earlier.mean() - later.mean();
    boolean raised = fall > bound;
    return new Alarm(
        space,
        kind,
        raised ? Alarm.Status.RAISED : Alarm.Status.QUIET,
        String.format(
            Locale.ROOT,
            "mean outcome %.2f of %d sessions %s, %.2f of %d sessions %s; a fall of more than"
                + " %.2f is more than chance",
            earlier.mean(),
            earlier.sessions(),
            earlier.name(),
            later.mean(),
            later.sessions(),
            later.name(),
            bound),
        List.of(earlier, later),
        bound,
        policy.level,
        commit,
        raised ? advice : null);
  }

  /** The best and the worst of the types of which enough is known. */
  private Alarm apart(String space, List<Judged> shown) {
    int block = policy.sessions;
    int looks = shown.size() / block;
    Map<String, List<Judged>> byType =
        shown.subList(0, looks * block).stream()
            .collect(
                Collectors.groupingBy(
                    each -> String.valueOf(each.type()), TreeMap::new, Collectors.toList()));
    byType.values().removeIf(sessions -> sessions.size() < block);
    List<Alarm.Group> types =
        byType.entrySet().stream()
            .map(type -> Sample.of(type.getValue()).named(type.getKey()))
            .sorted((one, other) -> Double.compare(other.mean(), one.mean()))
            .toList();
    if (types.size() < 2) {
      return unknown(
          space,
          Alarm.Kind.TYPES_APART,
          "not known yet: " + types.size() + " of 2 types with " + block + " sessions shown them",
          types);
    }
    double chance =
        Sample.spent(policy.level, looks) / ((double) types.size() * (types.size() - 1));
    return widest(space, types, chance);
  }

  /** The pair of types that lies farthest beyond the spread, as far as chance lets one tell. */
  private Alarm widest(String space, List<Alarm.Group> types, double chance) {
    Alarm.Group best = types.getFirst();
    Alarm.Group worst = types.getLast();
    double bound = bound(best, worst, chance);
    for (Alarm.Group one : types) {
      for (Alarm.Group other : types) {
        double here = bound(one, other, chance);
        if (one.mean() - other.mean() - here > best.mean() - worst.mean() - bound) {
          best = one;
          worst = other;
          bound = here;
        }
      }
    }
    boolean raised = best.mean() - worst.mean() - bound > policy.spread;
    return new Alarm(
        space,
        Alarm.Kind.TYPES_APART,
        raised ? Alarm.Status.RAISED : Alarm.Status.QUIET,
        String.format(
            Locale.ROOT,
            "mean outcome %.2f of %d sessions shown %s, %.2f of %d shown %s; more than %.2f"
                + " apart is more than %.2f and chance",
            best.mean(),
            best.sessions(),
            best.name(),
            worst.mean(),
            worst.sessions(),
            worst.name(),
            policy.spread + bound,
            policy.spread),
        types,
        bound,
        policy.level,
        null,
        raised ? "lower retrieval.type." + worst.name() + " or refine.type." + worst.name() : null);
  }

  private static double bound(Alarm.Group one, Alarm.Group other, double chance) {
    return Sample.bound(
        new Sample(one.sessions(), one.mean()), new Sample(other.sessions(), other.mean()), chance);
  }

  private static String missing(int there, int needed, String where) {
    return (there < needed ? "not known yet: " : "")
        + there
        + " of "
        + needed
        + " sessions with an outcome "
        + where;
  }

  private Alarm unknown(String space, Alarm.Kind kind, String statement, List<Alarm.Group> groups) {
    return new Alarm(
        space, kind, Alarm.Status.UNKNOWN, statement, groups, null, policy.level, null, null);
  }
}
