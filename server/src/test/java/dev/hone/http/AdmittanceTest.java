package dev.hone.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.http.exchange.Problem;
import dev.hone.port.NotWritten;
import dev.hone.port.WriteLoad;
import java.io.IOException;
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
    IOException cause = new IOException("disk");
    assertThat(Admittance.problem(new NotWritten(NotWritten.Reason.FULL, cause)).status())
        .isEqualTo(507);
    assertThat(Admittance.problem(new NotWritten(NotWritten.Reason.UNWRITABLE, cause)).status())
        .isEqualTo(503);
  }
}
