package dev.hone.lab.experiment;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.lab.report.Figure;
import dev.hone.lab.report.Report;
import dev.hone.lab.report.Table;
import dev.hone.lab.report.Table.Column;
import dev.hone.lab.report.Table.Format;
import dev.hone.lab.statistics.Proportion;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** What came out of {@code frequency}. */
record FrequencyReport(LabRun run, List<Double> growths, List<LivedStream> streams) {

  Report report() {
    ObjectNode summary = Notes.summary(run);
    ObjectNode arms = summary.putObject("arms");
    for (double growth : growths) {
      LivedStream.into(
          arms.putObject(name(growth)),
          with(growth),
          StreamWindow::right,
          LivedStream.injected(with(growth)));
    }
    LivedStream.into(arms.putObject("control"), streams, StreamWindow::control, 0);
    ArrayNode lived = summary.putArray("streams");
    streams.forEach(stream -> lived.add(stream.line()));
    Report report = new Report("frequency: " + run.dataset().name(), summary);
    Notes.introduce(report, run);
    report.paragraph(
        "The same stream of queries, lived through with other growth factors: the pool is refined"
            + " when it has grown by the factor since the last time; 0 is never. The control is the"
            + " model alone on the same queries.");
    report.table(accuracy()).table(cost()).figure(figure());
    report.paragraph(
        "Accuracy: Wilson's interval (1927). Processor time is that of the whole process while it"
            + " learned and refined, and depends on the machine.");
    return report;
  }

  private static String name(double growth) {
    return growth == 0 ? "never" : "growth " + growth;
  }

  private Figure figure() {
    List<Figure.Bar> bars = new ArrayList<>();
    for (double growth : growths) {
      bars.add(
          new Figure.Bar(
              name(growth), LivedStream.share(with(growth), StreamWindow::right).interval()));
    }
    return Figure.bars(
        "accuracy", "Accuracy by growth factor, with 95 % interval", "accuracy in %", bars);
  }

  private List<LivedStream> with(double growth) {
    return streams.stream().filter(stream -> stream.growth() == growth).toList();
  }

  private double mean(double growth, ToDoubleFunction<LivedStream> what) {
    return with(growth).stream().mapToDouble(what).average().orElse(0);
  }

  private static StreamWindow last(LivedStream stream) {
    return stream.windows().getLast();
  }

  private Table accuracy() {
    List<List<Object>> rows = new ArrayList<>();
    for (double growth : growths) {
      List<LivedStream> lived = with(growth);
      List<Object> row = new ArrayList<>(List.of(growth));
      Stream.of(
              LivedStream.share(lived, StreamWindow::right),
              Proportion.of(
                  lived.stream().mapToInt(stream -> last(stream).right()).sum(),
                  lived.stream().mapToInt(stream -> last(stream).queries()).sum()),
              LivedStream.share(lived, StreamWindow::control))
          .forEach(share -> row.addAll(List.of(share.value(), share.low(), share.high())));
      rows.add(row);
    }
    return new Table(
        "accuracy",
        "Accuracy over the whole stream, in its last fifth, and of the control, each with its 95 %"
            + " interval",
        List.of(
            new Column("growth", Format.NUMBER),
            new Column("accuracy", Format.PERCENT),
            new Column("low", Format.PERCENT),
            new Column("high", Format.PERCENT),
            new Column("last_fifth", Format.PERCENT),
            new Column("last_low", Format.PERCENT),
            new Column("last_high", Format.PERCENT),
            new Column("control", Format.PERCENT),
            new Column("control_low", Format.PERCENT),
            new Column("control_high", Format.PERCENT)),
        rows);
  }

  private Table cost() {
    List<List<Object>> rows = new ArrayList<>();
    for (double growth : growths) {
      rows.add(
          List.of(
              growth,
              mean(growth, stream -> last(stream).refinements()),
              mean(growth, stream -> last(stream).items()),
              mean(growth, stream -> last(stream).bytes()) / (1 << 20),
              mean(growth, stream -> stream.total(StreamWindow::learning)),
              mean(growth, stream -> stream.total(StreamWindow::refining))));
    }
    return new Table(
        "cost",
        "How often it was refined, what the pool holds, and CPU seconds: means over the streams",
        List.of(
            new Column("growth", Format.NUMBER),
            new Column("refinements", Format.WHOLE),
            new Column("items", Format.WHOLE),
            new Column("MiB", Format.NUMBER),
            new Column("learning", Format.NUMBER),
            new Column("refining", Format.NUMBER)),
        rows);
  }
}
