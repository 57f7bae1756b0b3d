package dev.hone.lab.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.lab.report.Table.Column;
import dev.hone.lab.report.Table.Format;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Tables are rounded for people, and not for machines. */
class TableTest {

  private static final List<Column> COLUMNS =
      List.of(
          new Column("name", Format.TEXT),
          new Column("share", Format.PERCENT),
          new Column("gain", Format.POINTS),
          new Column("brier", Format.NUMBER));

  private final Table table =
      new Table(
          "t",
          "A <table>",
          COLUMNS,
          List.of(
              List.of("a, \"b\"", 0.12345, 0.041, OptionalDouble.of(0.25)),
              List.of("<c>", 1.0, -0.5, OptionalDouble.empty())));

  @Test
  void filesAreQuotedAndUnrounded() {
    assertThat(table.csv())
        .isEqualTo(
            "name,share,gain,brier\r\n\"a, \"\"b\"\"\",0.12345,0.041,0.25\r\n<c>,1.0,-0.5,\r\n");
  }

  @Test
  void terminalsGetAlignedColumns() {
    assertThat(table.text().lines())
        .containsExactly(
            "   name      share   gain  brier",
            "   a, \"b\"   12.3 %   +4.1  0.250",
            "   <c>     100.0 %  -50.0      –");
  }

  @Test
  void pagesGetEscapedText() {
    assertThat(new Page("P").table(table).html())
        .contains("A &lt;table&gt;", "<td class=\"text\">&lt;c&gt;</td>", "<td>12.3 %</td>");
  }

  @Test
  void aRowThatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> new Table("t", "", COLUMNS, List.of(List.of("a"))))
        .hasMessageContaining("table t has a row of 1 cells");
  }
}
