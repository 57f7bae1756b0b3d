package dev.hone.lab.experiment;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.lab.explore.Exploration.Pair;
import dev.hone.lab.explore.LivedEpisode;
import dev.hone.lab.report.Figure;
import dev.hone.lab.report.Report;
import dev.hone.lab.report.Table;
import dev.hone.lab.report.Table.Column;
import dev.hone.lab.report.Table.Format;
import dev.hone.lab.statistics.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * What came out of {@code explore}.
 *
 * @param world what was acted in
 * @param episodes of a seed, when nothing stops it
 */
record ExploreReport(LabRun run, String world, int episodes, List<LivedSeed> seeds) {

  private static final int WINDOWS = 10;

  /** Episodes of all seeds that were lived at about the same time. */
  private record Window(int from, int to, List<Pair> pairs) {
    Interval control() {
      return ExploreReport.mean(pairs, Pair::control);
    }

    Interval experience() {
      return ExploreReport.mean(pairs, Pair::experience);
    }

    Interval difference() {
      return ExploreReport.difference(pairs);
    }
  }

  private static Interval mean(List<Pair> pairs, Function<Pair, LivedEpisode> arm) {
    return Interval.ofMean(pairs.stream().map(pair -> arm.apply(pair).reward()).toList(), 0, 1);
  }

  private static Interval difference(List<Pair> pairs) {
    return Interval.ofMean(
        pairs.stream().map(pair -> pair.experience().reward() - pair.control().reward()).toList(),
        -1,
        1);
  }

  Report report() {
    List<Pair> all = seeds.stream().flatMap(seed -> seed.pairs().stream()).toList();
    List<Window> windows = windows(all);
    ObjectNode summary = summary(all, windows);
    Report report = new Report("explore: " + world, summary);
    Notes.introduce(report, run);
    report.paragraph(
        "An agent acts in "
            + world
            + " through the gateway and learns from what it earns; the control lives the same"
            + " episodes with Hone out of the way. The reward of an episode is the mean of the"
            + " rewards of its steps.");
    seeds.stream()
        .filter(seed -> !seed.stopped().isEmpty())
        .findFirst()
        .ifPresent(
            seed ->
                report.note(
                    "Stopped in seed "
                        + seed.seed()
                        + " after "
                        + seed.pairs().size()
                        + " episodes: "
                        + seed.stopped()
                        + "."));
    if (all.isEmpty()) {
      return report.note("No episode was lived to its end: there is nothing to compare.");
    }
    report.table(arms(all)).note(compared(difference(all)));
    report.table(table(windows)).figure(figure(windows));
    report.paragraph(
        "Intervals: bootstrap over episodes, and where all rewards, or all differences, are equal,"
            + " as if one had been the least and one the most that there can be; they speak about"
            + " other episodes of the kind, with experience as it grew in these runs.");
    return report;
  }

  private static String compared(Interval difference) {
    return String.format(
        Locale.ROOT,
        "Experience − control, over all episodes: %+.3f (%+.3f to %+.3f).",
        difference.value(),
        difference.low(),
        difference.high());
  }

  private List<Window> windows(List<Pair> all) {
    int width = Math.max(1, (episodes + WINDOWS - 1) / WINDOWS);
    List<Window> windows = new ArrayList<>();
    for (int from = 0; from < episodes; from += width) {
      int first = from;
      int to = Math.min(episodes, from + width);
      List<Pair> in =
          all.stream().filter(pair -> pair.number() >= first && pair.number() < to).toList();
      if (!in.isEmpty()) {
        windows.add(new Window(from + 1, to, in));
      }
    }
    return windows;
  }

  private ObjectNode summary(List<Pair> all, List<Window> windows) {
    ObjectNode summary = Notes.summary(run);
    ObjectNode arms = summary.putObject("arms");
    arm(arms.putObject("control"), all, Pair::control);
    arm(arms.putObject("experience"), all, Pair::experience);
    ObjectNode compared =
        summary.putArray("differences").addObject().put("arm", "experience").put("over", "control");
    mean(compared, "difference", difference(all));
    ArrayNode over = summary.putArray("windows");
    for (Window window : windows) {
      ObjectNode each = over.addObject().put("from", window.from).put("to", window.to);
      mean(each.putObject("control"), "reward", window.control());
      mean(each.putObject("experience"), "reward", window.experience());
      mean(each.putObject("difference"), "difference", window.difference());
    }
    ArrayNode stopped = summary.putArray("stopped");
    seeds.stream().map(LivedSeed::stopped).filter(why -> !why.isEmpty()).forEach(stopped::add);
    return summary;
  }

