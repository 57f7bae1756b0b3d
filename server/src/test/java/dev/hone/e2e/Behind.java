package dev.hone.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** An upstream over bare sockets and a Hone in front of it: the same request goes to either. */
final class Behind implements AutoCloseable {

  static final String QUESTION = Json.chat("stub-1", "Hello there");

  private final RawUpstream upstream;
  private final HoneFixture hone;

  Behind(Path data, String... settings) throws IOException {
    upstream = new RawUpstream(RawUpstream.json("200 OK", StubUpstream.completion("Fine.")));
    String[] all = Arrays.copyOf(settings, settings.length + 1);
    all[settings.length] = "upstream.url=" + upstream.url();
    hone = HoneFixture.start(data, all);
  }

  RawUpstream upstream() {
    return upstream;
  }

  HoneFixture hone() {
    return hone;
  }

  WireMessage directly(String... headers) throws IOException {
    return WireClient.chat(upstream.url(), QUESTION, headers);
  }

  WireMessage throughHone(String... headers) throws IOException {
    return WireClient.chat(hone.url(), QUESTION, headers);
  }

  /** Sees to it that status, headers and bytes are the same either way; returns Hone's answer. */
  WireMessage sameEitherWay(RawUpstream.Script script, String... headers) throws IOException {
    upstream.script(script);
    WireMessage direct = directly(headers);
    WireMessage through = throughHone(headers);
    assertThat(direct.status()).isPositive();
    assertThat(through.status()).as(through.text()).isEqualTo(direct.status());
    assertThat(headers(through, direct)).isEqualTo(direct.endToEnd());
    assertThat(through.complete()).isEqualTo(direct.complete());
    assertThat(through.body().length).isEqualTo(direct.body().length);
    assertThat(through.body()).isEqualTo(direct.body());
    return through;
  }

  /** A Date is added to what came without one (RFC 9110, section 6.6.1). */
  private static Map<String, List<String>> headers(WireMessage through, WireMessage direct) {
    Map<String, List<String>> headers = through.endToEnd();
    if (direct.header("date").isEmpty()) {
      headers.remove("date");
    }
    return headers;
  }

  /** The receipt of an answer, once it is no longer open. */
  JsonNode receipt(WireMessage answer) throws Exception {
    String id = answer.header("x-hone-interaction-id");
    assertThat(id).as(answer.headText()).isNotEmpty();
    Await.until(
        "the interaction is no longer open",
        () -> !hone.client().receipt(id).path("state").asText().equals("opened"));
    return hone.client().receipt(id);
  }

  String state(WireMessage answer) throws Exception {
    return receipt(answer).path("state").asText();
  }

  String captured(WireMessage answer) throws Exception {
    JsonNode receipt = receipt(answer);
    assertThat(receipt.path("state").asText()).isEqualTo("completed");
    return receipt.at("/answer/content").asText();
  }

  @Override
  public void close() throws IOException {
    hone.close();
    upstream.close();
  }
}
