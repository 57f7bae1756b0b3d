package dev.hone.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code x-hone-mode} says what Hone does with a request. */
class ModesTest {

  private static final String QUESTION = "How is the cooling loop of the Kestrel rig closed?";

  @TempDir Path data;
  private StubUpstream stub;
  private HoneFixture hone;

  @BeforeEach
  void start() throws Exception {
    stub = new StubUpstream(StubUpstream.says("Fine."));
    hone = HoneFixture.start(data, "upstream.url=" + stub.url());
    hone.client().teach(QUESTION, "Turn the red lever V7 twice.");
    hone.client().settle();
  }

  @AfterEach
  void stop() {
    hone.close();
    stub.close();
  }

  private HoneClient.Answer ask(String mode) throws Exception {
    return hone.client().with("x-hone-mode", mode).chat(Json.chat("stub-1", QUESTION));
  }

  private int captured() throws Exception {
    return hone.client().list("interactions").size();
  }

  @Test
  void offNeitherCapturesNorAugments() throws Exception {
    int before = captured();

    HoneClient.Answer answer = ask("off");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.mode()).isEqualTo("bypassed");
    assertThat(answer.header("x-hone-capture")).isEqualTo("none");
    assertThat(answer.headers().firstValue("x-hone-interaction-id")).isEmpty();
    assertThat(stub.last().text()).isEqualTo(Json.chat("stub-1", QUESTION));
    assertThat(captured()).isEqualTo(before);
  }

  @Test
  void captureCapturesAndDoesNotAugment() throws Exception {
    HoneClient.Answer answer = ask("capture");

    assertThat(answer.mode()).isEqualTo("bypassed");
    assertThat(answer.header("x-hone-capture")).isEqualTo("durable");
    assertThat(stub.last().text()).isEqualTo(Json.chat("stub-1", QUESTION));
    assertThat(hone.client().receipt(answer.interaction()).path("state").asText())
        .isEqualTo("completed");
    assertThat(hone.client().receipt(answer.interaction()).path("exposures")).isEmpty();
  }

  @Test
  void augmentIsTheDefaultAndDoesBoth() throws Exception {
    HoneClient.Answer named = ask("AUGMENT");
    HoneClient.Answer standard = hone.client().chat(Json.chat("stub-1", QUESTION));

    for (HoneClient.Answer answer : new HoneClient.Answer[] {named, standard}) {
      assertThat(answer.mode()).isEqualTo("augmented");
      assertThat(answer.header("x-hone-capture")).isEqualTo("durable");
      String item = answer.header("x-hone-experiences");
      assertThat(
              hone.client().receipt(answer.interaction()).at("/exposures/0/experience_id").asText())
          .isEqualTo(item)
          .isNotEmpty();
      assertThat(Integer.parseInt(answer.header("x-hone-tokens"))).isPositive();
    }
    assertThat(stub.received()).hasSize(2).allMatch(StubUpstream.Received::augmented);
  }

  @Test
  void readAugmentsAndLeavesNoTrace() throws Exception {
    int before = captured();

    HoneClient.Answer answer = ask("read");

    assertThat(answer.mode()).isEqualTo("augmented");
    assertThat(answer.header("x-hone-experiences")).isNotEmpty();
    assertThat(answer.header("x-hone-capture")).isEqualTo("none");
    assertThat(answer.headers().firstValue("x-hone-interaction-id")).isEmpty();
    assertThat(stub.last().augmented()).isTrue();
    assertThat(captured()).isEqualTo(before);
  }

  @Test
  void anyOtherModeIsRefusedInTheFormOfOpenAi() throws Exception {
    HoneClient.Answer answer = ask("of");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().at("/error/message").asText())
        .isEqualTo("x-hone-mode is one of off, capture, augment, read; not 'of'.");
    assertThat(answer.json().at("/error/type").asText()).isEqualTo("invalid_request_error");
    assertThat(stub.received()).isEmpty();
  }
}
