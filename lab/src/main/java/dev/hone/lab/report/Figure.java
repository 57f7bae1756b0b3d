package dev.hone.lab.report;

import dev.hone.lab.statistics.Interval;
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
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

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

  private static final String INTERVALS = " with its interval";

  private static final Color CLEAR = new Color(255, 255, 255, 0);

  /** A bar. */
  public record Bar(String label, Interval value) {}

  /** A line through points, each with its interval. */
  public record Line(String label, List<Double> x, List<Interval> y) {}

  /** Bars with their intervals; values are shown in percent. */
  public static Figure bars(String name, String title, String axis, List<Bar> bars) {
    CategoryChart chart =
        new CategoryChartBuilder().width(WIDTH).height(HEIGHT).yAxisTitle(axis).build();
    plain(chart);
    chart.getStyler().setLegendVisible(false);
    chart.getStyler().setAvailableSpaceFill(0.5);
    chart.getStyler().setYAxisDecimalPattern("0");
    chart.getStyler().setYAxisMin(0.0);
    chart.getStyler().setOverlapped(true);
    List<String> labels = bars.stream().map(Bar::label).toList();
    List<Interval> values = bars.stream().map(Bar::value).toList();
    chart.addSeries(axis, labels, values.stream().map(each -> 100 * each.value()).toList());
    chart
        .addSeries(INTERVALS, labels, middles(values, 100), reaches(values, 100))
        .setChartCategorySeriesRenderStyle(CategorySeries.CategorySeriesRenderStyle.Scatter)
        .setMarker(SeriesMarkers.NONE);
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
          line.label(), line.x(), line.y().stream().map(each -> scale * each.value()).toList());
    }
    for (Line line : lines) {
      if (line.y().stream().allMatch(each -> each.low() == each.high())) {
        continue;
      }
      chart
          .addSeries(
              line.label() + INTERVALS,
              line.x(),
              middles(line.y(), scale),
              reaches(line.y(), scale))
          .setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter)
          .setMarker(SeriesMarkers.NONE)
          .setShowInLegend(false);
    }
    return new Figure(name, title, drawn(name, chart));
  }

  /** A chart's error bars reach as far up as down: they stand about the middle of the interval. */
  private static List<Double> middles(List<Interval> values, double scale) {
    return values.stream().map(each -> scale * (each.low() + each.high()) / 2).toList();
  }

  private static List<Double> reaches(List<Interval> values, double scale) {
    return values.stream().map(each -> scale * (each.high() - each.low()) / 2).toList();
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
