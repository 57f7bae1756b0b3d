package dev.hone.lab.power;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a plan came to.
 *
 * @param spaces one row for each lift, share held out and number of sessions
 * @param items one row for each dropout and number of sessions
 */
record PowerTable(List<SpaceRow> spaces, List<ItemRow> items) {

  static PowerTable of(PowerPlan plan) {
    List<SpaceWorld> spaces = plan.spaces();
    List<ItemWorld> items = plan.items();
    try (Repetitions repetitions =
        new Repetitions(plan.repetitions(), plan.seed(), spaces.size() + items.size())) {
      List<SpaceRow> spaceRows = new ArrayList<>();
      for (SpaceWorld world : spaces) {
        spaceRows.addAll(SpaceRow.of(world, plan.level(), plan.sessions(), repetitions));
      }
      List<ItemRow> itemRows = new ArrayList<>();
      for (ItemWorld world : items) {
        itemRows.addAll(ItemRow.of(world, plan.level(), plan.itemSessions(), repetitions));
      }
      return new PowerTable(spaceRows, itemRows);
    }
  }

  TextTable allSpaces() {
    return new TextTable(SpaceRow.HEAD, spaces.stream().map(SpaceRow::cells).toList());
  }

  TextTable allItems() {
    return new TextTable(ItemRow.HEAD, items.stream().map(ItemRow::cells).toList());
  }

  /** The figures of spaces with the numbers of sessions side by side, then those of items. */
  String text() {
    return "A lift is told from 0 by then, in this share of histories; covered: the truth, at every"
        + " look\n\n"
        + wide(
                List.of("lift", "held out"),
                row -> List.of(two(row.lift()), two(row.heldOut())),
                SpaceRow::found,
                true)
            .text()
        + "\nThe smallest lift that is told from 0 with probability 0.8\n\n"
        + wide(List.of("held out"), row -> List.of(two(row.heldOut())), SpaceRow::detectable, false)
            .text()
        + "\nThe width of the interval\n\n"
        + wide(List.of("held out"), row -> List.of(two(row.heldOut())), SpaceRow::width, false)
            .text()
        + "\nItems\n\n"
        + allItems().text();
  }

  /** One line for all rows that agree in a key: the figure at each number of sessions. */
  private TextTable wide(
      List<String> names,
      Function<SpaceRow, List<String>> key,
      Function<SpaceRow, Double> figure,
      boolean covered) {
    Map<List<String>, Map<Integer, List<SpaceRow>>> lines =
        spaces.stream()
            .collect(
                Collectors.groupingBy(
                    key,
                    LinkedHashMap::new,
                    Collectors.groupingBy(
                        SpaceRow::sessions, LinkedHashMap::new, Collectors.toList())));
    Stream<String> sessions = spaces.stream().map(row -> row.sessions() + " sessions").distinct();
    List<String> last = covered ? List.of("covered") : List.of();
    return new TextTable(
        Stream.of(names.stream(), sessions, last.stream()).flatMap(each -> each).toList(),
        lines.entrySet().stream()
            .map(
                line -> {
                  List<String> cells = new ArrayList<>(line.getKey());
                  line.getValue().values().forEach(rows -> cells.add(three(median(rows, figure))));
                  if (covered) {
                    cells.add(
                        three(least(line.getValue().values().stream().flatMap(List::stream))));
                  }
                  return List.copyOf(cells);
                })
            .toList());
  }

  private static double median(List<SpaceRow> rows, Function<SpaceRow, Double> figure) {
    return SpaceRow.median(rows.stream().mapToDouble(figure::apply).toArray());
  }

  private static double least(Stream<SpaceRow> rows) {
    return rows.mapToDouble(SpaceRow::covered).min().orElseThrow();
  }

  private static String two(double figure) {
    return String.format(Locale.ROOT, "%.2f", figure);
  }

  private static String three(double figure) {
    return String.format(Locale.ROOT, "%.3f", figure);
  }
}
