package dev.hone.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No key of a client or of a model is ever written to the data folder. */
class KeysAreNotKeptTest {

  private static final String QUESTION = "How is the cooling loop of the Kestrel rig closed?";

  @TempDir Path data;

  private List<Path> filesWith(String text) throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (Files.readString(file, ISO_8859_1).contains(text)) {
          found.add(file);
        }
      }
    }
    return found;
  }

  @Test
  void theDataFolderHoldsWhatWasSaidAndNoKey() throws Exception {
    try (StubUpstream stub = new StubUpstream(StubUpstream.says("The lever is blue."));
        HoneFixture hone =
            HoneFixture.start(
                data, "upstream.url=" + stub.url(), "upstream.key=sk-MODELS-SECRET-9f3")) {
      HoneClient client = hone.client("sk-CLIENTS-SECRET-1a2");
      HoneClient.Answer answer = client.chat(Json.chat("any", QUESTION));
      client.correct(answer.interaction(), "Turn the red lever V7 twice.");
      client.teach("Where is the spare fuse kept?", "In the lower drawer.");
      client.settle();
      stub.script(StubUpstream.json(401, "{\"error\":{}}"));
      client.chat(Json.chat("any", QUESTION));
      client.get("/v1/files");
      client.get("/api/v1/nothing");
      stub.script(StubUpstream.streams(StubUpstream.event("x"), "data: [DONE]\n\n"));
      client.chat(Json.chat("any", "And again?"));

      assertThat(filesWith("CLIENTS-SECRET")).isEmpty();
    }

    assertThat(filesWith(QUESTION)).as("the search finds what is there").isNotEmpty();
    assertThat(filesWith("The lever is blue.")).isNotEmpty();
    assertThat(filesWith("CLIENTS-SECRET")).isEmpty();
    assertThat(filesWith("MODELS-SECRET")).isEmpty();
  }
}
