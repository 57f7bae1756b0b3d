package dev.hone.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the documentation shows with curl works with curl. */
class CurlTest {

  private static final String QUESTION = "How is the cooling loop of the Kestrel rig closed?";

  @TempDir Path data;

  @BeforeEach
  void curlIsThere() {
    boolean installed =
        Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "curl")));
    assumeTrue(installed, "curl is not installed on this machine");
  }

  private static String curl(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("curl", "-sS", "-N", "--max-time", "60"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  private static String chat(HoneFixture hone, String body) throws Exception {
    return curl(
        "-i",
        hone.url() + "/v1/chat/completions",
        "-H",
        "Content-Type: application/json",
        "-H",
        "Authorization: Bearer sk-curl",
        "-d",
        body);
  }

  @Test
  void itAsksTheBuiltInModelCorrectsItAndIsAnsweredRightly() throws Exception {
    try (HoneFixture hone = HoneFixture.start(data)) {
      String wrong = chat(hone, Json.chat("hone-builtin", QUESTION));
      assertThat(wrong).contains("I don't know.").contains("x-hone-mode: nothing-relevant");
      String id =
          wrong
              .lines()
              .filter(line -> line.startsWith("x-hone-interaction-id: "))
              .map(line -> line.substring(line.indexOf(' ') + 1))
              .findFirst()
              .orElseThrow();
      curl(
          "-f",
          hone.url() + "/api/v1/feedback",
          "-d",
          Json.object("interaction_id", id, "correction", "Turn the red lever V7 twice."));
      curl("-f", "-X", "POST", hone.url() + "/api/v1/learning/settle");

      String right = chat(hone, Json.chat("hone-builtin", QUESTION));

      assertThat(right).contains("Turn the red lever V7 twice.").contains("x-hone-mode: augmented");
    }
  }

  @Test
  void itReadsAStreamOfTheBuiltInModel() throws Exception {
    try (HoneFixture hone = HoneFixture.start(data)) {

      String output =
          chat(hone, Json.chat("hone-builtin", QUESTION).replaceFirst("\\{", "{\"stream\":true,"));

      assertThat(output)
          .contains("text/event-stream")
          .contains("chat.completion.chunk")
          .endsWith("data: [DONE]\n\n");
    }
  }

  @Test
  void itReadsWholeAndStreamedAnswersOfAModelBehindHone() throws Exception {
    try (StubUpstream stub = new StubUpstream(StubUpstream.says("As it says."));
        HoneFixture hone = HoneFixture.start(data, "upstream.url=" + stub.url())) {
      assertThat(chat(hone, Json.chat("stub-1", QUESTION)))
          .endsWith("\r\n\r\n" + StubUpstream.completion("As it says."));
      assertThat(stub.last().text()).isEqualTo(Json.chat("stub-1", QUESTION));

      stub.script(StubUpstream.streams(StubUpstream.event("It flows."), "data: [DONE]\n\n"));
      assertThat(chat(hone, Json.chat("stub-1", QUESTION)))
          .endsWith("\r\n\r\n" + StubUpstream.event("It flows.") + "data: [DONE]\n\n");
    }
  }

  @Test
  void itListsTheModels() throws Exception {
    try (HoneFixture hone = HoneFixture.start(data)) {

      assertThat(curl("-f", hone.url() + "/v1/models")).contains("\"id\":\"hone-builtin\"");
    }
  }
}
