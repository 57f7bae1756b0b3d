package dev.hone.lab.report;

/** One page that needs no other file, light or dark as its reader likes. */
public final class Page {

  private static final String STYLE =
      """
      :root { color-scheme: light dark; --line: #8884; --quiet: #777; }
      body { font: 16px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
      h1, h2 { line-height: 1.2; }
      table { border-collapse: collapse; margin: 1.5rem 0; font-variant-numeric: tabular-nums; }
      caption { text-align: left; font-weight: 600; padding-bottom: .4rem; }
      th, td { padding: .25rem .7rem; border-bottom: 1px solid var(--line); text-align: right; }
      th { font-weight: 600; color: var(--quiet); }
      td { white-space: nowrap; }
      .text { text-align: left; white-space: normal; }
      figure { margin: 1.5rem 0; }
      figure svg { width: 100%; height: auto; }
      figcaption { font-weight: 600; }
      .note { border-left: 3px solid var(--line); padding-left: 1rem; color: var(--quiet); }
      div.wide { overflow-x: auto; }
      @media (prefers-color-scheme: dark) { figure svg { filter: invert(1) hue-rotate(180deg); } }
      """;

  private final StringBuilder body = new StringBuilder();
  private final String title;

  public Page(String title) {
    this.title = title;
  }

  /** Adds a heading. */
  public Page heading(String text) {
    body.append("<h2>").append(Html.escaped(text)).append("</h2>\n");
    return this;
  }

  /** Adds a paragraph. */
  public Page paragraph(String text) {
    body.append("<p>").append(Html.escaped(text)).append("</p>\n");
    return this;
  }

  /** Adds a remark that must not be overlooked. */
  public Page note(String text) {
    body.append("<p class=\"note\">").append(Html.escaped(text)).append("</p>\n");
    return this;
  }

  /** Adds a table. */
  public Page table(Table table) {
    body.append("<div class=\"wide\">").append(table.html()).append("</div>\n");
    return this;
  }

  /** Adds a figure. */
  public Page figure(Figure figure) {
    body.append("<figure role=\"img\" aria-label=\"")
        .append(Html.escaped(figure.title()))
        .append("\"><figcaption>")
        .append(Html.escaped(figure.title()))
        .append("</figcaption>\n")
        .append(figure.svg())
        .append("</figure>\n");
    return this;
  }

  /** The page. */
  public String html() {
    return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
        + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>"
        + Html.escaped(title)
        + "</title>\n<style>\n"
        + STYLE
        + "</style></head><body>\n<h1>"
        + Html.escaped(title)
        + "</h1>\n"
        + body
        + "</body></html>\n";
  }
}
