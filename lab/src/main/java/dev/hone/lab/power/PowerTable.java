package dev.hone.lab.power;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Both tables of a run.
 *
 * @param spaces one row for each lift, share held out and number of sessions
 * @param items one row for each dropout and number of sessions
 */
record PowerTable(List<SpaceRow> spaces, List<ItemRow> items) {

  /**
   * What is simulated.
   *
   * @param lifts of spaces
   * @param heldOut shares of sessions that are shown nothing, of spaces
   * @param sessions at which a space is described, rising
   * @param effect of items that help or harm
   * @param dropout probabilities with which items are left out
   * @param itemSessions at which items are described, rising
   * @param missing the probability that an outcome is missing
   * @param level of intervals, and of false demotions
   * @param repetitions histories of each
   * @param seed of the first of them
   */
  record Plan(
      List<Double> lifts,
      List<Double> heldOut,
      List<Integer> sessions,
      double effect,
      List<Double> dropout,
      List<Integer> itemSessions,
      double missing,
      double level,
      int repetitions,
      long seed) {

    static final int ITEMS = 20;
    static final int HARMFUL = 4;
    static final int HELPFUL = 4;

    /**
     * @throws IllegalArgumentException if a figure is out of its range
     */
    Plan {
      lifts = List.copyOf(lifts);
      heldOut = List.copyOf(heldOut);
      sessions = sessions.stream().sorted().distinct().toList();
      dropout = List.copyOf(dropout);
      itemSessions = itemSessions.stream().sorted().distinct().toList();
      Share.check("the level", level);
      if (!(missing >= 0 && missing < 1)) {
        throw new IllegalArgumentException("the share missing is " + missing + ", not in [0, 1)");
      }
      if (repetitions < 1 || sessions.getFirst() < 1 || itemSessions.getFirst() < 1) {
        throw new IllegalArgumentException("sessions and repetitions are at least 1");
      }
    }

    List<SpaceWorld> spaces() {
      return lifts.stream()
          .flatMap(lift -> heldOut.stream().map(out -> SpaceWorld.steady(lift, out, missing)))
          .toList();
    }

    List<ItemWorld> items() {
      return dropout.stream()
          .map(out -> new ItemWorld(ITEMS, HARMFUL, HELPFUL, effect, 0, out, missing))
          .toList();
    }
  }

  static PowerTable of(Plan plan) {
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

  String spacesCsv() {
    return csv(SpaceRow.HEAD, spaces.stream().map(SpaceRow::cells).toList());
  }

  String itemsCsv() {
    return csv(ItemRow.HEAD, items.stream().map(ItemRow::cells).toList());
  }

  /** Both as Markdown, which is aligned as text too. */
  String text() {
    return aligned(SpaceRow.HEAD, spaces.stream().map(SpaceRow::cells).toList())
        + "\n"
        + aligned(ItemRow.HEAD, items.stream().map(ItemRow::cells).toList());
  }

  private static String csv(List<String> head, List<List<String>> rows) {
    StringBuilder csv = new StringBuilder(String.join(",", head).replace(' ', '_')).append('\n');
    rows.forEach(row -> csv.append(String.join(",", row)).append('\n'));
    return csv.toString();
  }

  private static String aligned(List<String> head, List<List<String>> rows) {
    List<Integer> widths =
        IntStream.range(0, head.size())
            .mapToObj(
                i ->
                    rows.stream()
                        .mapToInt(row -> row.get(i).length())
                        .reduce(head.get(i).length(), Math::max))
            .toList();
    StringBuilder text = new StringBuilder(line(widths, head));
    widths.forEach(width -> text.append('|').append("-".repeat(width + 1)).append(':'));
    text.append("|\n");
    rows.forEach(row -> text.append(line(widths, row)));
    return text.toString();
  }

  private static String line(List<Integer> widths, List<String> cells) {
    return IntStream.range(0, cells.size())
        .mapToObj(i -> " ".repeat(widths.get(i) - cells.get(i).length()) + cells.get(i))
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }
}
