package dev.hone.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is not a chat completion passes as it is; what can be read of it is captured. */
class OtherEndpointsTest {

  @TempDir Path data;
  private StubUpstream stub;
  private HoneFixture hone;

  @BeforeEach
  void start() throws Exception {
    stub = new StubUpstream(StubUpstream.json(200, "{}"));
    hone = HoneFixture.start(data, "upstream.url=" + stub.url());
  }

  @AfterEach
  void stop() {
    hone.close();
    stub.close();
  }

  private JsonNode receipt(HoneClient.Answer answer) throws Exception {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.mode()).isEqualTo("bypassed");
    assertThat(answer.header("x-hone-capture")).isEqualTo("durable");
    return hone.client().receipt(answer.interaction());
  }

  @Test
  void aResponseIsCapturedWithItsUsage() throws Exception {
    stub.script(
        StubUpstream.json(
            200,
            """
            {"id":"resp_1","output":[
              {"type":"reasoning","summary":[{"type":"summary_text","text":"Hm."}]},
              {"type":"message","role":"assistant","content":[{"type":"output_text","text":"Blue."}]}],
             "usage":{"input_tokens":31,"input_tokens_details":{"cached_tokens":16},"output_tokens":2}}
            """));

    JsonNode receipt =
        receipt(
            hone.client()
                .post(
                    "/v1/responses",
                    "{\"model\":\"m\",\"instructions\":\"Be brief.\",\"input\":\"Which lever?\"}"));

    assertThat(receipt.path("state").asText()).isEqualTo("completed");
    assertThat(receipt.path("model").asText()).isEqualTo("m");
    assertThat(receipt.at("/messages/0/content").asText()).isEqualTo("Be brief.");
    assertThat(receipt.at("/messages/1/content").asText()).isEqualTo("Which lever?");
    assertThat(receipt.at("/answer/content").asText()).isEqualTo("Blue.");
    assertThat(receipt.at("/usage/prompt_tokens").asInt()).isEqualTo(31);
    assertThat(receipt.at("/usage/cached_tokens").asInt()).isEqualTo(16);
  }

  @Test
  void aStreamedResponseIsCapturedAndGoesOnInItsConversation() throws Exception {
    stub.script(
        StubUpstream.streams(
            """
            event: response.output_text.delta
            data: {"type":"response.output_text.delta","delta":"Bl"}

            """,
            """
            data: {"type":"response.output_text.delta","delta":"ue."}

            data: {"type":"response.output_item.done","item":{"type":"message","role":"assistant",
            data: "content":[{"type":"output_text","text":"Blue."}]}}

            data: {"type":"response.completed","response":{"usage":{"input_tokens":9,"output_tokens":2}}}

            """));
    JsonNode first =
        receipt(
            hone.client()
                .post(
                    "/v1/responses",
                    "{\"model\":\"m\",\"input\":\"Which lever?\",\"stream\":true}"));

    JsonNode second =
        receipt(
            hone.client()
                .post(
                    "/v1/responses",
                    """
                    {"model":"m","stream":true,"input":[
                      {"role":"user","content":[{"type":"input_text","text":"Which lever?"}]},
                      {"type":"message","role":"assistant","content":[{"type":"output_text","text":"Blue."}]},
                      {"role":"user","content":"Are you sure?"}]}
                    """));

    assertThat(first.at("/answer/content").asText()).isEqualTo("Blue.");
    assertThat(first.at("/usage/prompt_tokens").asInt()).isEqualTo(9);
    assertThat(second.path("conversation")).isEqualTo(first.path("conversation"));
    assertThat(second.path("parent")).isEqualTo(first.path("id"));
    assertThat(second.path("messages")).hasSize(1);
  }

  @Test
  void aResponseIsLearnedFromLikeAChat() throws Exception {
    stub.script(
        StubUpstream.json(
            200,
            "{\"output\":[{\"type\":\"message\",\"role\":\"assistant\",\"content\":[{\"type\":\"output_text\",\"text\":\"No"
                + " idea.\"}]}]}"));
    String id =
        receipt(
                hone.client()
                    .post(
                        "/v1/responses",
                        "{\"model\":\"m\",\"input\":\"How is the cooling loop of the Kestrel rig"
                            + " closed?\"}"))
            .path("id")
            .asText();
    hone.client().correct(id, "Turn the red lever V7 twice.");
    hone.client().settle();

    assertThat(hone.client().list("experiences")).hasSize(1);
    assertThat(hone.client().receipt(id).at("/learning/status").asText()).isEqualTo("distilled");
  }

  @Test
  void aLegacyCompletionIsCaptured() throws Exception {
    stub.script(
        StubUpstream.streams(
            "data: {\"choices\":[{\"index\":0,\"text\":\" a\"}]}\n\n",
            "data: {\"choices\":[{\"index\":0,\"text\":\" time\"}]}\n\ndata: [DONE]\n\n"));

    JsonNode receipt =
        receipt(
            hone.client().post("/v1/completions", "{\"model\":\"m\",\"prompt\":\"Once upon\"}"));

    assertThat(receipt.at("/messages/0/content").asText()).isEqualTo("Once upon");
    assertThat(receipt.at("/answer/content").asText()).isEqualTo(" a time");
  }

  @Test
  void anUnknownPathIsCapturedAsFarAsItCanBeRead() throws Exception {
    JsonNode receipt =
        receipt(hone.client().post("/v1/moderations", "{\"model\":\"m\",\"input\":\"Hello\"}"));

    assertThat(receipt.path("path").asText()).isEqualTo("/v1/moderations");
    assertThat(receipt.path("model").asText()).isEqualTo("m");
    assertThat(receipt.path("state").asText()).isEqualTo("completed");
    assertThat(receipt.at("/learning/status").asText()).isEqualTo("excluded");
  }

  @Test
  void aChatThatCannotBeReadIsForTheModelToJudge() throws Exception {
    stub.script(StubUpstream.json(200, "{\"choices\":[]}"));
    String odd = "{\"messages\":[{\"role\":\"critic\",\"content\":{\"new\":1}}]}";

    HoneClient.Answer answer = hone.client().chat(odd);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(stub.last().text()).isEqualTo(odd);
    assertThat(hone.client().list("interactions")).isEmpty();
  }
}
