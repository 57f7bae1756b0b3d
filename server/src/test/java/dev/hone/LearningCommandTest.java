package dev.hone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hone.config.SettingsReader;
import dev.hone.e2e.HoneClient;
import dev.hone.e2e.StubUpstream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code hone learning}: what a running server has given up. */
class LearningCommandTest {

  @TempDir Path data;

  private record Result(int code, String out, String err) {}

  private Result learning(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    String[] all = new String[arguments.length + 1];
    all[0] = "learning";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return new Result(line.execute(all), out.toString(), err.toString());
  }

  @Test
  void deadLettersAreShownRetriedAndDropped() throws Exception {
    try (StubUpstream teacher = new StubUpstream(StubUpstream.says("\u001b[2JNonsense."));
        Server server =
            Server.start(
                new SettingsReader()
                    .set("server.port", "0")
                    .set("server.data", data.toString())
                    .set("learning.url", teacher.url())
                    .set("learning.model", "m")
                    .read())) {
      HoneClient client = new HoneClient(server.url(), List.of());
      String interaction = client.teach("How is the loop closed?", "Turn lever V7 twice.");
      client.settle();
      String id = client.receipt(interaction).at("/learning/episode_id").asText();
      String folder = data.toString();

      Result shown = learning("dead-letters", "--data", folder);
      assertThat(shown.code()).as(shown.err()).isZero();
      assertThat(shown.out())
          .contains(id, "episode", "answered: ", "Nonsense.")
          .doesNotContain("\u001b");
      Result json = learning("dead-letters", "--data", folder, "--json");
      assertThat(new ObjectMapper().readTree(json.out()).path("id").asText()).isEqualTo(id);

      assertThat(learning("retry", id, "--data", folder).out()).contains("will be tried again");
      client.settle();
      assertThat(learning("drop", id, "--data", folder, "--reason", "of no use").out())
          .contains("is dropped");
      assertThat(learning("dead-letters", "--data", folder).out()).isEmpty();

      Result unknown = learning("drop", id, "--data", folder);
      assertThat(unknown.code()).isEqualTo(1);
      assertThat(unknown.err()).contains("has no dead letter");
    }
  }

  @Test
  void withoutASubcommandItSaysWhichThereAre() {
    Result result = learning();

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("dead-letters, retry or drop?");
  }
}
