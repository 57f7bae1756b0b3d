package dev.hone.lab.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.lab.statistics.Interval;
import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** Figures are drawings that stand in a page beside others. */
class FigureTest {

  private final Figure bars =
      Figure.bars(
          "bars",
          "Bars",
          "accuracy in %",
          List.of(
              new Figure.Bar("one", new Interval(0.5, 0.4, 0.6)),
              new Figure.Bar("other", new Interval(0.9, 0.8, 0.95))));
  private final Figure lines =
      Figure.lines(
          "lines",
          "Lines",
          "epoch",
          "accuracy in %",
          true,
          List.of(
              new Figure.Line(
                  "pool",
                  List.of(1.0, 2.0),
                  List.of(new Interval(0.2, 0.15, 0.25), new Interval(0.5, 0.4, 0.52)))));

  @Test
  void theyAreWellFormed() throws Exception {
    for (Figure figure : List.of(bars, lines)) {
      Document document =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(new InputSource(new StringReader(figure.svg())));
      assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
      assertThat(document.getElementsByTagName("path").getLength()).isGreaterThan(5);
    }
  }

  @Test
  void twoInOnePageShareNoIdentifier() {
    assertThat(bars.svg()).contains("id=\"bars-").doesNotContain("url(#clip");
    assertThat(lines.svg()).contains("id=\"lines-").doesNotContain("id=\"bars-");
  }

  @Test
  void eachEndOfAnIntervalIsDrawn() {
    Interval one = new Interval(0.5, 0.4, 0.6);
    for (Interval other : List.of(new Interval(0.5, 0.3, 0.6), new Interval(0.5, 0.4, 0.7))) {
      assertThat(bar(other)).isNotEqualTo(bar(one));
      assertThat(line(other)).isNotEqualTo(line(one));
    }
  }

  private static String bar(Interval value) {
    return Figure.bars("bar", "A bar", "share", List.of(new Figure.Bar("it", value))).svg();
  }

  private static String line(Interval value) {
    Interval low = new Interval(0, 0, 0);
    Interval high = new Interval(1, 1, 1);
    return Figure.lines(
            "line",
            "A line",
            "x",
            "y",
            true,
            List.of(new Figure.Line("it", List.of(1.0, 2.0, 3.0), List.of(low, value, high))))
        .svg();
  }

  @Test
  void theSameNumbersGiveTheSameDrawing() {
    assertThat(
            Figure.bars(
                    "bars",
                    "Bars",
                    "accuracy in %",
                    List.of(
                        new Figure.Bar("one", new Interval(0.5, 0.4, 0.6)),
                        new Figure.Bar("other", new Interval(0.9, 0.8, 0.95))))
                .svg())
        .isEqualTo(bars.svg());
  }
}
