package dev.hone.lab.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.lab.run.RunFolder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What came out of a run: a summary for machines, tables and figures, and one page with all. The
 * same records give the same report.
 */
public final class Report {

  private final ObjectNode summary;
  private final Page page;
  private final StringBuilder text = new StringBuilder();
  private final List<Table> tables = new ArrayList<>();
  private final List<Figure> figures = new ArrayList<>();

  /**
   * @param title of the page
   * @param summary of the run, for machines
   */
  public Report(String title, ObjectNode summary) {
    this.page = new Page(title);
    this.summary = summary;
    text.append("\n  ").append(title).append("\n");
  }

  /** Adds a heading. */
  public Report heading(String words) {
    page.heading(words);
    return this;
  }

  /** Adds a paragraph. */
  public Report paragraph(String words) {
    page.paragraph(words);
    return this;
  }

  /** Adds a remark that must not be overlooked: on the page and on the terminal. */
  public Report note(String words) {
    page.note(words);
    text.append('\n').append(wrapped(words));
    return this;
  }

  /** Adds a table: on the page, on the terminal and as a file. */
  public Report table(Table table) {
    text.append("\n  ").append(table.title()).append('\n').append(table.text());
    return detail(table);
  }

  /** Adds a table that is too long for a terminal. */
  public Report detail(Table table) {
    page.table(table);
    tables.add(table);
    return this;
  }

  /** Adds a figure: on the page and as a file. */
  public Report figure(Figure figure) {
    page.figure(figure);
    figures.add(figure);
    return this;
  }

  /** For machines. */
  public ObjectNode summary() {
    return summary;
  }

  /** For a terminal. */
  public String text() {
    return text + "\n";
  }

  /** Writes the files of the report. */
  public void write(RunFolder folder) throws IOException {
    folder.write(
        "summary.json",
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(summary)
            + "\n");
    for (Table table : tables) {
      folder.write(table.name() + ".csv", table.csv());
    }
    for (Figure figure : figures) {
      folder.write(figure.name() + ".svg", figure.svg());
    }
    folder.write("report.html", page.html());
  }

  private static String wrapped(String words) {
    StringBuilder wrapped = new StringBuilder();
    StringBuilder line = new StringBuilder(" ");
    for (String word : words.split(" ", -1)) {
      if (line.length() + word.length() > 98) {
        wrapped.append(line).append('\n');
        line = new StringBuilder(" ");
      }
      line.append(' ').append(word);
    }
    return wrapped.append(line).append('\n').toString();
  }
}
