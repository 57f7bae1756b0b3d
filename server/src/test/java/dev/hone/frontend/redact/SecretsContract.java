package dev.hone.frontend.redact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.port.Secrets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What anything that knows secrets promises. */
abstract class SecretsContract {

  abstract Secrets secrets();

  /** A text with a secret in it that this implementation knows. */
  abstract String text();

  @Test
  void aTextWithoutAnySecretHasNone() {
    assertThat(secrets().in("")).isEmpty();
    assertThat(secrets().in("The loop is closed by two turns of lever V7.")).isEmpty();
  }

  @Test
  void aSecretIsFoundEachTimeItStands() {
    assertThat(secrets().in(text() + "\n" + text())).hasSize(2 * secrets().in(text()).size());
    assertThat(secrets().in(text())).isNotEmpty();
  }

  @Test
  void spansComeInOrderLieInTheTextAndDoNotOverlap() {
    Random random = new Random(7);
    for (int round = 0; round < 50; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < 20; i++) {
        text.append(text(), 0, random.nextInt(text().length() + 1));
        text.appendCodePoint(32 + random.nextInt(0x2000));
      }
      int end = 0;
      for (Secrets.Span span : secrets().in(text.toString())) {
        assertThat(span.start()).isGreaterThanOrEqualTo(end);
        end = span.end();
      }
      assertThat(end).isLessThanOrEqualTo(text.length());
    }
  }

  @Test
  void whateverTheTextIsItIsReadToItsEnd() {
    for (String odd : List.of("\0", "\ud800", "\udc00x", "\n".repeat(100_000), "\u202e")) {
      assertThat(secrets().in(odd)).isEmpty();
    }
  }
}
