package dev.hone.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.http.exchange.Problem;
import dev.hone.port.Unwritable;
import dev.hone.port.WriteLoad;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Native writes are let in by what waits already. */
class AdmittanceTest {

  private static Admittance with(int writes, long millis) {
    return new Admittance(
        () -> new WriteLoad.Load(writes, Duration.ofMillis(millis)), 10, Duration.ofMillis(500));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "9, 0", "1, 500"})
  void whileTheWriterKeepsUpTheyGoOn(int writes, long millis) {
    assertThatCode(() -> with(writes, millis).check()).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({"10, 0", "1, 501"})
  void whenItIsBehindTheyAreToldToComeAgain(int writes, long millis) {
    assertThatThrownBy(() -> with(writes, millis).check())
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.status()).isEqualTo(503);
              assertThat(problem.headers()).containsEntry("Retry-After", "1");
            });
  }

  @Test
  void aFullDiskIsToldApartFromOneThatCannotBeWritten() {
    assertThat(Admittance.problem(unwritable(Unwritable.Reason.FULL)).status()).isEqualTo(507);
    assertThat(Admittance.problem(unwritable(Unwritable.Reason.BROKEN)).status()).isEqualTo(503);
    assertThat(Admittance.problem(unwritable(Unwritable.Reason.CLOSED)).status()).isEqualTo(503);
  }

  private static Unwritable unwritable(Unwritable.Reason reason) {
    return new Unwritable(reason, "disk", null);
  }
}
