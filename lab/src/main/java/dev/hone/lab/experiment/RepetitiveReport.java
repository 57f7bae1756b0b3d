package dev.hone.lab.experiment;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.lab.report.Figure;
import dev.hone.lab.report.Report;
import dev.hone.lab.report.Table;
import dev.hone.lab.report.Table.Column;
import dev.hone.lab.report.Table.Format;
import dev.hone.lab.run.Asked;
import dev.hone.lab.statistics.Interval;
import dev.hone.lab.statistics.Paired;
import dev.hone.lab.statistics.Proportion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** What came out of {@code repetitive}. */
final class RepetitiveReport {

  private static final List<String> POOLS = List.of(Epochs.SHARED, Epochs.PRIVATE);

  private static final String PUBLISHED =
      "The paper (arXiv 2509.18771) reports of language models that accuracy rises as questions"
          + " come again, and that confidence separates right from wrong better.";

  private final LabRun run;
  private final int epochs;
  private final List<Asked> answers;
  private final Map<String, Map<String, Interval>> sure = new HashMap<>();

  RepetitiveReport(LabRun run, int epochs) {
    this.run = run;
    this.epochs = epochs;
    this.answers = run.folder().asked();
  }

  private List<Asked> of(String pool, int epoch) {
    return answers.stream()
        .filter(each -> each.round().arm().equals(pool) && each.round().epoch() == epoch)
        .toList();
  }

  private List<Asked> of(String pool, int epoch, String client) {
    return of(pool, epoch).stream().filter(each -> each.round().client().equals(client)).toList();
  }

  private List<String> clients() {
    return List.copyOf(new TreeSet<>(answers.stream().map(each -> each.round().client()).toList()));
  }

  Report report() {
    ObjectNode summary = Notes.summary(run);
    ObjectNode arms = summary.putObject("arms");
    POOLS.forEach(pool -> ArmScore.of(of(pool, epochs)).into(arms.putObject(pool)));
    Report report = new Report("repetitive: " + run.dataset().name(), summary);
    Notes.introduce(report, run);
    report.paragraph(
        "Each client asks every question once an epoch, and is then told the truth about a share of"
            + " them. In shared, all clients tell one pool; in private, each has its own.");
    report.table(epochs(summary)).table(differences(summary));
    report.figure(accuracy());
    report.table(change(summary)).figure(confidence());
    report.table(clients(summary)).detail(clientEpochs()).detail(sureness(summary));
    report.note(PUBLISHED);
    Notes.statistics(report);
    return report;
  }

  private Table epochs(ObjectNode summary) {
    ArrayNode list = summary.putArray("epochs");
    List<List<Object>> rows = new ArrayList<>();
    for (String pool : POOLS) {
      for (int epoch = 1; epoch <= epochs; epoch++) {
        ArmScore score = ArmScore.of(of(pool, epoch));
        score.into(list.addObject().put("arm", pool).put("epoch", epoch));
        rows.add(
            List.of(
                pool,
                epoch,
                score.accuracy().value(),
                score.accuracy().low(),
                score.accuracy().high(),
                score.tokens()));
      }
    }
    return new Table(
        "epochs",
        "Accuracy with its 95 % interval and tokens shown, by epoch",
        List.of(
            new Column("pool", Format.TEXT),
            new Column("epoch", Format.WHOLE),
            new Column("accuracy", Format.PERCENT),
            new Column("low", Format.PERCENT),
            new Column("high", Format.PERCENT),
            new Column("tokens", Format.WHOLE)),
        rows);
  }

  private Table sureness(ObjectNode summary) {
    Sureness sureness = new Sureness(summary, "calibration");
    for (String pool : POOLS) {
      for (int epoch = 1; epoch <= epochs; epoch++) {
        sureness.add(pool + " epoch " + epoch, sure(pool, epoch));
      }
    }
    return sureness.table(
        "calibration", "How sure they said they were, and how that fits, with 95 % interval");
  }

  private Map<String, Interval> sure(String pool, int epoch) {
    return sure.computeIfAbsent(pool + " " + epoch, any -> Sureness.of(of(pool, epoch)));
  }

  private Table change(ObjectNode summary) {
    Sureness sureness = new Sureness(summary, "calibration_change");
    for (String pool : POOLS) {
      sureness.change(pool, of(pool, epochs), of(pool, 1));
    }
    return sureness.table(
        "calibration_change",
        "How sure they said they were, and how that fits: epoch "
            + epochs
            + " less epoch 1, with 95 % interval (auc: more is better;"
            + " brier and ece: less)");
  }

  private Table differences(ObjectNode summary) {
    ArrayNode list = summary.putArray("differences");
    List<List<Object>> rows = new ArrayList<>();
    for (String pool : POOLS) {
      add(
          list,
          rows,
          pool + " epoch " + epochs,
          pool + " epoch 1",
          Pairs.of(of(pool, epochs), of(pool, 1)).compared());
    }
    for (int epoch = 2; epoch <= epochs; epoch++) {
      add(
          list,
          rows,
          "shared epoch " + epoch,
          "private epoch " + epoch,
          Pairs.of(of(Epochs.SHARED, epoch), of(Epochs.PRIVATE, epoch)).compared());
    }
    return new Table(
        "differences",
        "Paired differences in points, with 95 % interval",
        List.of(
            new Column("compared", Format.TEXT),
            new Column("difference", Format.POINTS),
            new Column("low", Format.POINTS),
            new Column("high", Format.POINTS),
            new Column("p", Format.NUMBER)),
        rows);
  }

