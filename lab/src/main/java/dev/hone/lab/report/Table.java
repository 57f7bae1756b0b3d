package dev.hone.lab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * A table of a run.
 *
 * @param name its file name without ending
 * @param title what it shows
 * @param columns its columns
 * @param rows its cells: strings, numbers, or {@link OptionalDouble}s where there may be nothing to
 *     say
 */
public record Table(String name, String title, List<Column> columns, List<List<Object>> rows) {

  /** How a column is shown to people. */
  public enum Format {
    /** As it is. */
    TEXT,
    /** A share as a percentage. */
    PERCENT,
    /** A difference of shares in percentage points, with its sign. */
    POINTS,
    /** With three places. */
    NUMBER,
    /** Rounded to the whole. */
    WHOLE
  }

  /** A column. */
  public record Column(String name, Format format) {}

  public Table {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
    for (List<Object> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(
            "table " + name + " has a row of " + row.size() + " cells: " + row);
      }
    }
  }

  /** Comma-separated values (RFC 4180), unrounded. */
  public String csv() {
    StringBuilder csv = new StringBuilder();
    csv.append(columns.stream().map(Column::name).collect(Collectors.joining(","))).append("\r\n");
    for (List<Object> row : rows) {
      csv.append(row.stream().map(Table::plain).collect(Collectors.joining(","))).append("\r\n");
    }
    return csv.toString();
  }

  private static String plain(Object cell) {
    String text =
        cell instanceof OptionalDouble value
            ? (value.isPresent() ? String.valueOf(value.getAsDouble()) : "")
            : String.valueOf(cell);
    return text.matches("(?s).*[\",\r\n].*") ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }

  /** For a terminal: columns aligned. */
  public String text() {
    List<List<String>> lines = new ArrayList<>();
    lines.add(columns.stream().map(Column::name).toList());
    rows.forEach(row -> lines.add(shown(row)));
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      text.append(' ');
      for (int i = 0; i < line.size(); i++) {
        int column = i;
        int width = lines.stream().mapToInt(each -> each.get(column).length()).max().orElse(1);
        boolean left = columns.get(i).format() == Format.TEXT;
        String pad = " ".repeat(width - line.get(i).length());
        text.append("  ").append(left ? line.get(i) + pad : pad + line.get(i));
      }
      text.append('\n');
    }
    return text.toString();
  }

  /** For a page. */
  String html() {
    StringBuilder html = new StringBuilder("<table><caption>");
    html.append(Html.escaped(title)).append("</caption>\n<thead><tr>");
    columns.forEach(
        column ->
            html.append(column.format() == Format.TEXT ? "<th class=\"text\">" : "<th>")
                .append(Html.escaped(column.name()))
                .append("</th>"));
    html.append("</tr></thead>\n<tbody>\n");
    for (List<Object> row : rows) {
      html.append("<tr>");
      List<String> cells = shown(row);
      for (int i = 0; i < cells.size(); i++) {
        boolean text = columns.get(i).format() == Format.TEXT;
        html.append(text ? "<td class=\"text\">" : "<td>");
        html.append(Html.escaped(cells.get(i))).append("</td>");
      }
      html.append("</tr>\n");
    }
    return html.append("</tbody></table>\n").toString();
  }

  private List<String> shown(List<Object> row) {
    List<String> shown = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      shown.add(shown(row.get(i), columns.get(i).format()));
    }
    return shown;
  }

  private static String shown(Object cell, Format format) {
    if (cell instanceof OptionalDouble value) {
      return value.isPresent() ? shown(value.getAsDouble(), format) : "–";
    }
    if (!(cell instanceof Number number)) {
      return String.valueOf(cell);
    }
    double value = number.doubleValue();
    return switch (format) {
      case TEXT -> String.valueOf(cell);
      case PERCENT -> String.format(Locale.ROOT, "%.1f %%", 100 * value);
      case POINTS -> String.format(Locale.ROOT, "%+.1f", 100 * value);
      case NUMBER -> String.format(Locale.ROOT, "%.3f", value);
      case WHOLE -> String.format(Locale.ROOT, "%.0f", value);
    };
  }
}
