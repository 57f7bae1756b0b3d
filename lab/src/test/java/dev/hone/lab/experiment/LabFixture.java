package dev.hone.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hone.lab.LabCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;

/** Runs {@code hone lab} in this process. */
final class LabFixture {

  /** Evaluation data; its licences keep it out of this project. */
  static final Path DATA = Path.of("..", "..", "shared", "data");

  private LabFixture() {}

  /** What a command answered. */
  record Result(int code, String out, String err) {}

  static Result lab(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        new CommandLine(new LabCommand())
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    return new Result(code, out.toString(), err.toString());
  }

  /** Runs an experiment, which must succeed, and reads its summary. */
  static JsonNode summary(Path out, String... arguments) throws IOException {
    Result result = lab(with(arguments, "--out", out.toString()));
    assertThat(result.code()).as(result.err()).isZero();
    return new ObjectMapper().readTree(out.resolve("summary.json").toFile());
  }

  static String[] with(String[] arguments, String... more) {
    return java.util.stream.Stream.concat(List.of(arguments).stream(), List.of(more).stream())
        .toArray(String[]::new);
  }

  /** The page must be whole, hold the tables, and draw each figure that is also a file. */
  static void assertReport(Path out) throws IOException {
    String page = Files.readString(out.resolve("report.html"));
    assertThat(page).startsWith("<!DOCTYPE html>").endsWith("</html>\n").contains("<table>");
    assertThat(page).contains("prefers-color-scheme: dark").doesNotContain("src=", "href=\"http");
    try (var files = Files.list(out)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".svg")).toList()) {
        assertThat(page).contains(Files.readString(file));
      }
    }
  }
}