  private static void add(
      ArrayNode list, List<List<Object>> rows, String arm, String over, Paired paired) {
    Pairs.put(list.addObject().put("arm", arm).put("over", over), paired);
    rows.add(
        List.of(arm + " − " + over, paired.difference(), paired.low(), paired.high(), paired.p()));
  }

  private List<Asked> later(String pool, String client) {
    return answers.stream()
        .filter(each -> each.round().arm().equals(pool) && each.round().epoch() > 1)
        .filter(each -> each.round().client().equals(client))
        .toList();
  }

  /** The gain by sharing is that of the epochs after the first. */
  private Table clients(ObjectNode summary) {
    ArrayNode list = summary.putArray("clients");
    List<List<Object>> rows = new ArrayList<>();
    for (String client : clients()) {
      ObjectNode object = list.addObject().put("client", client);
      List<Object> row = new ArrayList<>(List.of(client));
      for (String pool : POOLS) {
        ArrayNode accuracies = object.putArray(pool);
        for (int epoch = 1; epoch <= epochs; epoch++) {
          double accuracy = ArmScore.of(of(pool, epoch, client)).accuracy().value();
          accuracies.add(accuracy);
          row.add(accuracy);
        }
      }
      Paired gain =
          Pairs.ofEpochs(later(Epochs.SHARED, client), later(Epochs.PRIVATE, client)).compared();
      Pairs.put(object.putObject("gain"), gain);
      row.addAll(List.of(gain.difference(), gain.low(), gain.high()));
      rows.add(row);
    }
    List<Column> columns = new ArrayList<>(List.of(new Column("client", Format.TEXT)));
    for (String pool : POOLS) {
      for (int epoch = 1; epoch <= epochs; epoch++) {
        columns.add(new Column(pool + " " + epoch, Format.PERCENT));
      }
    }
    columns.add(new Column("gain", Format.POINTS));
    columns.add(new Column("low", Format.POINTS));
    columns.add(new Column("high", Format.POINTS));
    return new Table(
        "clients",
        "Accuracy by client, pool and epoch; gain by sharing in points, mean of epochs 2 to "
            + epochs
            + ", with 95 % interval",
        columns,
        rows);
  }

  private Table clientEpochs() {
    List<List<Object>> rows = new ArrayList<>();
    for (String client : clients()) {
      for (String pool : POOLS) {
        for (int epoch = 1; epoch <= epochs; epoch++) {
          Proportion accuracy = ArmScore.of(of(pool, epoch, client)).accuracy();
          rows.add(List.of(client, pool, epoch, accuracy.value(), accuracy.low(), accuracy.high()));
        }
      }
    }
    return new Table(
        "client_epochs",
        "Accuracy by client, pool and epoch, with 95 % interval",
        List.of(
            new Column("client", Format.TEXT),
            new Column("pool", Format.TEXT),
            new Column("epoch", Format.WHOLE),
            new Column("accuracy", Format.PERCENT),
            new Column("low", Format.PERCENT),
            new Column("high", Format.PERCENT)),
        rows);
  }

  private Figure accuracy() {
    List<Figure.Line> lines = new ArrayList<>();
    for (String pool : POOLS) {
      lines.add(
          new Figure.Line(
              pool,
              numbers(),
              IntStream.rangeClosed(1, epochs)
                  .mapToObj(epoch -> ArmScore.of(of(pool, epoch)).accuracy().interval())
                  .toList()));
    }
    return Figure.lines(
        "accuracy", "Accuracy by epoch, with 95 % interval", "epoch", "accuracy in %", true, lines);
  }

  private Figure confidence() {
    List<Figure.Line> lines = new ArrayList<>();
    for (String pool : POOLS) {
      lines.add(confidence(pool, true));
      lines.add(confidence(pool, false));
    }
    return Figure.lines(
        "confidence",
        "Mean confidence by epoch, when right and when wrong, with 95 % interval",
        "epoch",
        "confidence",
        false,
        lines.stream().filter(line -> !line.x().isEmpty()).toList());
  }

  private Figure.Line confidence(String pool, boolean right) {
    List<Double> x = new ArrayList<>();
    List<Interval> y = new ArrayList<>();
    for (int epoch = 1; epoch <= epochs; epoch++) {
      Interval mean = sure(pool, epoch).get(right ? "sure_right" : "sure_wrong");
      if (mean != null) {
        x.add((double) epoch);
        y.add(mean);
      }
    }
    return new Figure.Line(pool + (right ? ", right" : ", wrong"), x, y);
  }

  private List<Double> numbers() {
    return IntStream.rangeClosed(1, epochs).mapToObj(epoch -> (double) epoch).toList();
  }
}
