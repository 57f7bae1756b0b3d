package dev.hone.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.config.InvalidSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The data folder: one process at a time, one format, and an index that can be thrown away. */
class DataFolderTest {

  private static final List<String> QUESTIONS =
      List.of(
          "How do I close the cooling loop of the Kestrel rig?",
          "Where is the cooling pump of the Kestrel rig?",
          "Who checks the cooling loop of the Osprey boiler?",
          "What colour has the lever of the cooling pump?");
  private static final List<String> ANSWERS =
      List.of("Turn the red lever V7 twice.", "Behind panel nine.", "Nobody does.", "Bright blue.");

  @TempDir Path data;

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static List<String> found(HoneClient client) throws Exception {
    List<String> all = new ArrayList<>();
    for (String question : QUESTIONS) {
      for (JsonNode hit : client.search(question)) {
        all.add(hit.path("id").asText() + " " + hit.path("score") + " " + hit.path("coverage"));
      }
      HoneClient.Answer answer = client.with("x-hone-mode", "read").ask(question);
      all.add(answer.header("x-hone-experiences") + " " + answer.said());
    }
    return all;
  }

  @Test
  void withoutItsIndexHoneStartsAndFindsTheSameInTheSameOrder() throws Exception {
    List<String> before;
    try (HoneFixture hone = HoneFixture.start(data)) {
      for (int i = 0; i < QUESTIONS.size(); i++) {
        hone.client("key-" + i).teach(QUESTIONS.get(i), ANSWERS.get(i));
        hone.client("key-" + i).settle();
      }
      String commit = hone.client().list("commits").get(1).path("id").asText();
      hone.client().post("/api/v1/commits/" + commit + "/restore", "{\"before\":true}");
      hone.client().post("/api/v1/commits/" + commit + "/restore", "{}");
      before = found(hone.client());
    }
    assertThat(before).hasSizeGreaterThan(QUESTIONS.size());
    assertThat(data.resolve("index")).isDirectory();
    delete(data.resolve("index"));

    try (HoneFixture hone = HoneFixture.start(data)) {
      assertThat(found(hone.client())).isEqualTo(before);
    }
    try (HoneFixture hone = HoneFixture.start(data)) {
      assertThat(found(hone.client())).as("and once more, with the index").isEqualTo(before);
    }
  }

  @Test
  void anIndexThatLagsBehindAfterAKillCatchesUp() throws Exception {
    List<String> before;
    try (HoneProcess first = HoneProcess.start(data)) {
      for (int i = 0; i < QUESTIONS.size(); i++) {
        first.client().teach(QUESTIONS.get(i), ANSWERS.get(i));
      }
      first.client().settle();
      before = found(first.client());
      first.kill();
    }

    try (HoneFixture hone = HoneFixture.start(data)) {
      assertThat(found(hone.client())).isEqualTo(before);
    }
  }

  @Test
  void aSecondProcessOnTheSameFolderIsRefusedWithASentence() throws Exception {
    try (HoneFixture hone = HoneFixture.start(data)) {

      HoneProcess.Ended ended = HoneProcess.run(data);

      assertThat(ended.exitCode()).isEqualTo(1);
      assertThat(ended.output())
          .contains("hone: The data folder " + data + " is in use by another Hone.")
          .doesNotContain("\tat ");
      assertThat(hone.client().get("/health/ready").status()).isEqualTo(200);
    }
  }

  @Test
  void aSecondServerInTheSameProcessIsRefusedToo() {
    try (HoneFixture hone = HoneFixture.start(data)) {
      assertThat(hone.port()).isPositive();

      assertThatThrownBy(() -> HoneFixture.start(data))
          .isInstanceOf(InvalidSettings.class)
          .hasMessageContaining("is in use by another Hone");
    }
  }

  @Test
  void aFolderOfANewerFormatIsRefusedAndNotTouched() throws Exception {
    Files.writeString(data.resolve("format"), "2");

    assertThatThrownBy(() -> HoneFixture.start(data))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining("has format 2")
        .hasMessageContaining("this Hone reads format 1");

    assertThat(data.resolve("format")).hasContent("2");
    assertThat(data.resolve("hone.db")).doesNotExist();
  }

  @Test
  void anEmptyFormatIsRefusedWithWhatToDo() throws Exception {
    Files.writeString(data.resolve("format"), "");

    assertThatThrownBy(() -> HoneFixture.start(data))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining(data.resolve("format") + " is empty")
        .hasMessageContaining("delete it");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00112233",
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef00",
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdeg"
      })
  void aSecretThatIsNoneIsRefusedAtStart(String secret) throws Exception {
    Files.writeString(data.resolve("secret"), secret);

    assertThatThrownBy(() -> HoneFixture.start(data))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining(data.resolve("secret") + " does not hold 32 bytes in hex")
        .hasMessageContaining("delete it");
    assertThat(data.resolve("secret")).hasContent(secret);
  }

  @Test
  void afterARefusalTheFolderCanBeOpened() throws Exception {
    Files.writeString(data.resolve("secret"), "half a sec");
    assertThatThrownBy(() -> HoneFixture.start(data)).hasMessageContaining("secret");
    Files.delete(data.resolve("secret"));
    Files.writeString(data.resolve("format"), "2");
    assertThatThrownBy(() -> HoneFixture.start(data)).hasMessageContaining("has format 2");
    Files.delete(data.resolve("format"));

    try (HoneFixture hone = HoneFixture.start(data)) {
      assertThat(hone.client("key").ask("Is it on?").status()).isEqualTo(200);
    }
  }

  @Test
  void theSecretIsTheOwnersAndStaysWhatHalfAWriteLeftIsReplaced() throws Exception {
    Files.writeString(data.resolve("secret.part"), "0123");
    String secret;
    try (HoneFixture hone = HoneFixture.start(data)) {
      assertThat(hone.port()).isPositive();
      secret = Files.readString(data.resolve("secret"));
      assertThat(Files.getPosixFilePermissions(data.resolve("secret")))
          .containsExactlyInAnyOrder(
              PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    }
    try (HoneFixture hone = HoneFixture.start(data)) {
      assertThat(hone.port()).isPositive();
    }

    assertThat(secret).matches("[0-9a-f]{64}");
    assertThat(data.resolve("secret")).hasContent(secret);
    assertThat(data.resolve("secret.part")).doesNotExist();
  }

  @Test
  void aFolderThatHoneMakesIsItsOwnersAlone() throws Exception {
    Path above = data.resolve("above");
    Path asUsual = Files.createDirectory(data.resolve("usual"));
    Set<PosixFilePermission> before = Files.getPosixFilePermissions(asUsual);
    HoneFixture.start(above.resolve("made")).close();
    HoneFixture.start(asUsual).close();

    assertThat(Files.getPosixFilePermissions(above.resolve("made")))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    assertThat(Files.getPosixFilePermissions(above)).as("one above it").isEqualTo(before);
    assertThat(Files.getPosixFilePermissions(asUsual)).as("one that was there").isEqualTo(before);
  }

  @Test
  void aProcessThatIsAskedToStopLeavesEverythingInOrder() throws Exception {
    String id;
    try (HoneProcess process = HoneProcess.start(data)) {
      id = process.client().teach(QUESTIONS.getFirst(), ANSWERS.getFirst());
      process.stop();
    }

    try (HoneFixture hone = HoneFixture.start(data)) {
      hone.client().settle();
      assertThat(hone.client().receipt(id).at("/learning/status").asText()).isEqualTo("distilled");
    }
  }
}
