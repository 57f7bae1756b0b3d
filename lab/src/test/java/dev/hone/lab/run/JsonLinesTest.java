package dev.hone.lab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.lab.data.BadData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines are found again, also after a kill in the middle of one. */
class JsonLinesTest {

  @TempDir private Path folder;

  @Test
  void linesAreFoundByTheirKeyWhenTheFileIsOpenedAgain() throws IOException {
    Path file = folder.resolve("lines.jsonl");
    try (JsonLines lines = new JsonLines(file, List.of("seed", "id"))) {
      lines.add(line(1, "é", "first"));
      lines.add(line(2, "é", "second"));
    }
    try (JsonLines lines = new JsonLines(file, List.of("seed", "id"))) {
      assertThat(lines.find("2", "é").orElseThrow().path("said").asText()).isEqualTo("second");
      assertThat(lines.find("3", "é")).isEmpty();
      assertThat(lines.all()).hasSize(2);
    }
  }

  @Test
  void aLineCutShortIsTakenOutAndCanBeAddedAgain() throws IOException {
    Path file = folder.resolve("lines.jsonl");
    try (JsonLines lines = new JsonLines(file, List.of("seed", "id"))) {
      lines.add(line(1, "a", "first"));
    }
    Files.writeString(file, "{\"seed\":2,\"id\":\"b\",\"sa", StandardOpenOption.APPEND);

    try (JsonLines lines = new JsonLines(file, List.of("seed", "id"))) {
      assertThat(lines.find("2", "b")).isEmpty();
      lines.add(line(2, "b", "again"));
    }

    assertThat(Files.readAllLines(file)).hasSize(2).last().asString().contains("again");
  }

  @Test
  void aFileOfSomethingElseIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("lines.jsonl"), "Dear all\n");
    assertThatThrownBy(() -> new JsonLines(file, List.of("id")))
        .isInstanceOf(BadData.class)
        .hasMessageContaining("lines.jsonl holds a line that is not JSON");
  }

  private static ObjectNode line(int seed, String id, String said) {
    return JsonNodeFactory.instance.objectNode().put("seed", seed).put("id", id).put("said", said);
  }
}