  private static void mean(ObjectNode object, String name, Interval mean) {
    object.put(name, mean.value()).put("low", mean.low()).put("high", mean.high());
  }

  private static void arm(ObjectNode object, List<Pair> all, Function<Pair, LivedEpisode> arm) {
    mean(object, "reward", mean(all, arm));
    List<LivedEpisode> lived = all.stream().map(arm).toList();
    object
        .put("episodes", lived.size())
        .put("steps", lived.stream().mapToInt(LivedEpisode::steps).sum())
        .put("refused", lived.stream().mapToInt(LivedEpisode::refused).sum())
        .put("drawn", lived.stream().mapToInt(LivedEpisode::drawn).sum())
        .put("tokens", lived.stream().mapToLong(LivedEpisode::tokens).sum());
  }

  private static Table arms(List<Pair> all) {
    return new Table(
        "arms",
        "Reward of an episode with its 95 % interval; steps, actions refused and drawn, tokens",
        List.of(
            new Column("arm", Format.TEXT),
            new Column("reward", Format.NUMBER),
            new Column("low", Format.NUMBER),
            new Column("high", Format.NUMBER),
            new Column("episodes", Format.WHOLE),
            new Column("steps", Format.WHOLE),
            new Column("refused", Format.WHOLE),
            new Column("drawn", Format.WHOLE),
            new Column("tokens", Format.WHOLE)),
        List.of(row("control", all, Pair::control), row("experience", all, Pair::experience)));
  }

  private static List<Object> row(String name, List<Pair> all, Function<Pair, LivedEpisode> arm) {
    Interval reward = mean(all, arm);
    List<LivedEpisode> lived = all.stream().map(arm).toList();
    return List.of(
        name,
        reward.value(),
        reward.low(),
        reward.high(),
        lived.size(),
        lived.stream().mapToInt(LivedEpisode::steps).sum(),
        lived.stream().mapToInt(LivedEpisode::refused).sum(),
        lived.stream().mapToInt(LivedEpisode::drawn).sum(),
        lived.stream().mapToLong(LivedEpisode::tokens).sum());
  }

  private static Table table(List<Window> windows) {
    List<List<Object>> rows = new ArrayList<>();
    for (Window window : windows) {
      Interval difference = window.difference();
      rows.add(
          List.of(
              window.from,
              window.to,
              window.control().value(),
              window.control().low(),
              window.control().high(),
              window.experience().value(),
              window.experience().low(),
              window.experience().high(),
              difference.value(),
              difference.low(),
              difference.high()));
    }
    return new Table(
        "windows",
        "Reward over time: episodes from and to, each figure with its 95 % interval",
        List.of(
            new Column("from", Format.WHOLE),
            new Column("to", Format.WHOLE),
            new Column("control", Format.NUMBER),
            new Column("control_low", Format.NUMBER),
            new Column("control_high", Format.NUMBER),
            new Column("experience", Format.NUMBER),
            new Column("experience_low", Format.NUMBER),
            new Column("experience_high", Format.NUMBER),
            new Column("difference", Format.NUMBER),
            new Column("low", Format.NUMBER),
            new Column("high", Format.NUMBER)),
        rows);
  }

  private static Figure figure(List<Window> windows) {
    return Figure.lines(
        "reward",
        "Reward of an episode over time, with 95 % interval",
        "episode",
        "reward",
        false,
        List.of(
            line("control", windows, Window::control),
            line("experience", windows, Window::experience)));
  }

  private static Figure.Line line(
      String name, List<Window> windows, Function<Window, Interval> mean) {
    List<Double> x = windows.stream().map(window -> (window.from + window.to) / 2.0).toList();
    return new Figure.Line(name, x, windows.stream().map(mean).toList());
  }
}
