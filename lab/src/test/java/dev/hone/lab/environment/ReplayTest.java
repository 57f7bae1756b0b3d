package dev.hone.lab.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recorded runs that went well, played again. */
class ReplayTest extends EnvironmentContract {

  private static final Path AIRLINE =
      Path.of("..", "..", "shared", "data", "taubench_airline_gpt4o.jsonl.gz");
  private static final String RUNS =
      """
      {"id":"policy","messages":[{"role":"system","content":"Be kind."}]}
      {"id":"good","reward":1,"messages":[{"role":"user","content":"Cancel EHGLP3."},\
      {"role":"assistant","content":null,"tool_calls":[{"function":{"name":"find"}}]},\
      {"role":"tool","name":"find","content":"paid by card"},\
      {"role":"assistant","content":"Done."}]}
      {"id":"bad","reward":0,"messages":[{"role":"user","content":"Refund me."},\
      {"role":"assistant","content":"","tool_calls":[{"name":"refund"}]}]}
      """;

  @TempDir private Path folder;

  @Override
  Environment environment() {
    return new Replay("runs", runs(RUNS));
  }

  private List<Trajectory> runs(String lines) {
    try {
      return TrajectoryFile.read(Files.writeString(folder.resolve("runs.jsonl"), lines));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void onlyRunsThatWentWellArePlayedWithTheirOwnActions() {
    Replay replay = (Replay) environment();
    assertThat(replay.runs()).isEqualTo(1);
    Situation start = replay.reset(1);
    assertThat(start.observation()).isEqualTo("Cancel EHGLP3.");
    assertThat(start.actions()).containsExactly("find", "respond");
    assertThat(start.info()).containsEntry("instructions", "Be kind.").containsEntry("id", "good");
  }

  @Test
  void agreementEarnsAndDisagreementIsToldWhatWasRecorded() {
    Environment replay = environment();
    replay.reset(1);
    Step wrong = replay.step("respond");
    assertThat(wrong.reward()).hasValue(0);
    assertThat(wrong.correction()).contains("find");
    assertThat(wrong.next().observation()).isEqualTo("find: paid by card");
    Step right = replay.step("respond");
    assertThat(right.reward()).hasValue(1);
    assertThat(right.terminated()).isTrue();
  }

  @Test
  void whatCannotBeReadIsNamedByItsLine() {
    assertThatThrownBy(() -> runs("\n{\"reward\":1}"))
        .isInstanceOf(EnvironmentFailed.class)
        .hasMessageContaining("line 2 has no list 'messages'");
    assertThatThrownBy(() -> runs("nothing")).hasMessageContaining("line 1 is not JSON");
    assertThatThrownBy(() -> runs(RUNS.replace("\"reward\":1", "\"reward\":100")))
        .hasMessageContaining("line 2 has no 'reward' in [0, 1]");
    assertThatThrownBy(() -> TrajectoryFile.read(folder.resolve("none.jsonl")))
        .hasMessageContaining("There is no file");
  }

  @Test
  void withoutARunThatWentWellThereIsNothingToAgreeWith() {
    assertThatThrownBy(() -> new Replay("runs", runs(RUNS.replace("\"reward\":1", "\"reward\":0"))))
        .isInstanceOf(EnvironmentFailed.class)
        .hasMessageContaining("no run with a reward of 0.5 or more");
  }

  @Test
  void theRecordedRunsOfTauBenchCanBePlayed() {
    assumeTrue(Files.exists(AIRLINE), "the recorded runs of tau-bench are not at hand");
    Replay replay = new Replay("airline", TrajectoryFile.read(AIRLINE));
    assertThat(replay.runs()).isEqualTo(84);
    Situation start = replay.reset(3);
    assertThat(start.actions()).contains("respond", "get_user_details", "cancel_reservation");
    assertThat(start.info().get(Situation.INSTRUCTIONS)).contains("airline");
  }
}
