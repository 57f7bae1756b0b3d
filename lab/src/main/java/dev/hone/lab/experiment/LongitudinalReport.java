package dev.hone.lab.experiment;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.lab.report.Figure;
import dev.hone.lab.report.Report;
import dev.hone.lab.report.Table;
import dev.hone.lab.report.Table.Column;
import dev.hone.lab.report.Table.Format;
import dev.hone.lab.statistics.Interval;
import dev.hone.lab.statistics.Proportion;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;

/** What came out of {@code longitudinal}. */
record LongitudinalReport(LabRun run, List<LivedStream> streams) {

  private int windows() {
    return streams.getFirst().windows().size();
  }

  private List<StreamWindow> at(int window) {
    return streams.stream().map(stream -> stream.windows().get(window)).toList();
  }

  private double mean(int window, ToDoubleFunction<StreamWindow> what) {
    return at(window).stream().mapToDouble(what).average().orElse(0);
  }

  private Proportion share(int window, ToIntFunction<StreamWindow> right) {
    return Proportion.of(
        at(window).stream().mapToInt(right).sum(),
        at(window).stream().mapToInt(StreamWindow::queries).sum());
  }

  Report report() {
    ObjectNode summary = Notes.summary(run);
    ObjectNode arms = summary.putObject("arms");
    LivedStream.into(
        arms.putObject("experience"), streams, StreamWindow::right, LivedStream.injected(streams));
    LivedStream.into(arms.putObject("control"), streams, StreamWindow::control, 0);
    ArrayNode lived = summary.putArray("streams");
    streams.forEach(stream -> lived.add(stream.line()));
    Report report = new Report("longitudinal: " + run.dataset().name(), summary);
    Notes.introduce(report, run);
    report.paragraph(
        "A stream of queries, some often and most seldom (Zipf's law), each answered with what is"
            + " known so far, then judged and learned from. The control is the model alone on the"
            + " same queries.");
    report.table(accuracy()).table(cost());
    report.figure(
        Figure.lines(
            "accuracy",
            "Accuracy over the stream, with 95 % interval",
            "queries",
            "accuracy in %",
            true,
            List.of(
                line("experience", StreamWindow::right), line("control", StreamWindow::control))));
    report.figure(
        Figure.lines(
            "items",
            "Items in the pool over the stream",
            "queries",
            "items",
            false,
            List.of(
                new Figure.Line(
                    "items",
                    ends(),
                    each(StreamWindow::items).stream().map(Interval::exactly).toList()))));
    report.paragraph(
        "Accuracy: Wilson's interval (1927); questions come again, so windows are not independent"
            + " of each other. Processor time is that of the whole process while it learned and"
            + " refined, and depends on the machine.");
    return report;
  }

  private List<Double> ends() {
    List<Double> ends = new ArrayList<>();
    double sum = 0;
    for (int window = 0; window < windows(); window++) {
      sum += streams.getFirst().windows().get(window).queries();
      ends.add(sum);
    }
    return ends;
  }

  private List<Double> each(ToDoubleFunction<StreamWindow> what) {
    List<Double> values = new ArrayList<>();
    for (int window = 0; window < windows(); window++) {
      values.add(mean(window, what));
    }
    return values;
  }

  private Figure.Line line(String name, ToIntFunction<StreamWindow> right) {
    List<Interval> y = new ArrayList<>();
    for (int window = 0; window < windows(); window++) {
      y.add(share(window, right).interval());
    }
    return new Figure.Line(name, ends(), y);
  }

  private Table accuracy() {
    List<List<Object>> rows = new ArrayList<>();
    for (int window = 0; window < windows(); window++) {
      Proportion share = share(window, StreamWindow::right);
      Proportion control = share(window, StreamWindow::control);
      rows.add(
          List.of(
              ends().get(window),
              share.value(),
              share.low(),
              share.high(),
              control.value(),
              control.low(),
              control.high(),
              mean(window, StreamWindow::injected)));
    }
    return new Table(
        "accuracy",
        "Accuracy in each window, up to so many queries, with 95 % interval",
        List.of(
            new Column("queries", Format.WHOLE),
            new Column("accuracy", Format.PERCENT),
            new Column("low", Format.PERCENT),
            new Column("high", Format.PERCENT),
            new Column("control", Format.PERCENT),
            new Column("control_low", Format.PERCENT),
            new Column("control_high", Format.PERCENT),
            new Column("tokens shown", Format.WHOLE)),
        rows);
  }

  private Table cost() {
    List<List<Object>> rows = new ArrayList<>();
    for (int window = 0; window < windows(); window++) {
      rows.add(
          List.of(
              ends().get(window),
              mean(window, StreamWindow::items),
              mean(window, StreamWindow::commits),
              mean(window, StreamWindow::refinements),
              mean(window, StreamWindow::bytes) / (1 << 20),
              mean(window, StreamWindow::journal) / (1 << 20),
              mean(window, StreamWindow::learning),
              mean(window, StreamWindow::refining),
              mean(window, StreamWindow::tokens)));
    }
    return new Table(
        "cost",
        "What it holds and costs: MiB on disk and of the journal, CPU seconds in the window,"
            + " tokens",
        List.of(
            new Column("queries", Format.WHOLE),
            new Column("items", Format.WHOLE),
            new Column("commits", Format.WHOLE),
            new Column("refinements", Format.WHOLE),
            new Column("disk", Format.NUMBER),
            new Column("journal", Format.NUMBER),
            new Column("learning", Format.NUMBER),
            new Column("refining", Format.NUMBER),
            new Column("tokens", Format.WHOLE)),
        rows);
  }
}
