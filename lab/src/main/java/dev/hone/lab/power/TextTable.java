package dev.hone.lab.power;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table to read or to read in.
 *
 * @param head the names of the columns
 * @param rows as many cells each
 */
record TextTable(List<String> head, List<List<String>> rows) {

  /** As Markdown, aligned. */
  String text() {
    List<Integer> widths =
        IntStream.range(0, head.size())
            .mapToObj(
                column ->
                    rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .reduce(head.get(column).length(), Math::max))
            .toList();
    String rule =
        widths.stream()
            .map(width -> "-".repeat(width + 1) + ":")
            .collect(Collectors.joining("|", "|", "|\n"));
    StringBuilder text = new StringBuilder(line(widths, head)).append(rule);
    rows.forEach(row -> text.append(line(widths, row)));
    return text.toString();
  }

  private static String line(List<Integer> widths, List<String> cells) {
    return IntStream.range(0, cells.size())
        .mapToObj(i -> " ".repeat(widths.get(i) - cells.get(i).length()) + cells.get(i))
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  /** As comma-separated values; no cell holds a comma. */
  String csv() {
    List<String> lines = new ArrayList<>(List.of(String.join(",", head).replace(' ', '_')));
    rows.forEach(row -> lines.add(String.join(",", row)));
    return String.join("\n", lines) + "\n";
  }
}
