package dev.hone.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.testing.SettableClock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a server wants to be asked again. It is midnight of January 1, 2026. */
class RetryAfterTest {

  private static Optional<Duration> wait(Map<String, String> headers) {
    return new RetryAfter(new SettableClock()).in(name -> Optional.ofNullable(headers.get(name)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "7 | PT7S",
        "Thu, 01 Jan 2026 00:01:30 GMT | PT1M30S",
        "86401 | PT24H",
        "999999999999999 | PT24H"
      })
  void itSaysSecondsOrADate(String value, Duration wait) {
    assertThat(wait(Map.of("retry-after", value))).contains(wait);
  }

  @Test
  void millisecondsAreMoreExact() {
    assertThat(wait(Map.of("retry-after-ms", "250", "retry-after", "1")))
        .contains(Duration.ofMillis(250));
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "-1", "1.5", "", "Thu, 32 Jan 2026 00:01:30 GMT"})
  void whatCannotBeReadIsNotSaid(String value) {
    assertThat(wait(Map.of("retry-after", value))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {" 0 ", "Wed, 31 Dec 2025 23:00:00 GMT", "Thu, 01 Jan 2026 00:00:00 GMT"})
  void noWaitAtAllIsNotSaid(String value) {
    assertThat(wait(Map.of("retry-after", value))).isEmpty();
    assertThat(wait(Map.of("retry-after", value, "retry-after-ms", "0"))).isEmpty();
    assertThat(wait(Map.of("retry-after", "7", "retry-after-ms", "0")))
        .contains(Duration.ofSeconds(7));
  }

  @Test
  void mostlyNothingIsSaid() {
    assertThat(wait(Map.of())).isEmpty();
  }
}
