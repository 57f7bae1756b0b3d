package dev.hone.lab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.lab.data.BadData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder keeps one run, of one process at a time. */
class RunFolderTest {

  private static final ObjectNode RUN = JsonNodeFactory.instance.objectNode().put("seeds", 1);

  @TempDir private Path folder;

  @Test
  void answersComeBackAsTheyWere() throws IOException {
    Asked plain =
        new Asked(Asked.round(1, "plain"), "q1", "", "A) x", true, OptionalDouble.of(0.25), 0, 1.5);
    Asked epoch =
        new Asked(
            new Asked.Round(1, "shared", 2, "client-1"),
            "q1",
            "law",
            "B",
            false,
            OptionalDouble.empty(),
            30,
            2);
    try (RunFolder run = RunFolder.open(folder, RUN)) {
      run.add(epoch);
      run.add(plain);
    }
    try (RunFolder run = RunFolder.open(folder, RUN)) {
      assertThat(run.asked()).containsExactly(plain, epoch);
      assertThat(run.has(epoch.round(), "q1")).isTrue();
      assertThat(run.has(Asked.round(2, "plain"), "q1")).isFalse();
      assertThat(run.said(plain.round(), "q1")).isEqualTo("A) x");
    }
  }

  @Test
  void twoProcessesDoNotShareIt() throws IOException {
    try (RunFolder run = RunFolder.open(folder, RUN)) {
      assertThat(run.path()).isEqualTo(folder);
      assertThatThrownBy(() -> RunFolder.open(folder, RUN))
          .isInstanceOf(BadData.class)
          .hasMessageContaining("Another process runs in");
    }
  }
}
