package dev.hone.lab.report;

import java.awt.Color;
import java.io.StringWriter;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGGraphics2DIOException;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler;

/**
 * A figure of a run.
 *
 * @param name its file name without ending
 * @param title what it shows
 * @param svg the drawing, as an element {@code svg}
 */
public record Figure(String name, String title, String svg) {

  private static final int WIDTH = 760;
  private static final int HEIGHT = 420;
  private static final Pattern PROLOG = Pattern.compile("(?s)^.*?(?=<svg)");

  /** Where an identifier stands: two figures in one page have none in common. */
  private static final Pattern IDENTIFIER = Pattern.compile("(?<=\\sid=\"|url\\(#|href=\"#)");

  private static final Color CLEAR = new Color(255, 255, 255, 0);

  /** A bar. */
  public record Bar(String label, double value, double low, double high) {}

  /** A line through points; {@code reach} is how far the interval of each reaches to one side. */
  public record Line(String label, List<Double> x, List<Double> y, List<Double> reach) {}

  /** Bars with their intervals; values are shown in percent. */
  public static Figure bars(String name, String title, String axis, List<Bar> bars) {
    CategoryChart chart =
        new CategoryChartBuilder().width(WIDTH).height(HEIGHT).yAxisTitle(axis).build();
    plain(chart);
    chart.getStyler().setLegendVisible(false);
    chart.getStyler().setAvailableSpaceFill(0.5);
    chart.getStyler().setYAxisDecimalPattern("0");
    chart.getStyler().setYAxisMin(0.0);
    chart.addSeries(
        axis,
        bars.stream().map(Bar::label).toList(),
        bars.stream().map(bar -> 100 * bar.value()).toList(),
        bars.stream()
            .map(bar -> 100 * Math.max(bar.high() - bar.value(), bar.value() - bar.low()))
            .toList());
    return new Figure(name, title, drawn(name, chart));
  }

  /** Lines over numbers; values are shown in percent when {@code percent}. */
  public static Figure lines(
      String name, String title, String x, String y, boolean percent, List<Line> lines) {
    XYChart chart =
        new XYChartBuilder().width(WIDTH).height(HEIGHT).xAxisTitle(x).yAxisTitle(y).build();
    plain(chart);
    double scale = percent ? 100 : 1;
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
    chart.getStyler().setXAxisDecimalPattern("0.##");
    chart.getStyler().setYAxisDecimalPattern(percent ? "0" : "0.##");
    for (Line line : lines) {
      chart.addSeries(
          line.label(),
          line.x(),
          line.y().stream().map(value -> scale * value).toList(),
          line.reach().stream().map(value -> scale * value).toList());
    }
    return new Figure(name, title, drawn(name, chart));
  }

  private static void plain(Chart<?, ?> chart) {
    chart.getStyler().setChartBackgroundColor(CLEAR);
    chart.getStyler().setPlotBorderVisible(false);
    chart.getStyler().setLegendBorderColor(CLEAR);
    chart.getStyler().setLegendBackgroundColor(CLEAR);
    chart.getStyler().setChartTitleVisible(false);
    chart.getStyler().setPlotBackgroundColor(CLEAR);
  }

  private static String drawn(String name, Chart<?, ?> chart) {
    try {
      SVGGraphics2D graphics =
          new SVGGraphics2D(
              DocumentBuilderFactory.newInstance().newDocumentBuilder().newDocument());
      chart.paint(graphics, WIDTH, HEIGHT);
      StringWriter svg = new StringWriter();
      graphics.stream(graphics.getRoot(), svg, true, false);
      String element = PROLOG.matcher(svg.toString()).replaceFirst("");
      return IDENTIFIER
          .matcher(element)
          .replaceAll(name + "-")
          .replaceFirst("<svg", "<svg viewBox=\"0 0 " + WIDTH + " " + HEIGHT + "\"");
    } catch (ParserConfigurationException | SVGGraphics2DIOException e) {
      throw new IllegalStateException("a chart can be drawn", e);
    }
  }
}
