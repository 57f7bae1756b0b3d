package dev.hone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CredentialsTest {

  private final Credentials credentials = new Credentials(List.of("sk-configured", ""));

  private String kept(String answer, String header, String value) {
    return new String(
        credentials.hiddenIn(answer.getBytes(UTF_8), Map.of(header, List.of(value))), UTF_8);
  }

  @ParameterizedTest
  @CsvSource({
    "authorization, Bearer sk-0123456789, sk-0123456789",
    "authorization, Basic aG9uZTpob25l, aG9uZTpob25l",
    "authorization, sk-0123456789, sk-0123456789",
    "x-api-key, sk-0123456789, sk-0123456789",
    "api-key, sk-0123456789, sk-0123456789",
    "cookie, a=1; session=sk-0123456789, sk-0123456789",
    "accept, x, sk-configured"
  })
  void whatTheModelWasShownIsNotKept(String header, String value, String credential) {
    assertThat(kept(credential + " is not " + credential + ".", header, value))
        .isEqualTo("[redacted: credential] is not [redacted: credential].");
  }

  @Test
  void ofOneThatIsPartOfAnotherNothingRemains() {
    assertThat(kept("sk-configured-too", "x-api-key", "sk-configured-too"))
        .isEqualTo("[redacted: credential]");
  }

  @Test
  void whatRepeatsNothingStaysTheSame() {
    byte[] answer = "Turn V7 twice: sk-0123.".getBytes(UTF_8);

    assertThat(credentials.hiddenIn(answer, Map.of("x-api-key", List.of("sk-0123456789"))))
        .isSameAs(answer);
    assertThat(credentials.hiddenIn(new byte[0], Map.of())).isEmpty();
  }

  @Test
  void whatIsTooShortToBeAKeyIsLeft() {
    assertThat(kept("none of them, 7", "authorization", "Bearer none"))
        .isEqualTo("none of them, 7");
  }
}
