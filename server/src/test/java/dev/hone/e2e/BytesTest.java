package dev.hone.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client sends and what the model answers pass byte for byte. */
class BytesTest {

  private static final String QUESTION = "How is the cooling loop of the Kestrel rig closed?";

  /** Everything that re-serialising would change. */
  private static final String ODD =
      """
      { "seed" : 12345678901234567890123456789, "temperature":1.000,  "top_p": 1E-2,
      \t"model":"stub-1", "x_unknown" : {"b":[1, 2.50 ,{"c":null}],"a":"\\u00e9\\/\\ud83d\\ude00"},
        "messages" : [ {"role":"system","content":"Say \\"caf\\u00e9\\" ☕\\t."},
          {"name":"ann", "content": CONTENT , "role":"user", "x":0.10} ] , "last":true }
      """;

  private static final Pattern IN_STRING =
      Pattern.compile("\\\\n\\\\n<experience>.*?</experience>", Pattern.DOTALL);
  private static final Pattern AS_PART =
      Pattern.compile(
          ",\\{\"type\":\"text\",\"text\":\"\\\\n\\\\n<experience>.*?</experience>\"\\}",
          Pattern.DOTALL);

  @TempDir Path data;
  private StubUpstream stub;
  private HoneFixture hone;

  @BeforeEach
  void start() throws Exception {
    stub = new StubUpstream(StubUpstream.says("Fine."));
    hone = HoneFixture.start(data, "upstream.url=" + stub.url());
  }

  @AfterEach
  void stop() {
    hone.close();
    stub.close();
  }

  private static String odd(String content) {
    return ODD.replace("CONTENT", content);
  }

  @Test
  void aRequestWithoutExperienceReachesTheModelByteForByte() throws Exception {
    String body = odd("\"How \\u0069s \\/ it?\"");

    HoneClient.Answer answer = hone.client().chat(body);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.mode()).isEqualTo("nothing-relevant");
    assertThat(stub.last().text()).isEqualTo(body);
  }

  @Test
  void experienceIsPutAtTheTailOfTheQuestionAndNoOtherByteChanges() throws Exception {
    hone.client().teach(QUESTION, "Turn the red lever V7 twice.");
    hone.client().settle();
    String body = odd(Json.quoted(QUESTION));

    HoneClient.Answer answer = hone.client().chat(body);

    assertThat(answer.mode()).isEqualTo("augmented");
    String sent = stub.last().text();
    Matcher block = IN_STRING.matcher(sent);
    assertThat(block.find()).as(sent).isTrue();
    assertThat(block.group()).contains("Turn the red lever V7 twice.");
    assertThat(sent).startsWith(body.substring(0, body.indexOf(QUESTION) + QUESTION.length()));
    assertThat(block.start()).isEqualTo(body.indexOf(QUESTION) + QUESTION.length());
    assertThat(block.replaceFirst("")).isEqualTo(body);
  }

  @Test
  void experienceBecomesAPartOfItsOwnWhenTheQuestionHasParts() throws Exception {
    hone.client().teach(QUESTION, "Turn the red lever V7 twice.");
    hone.client().settle();
    String body =
        odd(
            "[ {\"type\":\"image_url\",\"image_url\":{\"url\":\"data:,\"}}, {\"type\":\"text\" ,"
                + " \"text\":"
                + Json.quoted(QUESTION)
                + "} ]");

    HoneClient.Answer answer = hone.client().chat(body);

    assertThat(answer.mode()).isEqualTo("augmented");
    Matcher block = AS_PART.matcher(stub.last().text());
    assertThat(block.find()).as(stub.last().text()).isTrue();
    assertThat(block.group()).contains("Turn the red lever V7 twice.");
    assertThat(block.replaceFirst("")).isEqualTo(body);
  }

  @Test
  void aJsonAnswerReachesTheClientByteForByte() throws Exception {
    String body =
        "{\r\n"
            + "  \"choices\":[ {\"message\":{\"content\":\"caf\\u00e9 \\/"
            + " ☕\",\"role\":\"assistant\"},\"index\":0} ],\n"
            + "\t\"usage\" : {\"total_tokens\":12345678901234567890123, \"cost\": 1.50E+3},"
            + " \"x_new\":[null , {}] }\n\n";
    stub.script(StubUpstream.json(200, body, "X-Request-Id", "req-7", "X-Many", "a, b"));

    HoneClient.Answer answer = hone.client().chat(Json.chat("stub-1", "Hello there"));

    assertThat(answer.bytes()).isEqualTo(body.getBytes(UTF_8));
    assertThat(answer.header("content-type")).isEqualTo("application/json");
    assertThat(answer.header("x-request-id")).isEqualTo("req-7");
    assertThat(answer.header("x-many")).isEqualTo("a, b");
    assertThat(answer.header("x-hone-capture")).isEqualTo("durable");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n"})
  void aStreamedAnswerReachesTheClientByteForByte(String end) throws Exception {
    String[] pieces = {
      ": keep-alive" + end + end,
      "event: x" + end + "id: 7" + end + "data:{\"choices\":[{\"index\":0,\"delta\":{\"content\":",
      "\"caf\\u00e9 ☕ data: [DONE]\"},\"x\":1.10}]}" + end + end + "data: {\"usage\":{\"n\":1e9}}",
      end + end + "da",
      "ta: [DO",
      "NE]" + end,
      end + ": after" + end + end
    };
    stub.script(StubUpstream.streams(pieces));

    HoneClient.Answer answer = hone.client().chat(Json.chat("stub-1", "Hello there"));

    assertThat(answer.text()).isEqualTo(String.join("", pieces));
    assertThat(answer.header("content-type")).isEqualTo("text/event-stream");
    assertThat(hone.client().receipt(answer.interaction()).at("/answer/content").asText())
        .isEqualTo("café ☕ data: [DONE]");
  }

  @Test
  void aLongStreamOfManyCharactersReachesTheClientByteForByte() throws Exception {
    String[] pieces = new String[400];
    for (int i = 0; i < pieces.length - 1; i++) {
      pieces[i] = StubUpstream.event("日本語 " + "é".repeat(i));
    }
    pieces[pieces.length - 1] = "data: [DONE]\n\n";
    stub.script(StubUpstream.streams(pieces));

    HoneClient.Answer answer = hone.client().chat(Json.chat("stub-1", "Hello there"));

    assertThat(answer.text()).isEqualTo(String.join("", pieces));
  }
}
