package dev.hone.lab.experiment;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.lab.report.Figure;
import dev.hone.lab.report.Table;
import dev.hone.lab.report.Table.Column;
import dev.hone.lab.report.Table.Format;
import dev.hone.lab.run.Asked;
import dev.hone.lab.statistics.Paired;
import dev.hone.lab.statistics.Proportion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;

/** Arms compared on the same questions. */
public final class Comparison {

  private final Map<String, List<Asked>> answers = new LinkedHashMap<>();
  private final List<Difference> differences = new ArrayList<>();

  /** Two arms compared. */
  private record Difference(
      String arm, String over, Map<Long, Paired> seeds, Paired all, OptionalDouble published) {}

  /**
   * Of these arms, in this order.
   *
   * @param records answers, also of other arms
   */
  public Comparison(List<String> arms, List<Asked> records) {
    for (String arm : arms) {
      answers.put(arm, records.stream().filter(each -> each.round().arm().equals(arm)).toList());
    }
  }

  /** Compares an arm with another, if both are there. */
  public Comparison compare(String arm, String over) {
    return compare(arm, over, OptionalDouble.empty());
  }

  /**
   * Compares an arm with another, if both are there.
   *
   * @param published the difference that the paper reports, with the models and data of its own
   */
  public Comparison compare(String arm, String over, OptionalDouble published) {
    if (answers.containsKey(arm) && answers.containsKey(over)) {
      differences.add(difference(arm, over, published));
    }
    return this;
  }

  private Difference difference(String arm, String over, OptionalDouble published) {
    List<Asked> first = answers.getOrDefault(arm, List.of());
    List<Asked> second = answers.getOrDefault(over, List.of());
    Map<Long, Paired> seeds = new TreeMap<>();
    for (Asked each : first) {
      long seed = each.round().seed();
      if (!seeds.containsKey(seed)) {
        seeds.put(seed, Pairs.of(seed(first, seed), seed(second, seed)).compared());
      }
    }
    return new Difference(arm, over, seeds, Pairs.of(first, second).compared(), published);
  }

  private static List<Asked> seed(List<Asked> answers, long seed) {
    return answers.stream().filter(each -> each.round().seed() == seed).toList();
  }

  /** Writes scores and differences into a summary. */
  public void into(ObjectNode summary) {
    ObjectNode arms = summary.putObject("arms");
    answers.forEach((arm, of) -> ArmScore.of(of).into(arms.putObject(arm)));
    ArrayNode compared = summary.putArray("differences");
    for (Difference each : differences) {
      ObjectNode object = compared.addObject().put("arm", each.arm()).put("over", each.over());
      Pairs.put(object, each.all());
      each.published().ifPresent(value -> object.put("published", value));
      ArrayNode seeds = object.putArray("seeds");
      each.seeds()
          .forEach(
              (seed, paired) -> {
                ObjectNode one = seeds.addObject().put("seed", seed);
                Pairs.put(one, paired);
                one.put("mcnemar", Paired.mcNemar(paired.wins(), paired.losses()));
              });
    }
  }

  /** Accuracy, cost and confidence of each arm. */
  public Table scores() {
    List<List<Object>> rows = new ArrayList<>();
    answers.forEach(
        (arm, of) -> {
          ArmScore score = ArmScore.of(of);
          Proportion accuracy = score.accuracy();
          rows.add(
              List.of(
                  arm,
                  accuracy.value(),
                  accuracy.low(),
                  accuracy.high(),
                  score.questions(),
                  score.asked(),
                  score.tokens(),
                  score.calibration().right(),
                  score.calibration().wrong()));
        });
    return new Table(
        "arms",
        "Accuracy with its 95 % interval, tokens shown, confidence when right and when wrong",
        List.of(
            new Column("arm", Format.TEXT),
            new Column("accuracy", Format.PERCENT),
            new Column("low", Format.PERCENT),
            new Column("high", Format.PERCENT),
            new Column("questions", Format.WHOLE),
            new Column("asked", Format.WHOLE),
            new Column("tokens", Format.WHOLE),
            new Column("sure_right", Format.NUMBER),
            new Column("sure_wrong", Format.NUMBER)),
        rows);
  }

  /** How sure each arm was and how that fits, also written into a summary. */
  Table calibration(ObjectNode summary) {
    Sureness sureness = new Sureness(summary, "calibration");
    answers.forEach(sureness::add);
    return sureness.table(
        "calibration", "How sure each arm said it was, and how that fits, with 95 % interval");
  }

  /** Paired differences in points, over all seeds. */
  public Table differences() {
    String title = "Paired differences in points, with 95 % interval";
    List<Column> columns = columns("p");
    List<List<Object>> rows = new ArrayList<>();
    boolean published = differences.stream().anyMatch(each -> each.published().isPresent());
    if (published) {
      title += ", beside what the paper reports of language models";
      columns.add(new Column("published", Format.POINTS));
    }
    for (Difference each : differences) {
      List<Object> row = row(each.arm() + " − " + each.over(), each.all(), each.all().p());
      if (published) {
        row.add(each.published());
      }
      rows.add(row);
    }
    return new Table("differences", title, columns, rows);
  }

  /** Paired differences in points, seed by seed. */
  public Table seeds() {
    List<List<Object>> rows = new ArrayList<>();
    for (Difference each : differences) {
      each.seeds()
          .forEach(
              (seed, paired) ->
                  rows.add(
                      row(
                          each.arm() + " − " + each.over() + ", seed " + seed,
                          paired,
                          Paired.mcNemar(paired.wins(), paired.losses()))));
    }
    return new Table(
        "seeds", "The same seed by seed, with the exact test of McNemar", columns("mcnemar"), rows);
  }

  private static List<Object> row(String name, Paired paired, double p) {
    return new ArrayList<>(
        List.of(
            name,
            paired.difference(),
            paired.low(),
            paired.high(),
            p,
            paired.wins(),
            paired.losses(),
            paired.questions()));
  }

  private static List<Column> columns(String test) {
    return new ArrayList<>(
        List.of(
            new Column("compared", Format.TEXT),
            new Column("difference", Format.POINTS),
            new Column("low", Format.POINTS),
            new Column("high", Format.POINTS),
            new Column(test, Format.NUMBER),
            new Column("wins", Format.WHOLE),
            new Column("losses", Format.WHOLE),
            new Column("questions", Format.WHOLE)));
  }

  /** Accuracy of each arm, as bars. */
  public Figure figure() {
    List<Figure.Bar> bars = new ArrayList<>();
    answers.forEach(
        (arm, of) -> bars.add(new Figure.Bar(arm, ArmScore.of(of).accuracy().interval())));
    return Figure.bars("accuracy", "Accuracy by arm, with 95 % interval", "accuracy in %", bars);
  }

  /** The topics there are, in order; none when the data set says none. */
  public List<String> topics() {
    TreeSet<String> topics = new TreeSet<>();
    answers.values().forEach(of -> of.forEach(each -> topics.add(each.topic())));
    topics.remove("");
    return List.copyOf(topics);
  }

  /** Answers to questions of a topic, by arm. */
  Map<String, List<Asked>> of(String topic) {
    Map<String, List<Asked>> some = new LinkedHashMap<>();
    answers.forEach(
        (arm, of) ->
            some.put(arm, of.stream().filter(each -> each.topic().equals(topic)).toList()));
    return some;
  }
}
