package dev.hone.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a model says that it cost is kept with each request, and summed with and without blocks. */
class UsageTest {

  private static final String QUESTION = "How is the cooling loop of the Kestrel rig closed?";

  @TempDir Path data;

  private static String answer(int prompt, int cached) {
    return "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Fine.\"}}],\"usage\":{"
               + "\"prompt_tokens\":"
        + prompt
        + ",\"completion_tokens\":2,\"prompt_tokens_details\":{\"cached_tokens\":"
        + cached
        + "}}}";
  }

  @Test
  void cachedTokensAreSummedByWhatHoneDid() throws Exception {
    try (StubUpstream stub = new StubUpstream(StubUpstream.json(200, answer(100, 64)));
        HoneFixture hone = HoneFixture.start(data, "upstream.url=" + stub.url())) {
      HoneClient client = hone.client();
      client.teach(QUESTION, "Turn the red lever V7 twice.");
      client.settle();
      client.chat(Json.chat("m", "What is the time?"));
      stub.script(StubUpstream.json(200, answer(130, 32)));
      HoneClient.Answer augmented = client.chat(Json.chat("m", QUESTION));
      stub.script(
          StubUpstream.streams(
              StubUpstream.event("Fine."),
              "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":130,\"completion_tokens\":2,"
                  + "\"prompt_tokens_details\":{\"cached_tokens\":128}}}\n\ndata: [DONE]\n\n"));
      HoneClient.Answer streamed = client.chat(Json.chat("m", QUESTION));

      assertThat(augmented.mode()).isEqualTo("augmented");
      assertThat(client.receipt(augmented.interaction()).at("/usage/cached_tokens").asInt())
          .isEqualTo(32);
      assertThat(client.receipt(streamed.interaction()).at("/usage/cached_tokens").asInt())
          .isEqualTo(128);
      assertThat(client.get("/metrics").text().lines())
          .contains(
              "hone_prompt_tokens_total{mode=\"nothing-relevant\"} 100.0",
              "hone_cached_tokens_total{mode=\"nothing-relevant\"} 64.0",
              "hone_prompt_tokens_total{mode=\"augmented\"} 260.0",
              "hone_cached_tokens_total{mode=\"augmented\"} 160.0",
              "hone_answer_tokens_total{mode=\"augmented\"} 4.0");
    }
  }
}
