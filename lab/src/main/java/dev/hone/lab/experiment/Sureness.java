package dev.hone.lab.experiment;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.lab.report.Table;
import dev.hone.lab.report.Table.Column;
import dev.hone.lab.report.Table.Format;
import dev.hone.lab.run.Asked;
import dev.hone.lab.statistics.Calibration;
import dev.hone.lab.statistics.Calibration.Judged;
import dev.hone.lab.statistics.Interval;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How sure answers said they were, and how that fits, with intervals: figures of {@link
 * Calibration}, each question a cluster. A table, and a list of a summary.
 */
final class Sureness {

  private final ArrayNode list;
  private final List<List<Object>> rows = new ArrayList<>();

  /** An answer to a question, of one of two times. */
  private record Answer(boolean later, Judged judged) {}

  /**
   * An empty one.
   *
   * @param name of the list in the summary
   */
  Sureness(ObjectNode summary, String name) {
    this.list = summary.putArray(name);
  }

  /** The figures of some answers, by name. */
  static Map<String, Interval> of(Collection<Asked> answers) {
    return Interval.of(
        List.copyOf(clusters(answers.stream(), Sureness::judged).values()),
        some -> Calibration.of(some).figures());
  }

  /** Adds what is told of some answers. */
  void add(String label, Collection<Asked> answers) {
    add(label, of(answers));
  }

  /** Adds how some answers differ from earlier ones to the same questions. */
  void change(String label, Collection<Asked> later, Collection<Asked> earlier) {
    Map<String, List<Answer>> clusters =
        clusters(later.stream(), asked -> new Answer(true, judged(asked)));
    clusters(earlier.stream(), asked -> new Answer(false, judged(asked)))
        .forEach((id, of) -> clusters.computeIfAbsent(id, any -> new ArrayList<>()).addAll(of));
    add(label, Interval.of(List.copyOf(clusters.values()), Sureness::differences));
  }

  private static Map<String, Double> differences(List<Answer> answers) {
    Map<String, Double> earlier = figures(answers, false);
    Map<String, Double> differences = new LinkedHashMap<>();
    figures(answers, true)
        .forEach(
            (figure, value) -> {
              Double before = earlier.get(figure);
              if (before != null) {
                differences.put(figure, value - before);
              }
            });
    return differences;
  }

  private static Map<String, Double> figures(List<Answer> answers, boolean later) {
    return Calibration.of(
            answers.stream().filter(each -> each.later == later).map(Answer::judged).toList())
        .figures();
  }

  private static Judged judged(Asked asked) {
    return new Judged(asked.confidence().orElseThrow(), asked.right());
  }

  /** Of each question the answers that named a confidence. */
  private static <T> Map<String, List<T>> clusters(Stream<Asked> answers, Function<Asked, T> as) {
    return answers
        .filter(each -> each.confidence().isPresent())
        .collect(
            Collectors.groupingBy(
                Asked::id,
                LinkedHashMap::new,
                Collectors.mapping(as, Collectors.toCollection(ArrayList::new))));
  }

  /** Adds figures that are known. */
  void add(String label, Map<String, Interval> figures) {
    figures.forEach(
        (figure, told) -> {
          rows.add(List.of(label, figure, told.value(), told.low(), told.high()));
          list.addObject()
              .put("of", label)
              .put("figure", figure)
              .put("value", told.value())
              .put("low", told.low())
              .put("high", told.high());
        });
  }

  Table table(String name, String title) {
    return new Table(
        name,
        title,
        List.of(
            new Column("of", Format.TEXT),
            new Column("figure", Format.TEXT),
            new Column("value", Format.NUMBER),
            new Column("low", Format.NUMBER),
            new Column("high", Format.NUMBER)),
        rows);
  }
}
