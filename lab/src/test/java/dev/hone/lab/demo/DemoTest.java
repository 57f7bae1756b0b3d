package dev.hone.lab.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * The demo runs, on the bundled questions and on a slice of real ones, and finds what it claims.
 */
class DemoTest {

  private static final Path DATA = Path.of("..", "..", "shared", "data");

  @Test
  void onTheBundledQuestionsExperienceHelpsAndTheControlsDoNot() throws IOException {
    JsonNode report = demo();
    double chance = report.path("before").path("high").asDouble();
    assertThat(report.path("after").path("low").asDouble()).isGreaterThan(chance);
    assertThat(report.path("shuffled").path("accuracy").asDouble()).isLessThan(0.40);
    assertThat(report.path("injectedOnUnanswerable").asInt(-1)).isZero();
    assertThat(report.path("experiencesRefined").asInt())
        .isLessThan(report.path("experiences").asInt());
    assertThat(report.path("interactions").asInt()).isGreaterThanOrEqualTo(150);
    assertThat(report.path("injectedTokensMean").asDouble()).isPositive();
    assertThat(report.path("overheadMs").path("p99").asDouble()).isPositive();
    assertThat(report.path("raw").path("questions").asInt())
        .isEqualTo(report.path("after").path("questions").asInt());
  }

  @Test
  void onASliceOfSciqExperienceHelpsAndShuffledCorrectionsDoNot(@TempDir Path folder)
      throws IOException {
    assumeTrue(
        Files.isDirectory(DATA), "SciQ is not at hand: its licence keeps it out of this project");
    Path train = slice(DATA.resolve("sciq_open.jsonl.gz"), folder.resolve("train.jsonl"), 2_500);
    Path test = slice(DATA.resolve("sciq_mc_test.jsonl.gz"), folder.resolve("test.jsonl"), 300);
    JsonNode report = demo("--train", train.toString(), "--test", test.toString());
    assertThat(report.path("before").path("accuracy").asDouble()).isLessThanOrEqualTo(0.32);
    assertThat(report.path("after").path("low").asDouble())
        .isGreaterThan(report.path("before").path("high").asDouble());
    assertThat(report.path("shuffled").path("accuracy").asDouble()).isLessThanOrEqualTo(0.36);
    assertThat(report.path("injectedOnUnanswerable").isNull()).isTrue();
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    StringBuilder said = new StringBuilder();
    int code = run(said, "--train", "/nowhere/a.jsonl", "--test", "/nowhere/b.jsonl");
    assertThat(code).isEqualTo(1);
    assertThat(said).contains("There is no file /nowhere/");
  }

  @Test
  void aStoryThatFailsIsToldByTheExitCode(@TempDir Path folder) throws IOException {
    Path train =
        Files.writeString(
            folder.resolve("train.jsonl"),
            "{\"question\":\"What is blue?\",\"answer_text\":\"The sky.\"}\n");
    Path test =
        Files.writeString(
            folder.resolve("test.jsonl"),
            "{\"question\":\"Blue is what?\",\"choices\":[\"sky\",\"grass\"],\"answer\":0}\n");
    HttpServer model =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    model.createContext("/", DemoTest::knowsNothing);
    model.start();
    StringBuilder said = new StringBuilder();
    int code;
    try {
      code =
          run(
              said,
              "--train",
              train.toString(),
              "--test",
              test.toString(),
              "--upstream",
              "http://127.0.0.1:" + model.getAddress().getPort(),
              "--model",
              "m");
    } finally {
      model.stop(0);
    }

    assertThat(code).isEqualTo(1);
    assertThat(said).contains("the story failed at step 3: nothing was learned");
  }

  private static void knowsNothing(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    byte[] answer =
        ("{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":[{"
                + "\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"I do not know.\"},"
                + "\"finish_reason\":\"stop\"}]}")
            .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("content-type", "application/json");
    exchange.sendResponseHeaders(200, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  @Test
  void whenItIsStoppedInTheMiddleNoFolderIsLeft(@TempDir Path folder) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                "dev.hone.Main",
                "demo")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("said").toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("HONE_"));
    Process demo = builder.start();
    try {
      while (demo.isAlive() && !Files.readString(folder.resolve("said")).contains("Ana asks")) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
      assertThat(folders(folder)).hasSize(1);

      demo.destroy();

      assertThat(demo.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(folders(folder)).isEmpty();
      assertThat(Files.readString(folder.resolve("said"))).doesNotContain("failed", "\tat ");
    } finally {
      demo.destroyForcibly();
    }
  }

  private static List<Path> folders(Path temporary) throws IOException {
    try (Stream<Path> files = Files.list(temporary)) {
      return files
          .filter(file -> String.valueOf(file.getFileName()).startsWith("hone-demo-"))
          .toList();
    }
  }

  @Test
  void optionsThatBelongTogetherAreAskedForTogether() {
    StringBuilder said = new StringBuilder();
    assertThat(run(said, "--upstream", "http://localhost:1")).isEqualTo(2);
    assertThat(said).contains("--upstream and --model go together");
  }

  /**
   * Runs the demo with {@code --once --json}; standard output must hold one JSON object and nothing
   * else.
   */
  private static JsonNode demo(String... options) throws IOException {
    PrintStream before = System.out;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StringBuilder said = new StringBuilder();
    try {
      System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
      assertThat(run(said, options)).as(said.toString()).isZero();
    } finally {
      System.setOut(before);
    }
    String printed = out.toString(StandardCharsets.UTF_8);
    assertThat(printed.strip()).doesNotContain("\n");
    return new ObjectMapper().readTree(printed);
  }

  private static int run(StringBuilder said, String... options) {
    List<String> arguments = new ArrayList<>(List.of("--once", "--json"));
    arguments.addAll(List.of(options));
    StringWriter err = new StringWriter();
    CommandLine line = new CommandLine(new DemoCommand()).setErr(new PrintWriter(err, true));
    int code = line.execute(arguments.toArray(String[]::new));
    said.append(err);
    return code;
  }

  private static Path slice(Path from, Path to, int lines) throws IOException {
    List<String> kept = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(from)), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine();
          line != null && kept.size() < lines;
          line = reader.readLine()) {
        kept.add(line);
      }
    }
    return Files.write(to, kept);
  }
}
