package dev.hone.lab.power;

import dev.hone.lab.server.Work;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ProgressBar;

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
    int steps = plan.repetitions() * (spaces.size() + items.size());
    try (ProgressBar bar = Work.bar("histories", steps)) {
      Repetitions repetitions = new Repetitions(plan.repetitions(), plan.seed(), bar::step);
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

  /**
   * The figures of spaces with the numbers of sessions side by side, then those of items. How wide
   * intervals are hardly depends on the lift: it stands for the first lift only.
   */
  String text() {
    List<List<SpaceRow>> first =
        worlds().stream()
            .filter(rows -> rows.getFirst().lift() == spaces.getFirst().lift())
            .toList();
    return "A lift is told from 0 by then, in this share of histories; covered: the truth, at every"
        + " look\n\n"
        + found().text()
        + "\nThe smallest lift that is told from 0 with probability 0.8\n\n"
        + byHeldOut(first, SpaceRow::detectable).text()
        + "\nThe width of the interval\n\n"
        + byHeldOut(first, SpaceRow::width).text()
        + "\nItems\n\n"
        + allItems().text();
  }

  /** The rows of each space, by sessions. */
  private List<List<SpaceRow>> worlds() {
    return List.copyOf(
        spaces.stream()
            .collect(
                Collectors.groupingBy(
                    row -> List.of(row.lift(), row.heldOut()),
                    LinkedHashMap::new,
                    Collectors.toList()))
            .values());
  }

  private TextTable found() {
    List<List<String>> lines = new ArrayList<>();
    for (List<SpaceRow> rows : worlds()) {
      List<String> line = new ArrayList<>();
      line.add(two(rows.getFirst().lift()));
      line.add(two(rows.getFirst().heldOut()));
      rows.forEach(row -> line.add(three(row.found())));
      line.add(three(rows.getLast().covered()));
      lines.add(line);
    }
    return new TextTable(head(List.of("lift", "held out"), List.of("covered")), lines);
  }

  private TextTable byHeldOut(List<List<SpaceRow>> worlds, ToDoubleFunction<SpaceRow> figure) {
    List<List<String>> lines = new ArrayList<>();
    for (List<SpaceRow> rows : worlds) {
      List<String> line = new ArrayList<>();
      line.add(two(rows.getFirst().heldOut()));
      rows.forEach(row -> line.add(three(figure.applyAsDouble(row))));
      lines.add(line);
    }
    return new TextTable(head(List.of("held out"), List.of()), lines);
  }

  private List<String> head(List<String> before, List<String> after) {
    List<String> head = new ArrayList<>(before);
    spaces.stream().map(row -> row.sessions() + " sessions").distinct().forEach(head::add);
    head.addAll(after);
    return head;
  }

  private static String two(double figure) {
    return String.format(Locale.ROOT, "%.2f", figure);
  }

  private static String three(double figure) {
    return String.format(Locale.ROOT, "%.3f", figure);
  }
}
