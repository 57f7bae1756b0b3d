package dev.hone.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.NotFoundException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.models.Model;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The official OpenAI client for Java works with a changed base URL and nothing else. */
class OfficialClientTest {

  private static final String QUESTION = "How is the cooling loop of the Kestrel rig closed?";

  @TempDir Path data;

  private static OpenAIClient client(HoneFixture hone) {
    return OpenAIOkHttpClient.builder()
        .baseUrl(hone.url() + "/v1")
        .apiKey("sk-official")
        .maxRetries(0)
        .build();
  }

  private static ChatCompletionCreateParams asking(String model) {
    return ChatCompletionCreateParams.builder().model(model).addUserMessage(QUESTION).build();
  }

  private static String said(OpenAIClient client, String model) {
    ChatCompletion completion = client.chat().completions().create(asking(model));
    return completion.choices().getFirst().message().content().orElseThrow();
  }

  private static String streamed(OpenAIClient client, String model) {
    try (StreamResponse<ChatCompletionChunk> stream =
        client.chat().completions().createStreaming(asking(model))) {
      return stream.stream()
          .flatMap(chunk -> chunk.choices().stream())
          .flatMap(choice -> choice.delta().content().stream())
          .collect(Collectors.joining());
    }
  }

  @Test
  void itTalksToTheBuiltInModelAndProfitsFromExperience() throws Exception {
    try (HoneFixture hone = HoneFixture.start(data)) {
      OpenAIClient client = client(hone);
      assertThat(said(client, "hone-builtin")).startsWith("I don't know.");
      hone.client().teach(QUESTION, "Turn the red lever V7 twice.");
      hone.client().settle();

      assertThat(said(client, "hone-builtin")).startsWith("Turn the red lever V7 twice.");
      assertThat(streamed(client, "hone-builtin")).startsWith("Turn the red lever V7 twice.");
      assertThat(client.models().list().autoPager().stream().map(Model::id))
          .containsExactly("hone-builtin");
      client.close();
    }
  }

  @Test
  void itTalksToAModelBehindHone() throws Exception {
    try (StubUpstream stub = new StubUpstream(StubUpstream.says("As it says.\nÜber."));
        HoneFixture hone = HoneFixture.start(data, "upstream.url=" + stub.url())) {
      OpenAIClient client = client(hone);
      assertThat(said(client, "stub-1")).isEqualTo("As it says.\nÜber.");
      assertThat(stub.last().headers().getFirst("Authorization")).isEqualTo("Bearer sk-official");
      assertThat(stub.last().asked()).isEqualTo(QUESTION);

      stub.script(
          StubUpstream.streams(
              StubUpstream.event("As it "), StubUpstream.event("flows."), "data: [DONE]\n\n"));
      assertThat(streamed(client, "stub-1")).isEqualTo("As it flows.");
      assertThat(stub.last().json().path("stream").asBoolean()).isTrue();
      assertThat(
              hone.client("sk-official")
                  .list("interactions")
                  .getFirst()
                  .at("/answer/content")
                  .asText())
          .isEqualTo("As it flows.");
      client.close();
    }
  }

  @Test
  void itUnderstandsHowHoneRefuses() throws Exception {
    try (HoneFixture hone = HoneFixture.start(data)) {
      OpenAIClient client = client(hone);

      assertThatThrownBy(() -> said(client, "gpt-nope"))
          .isInstanceOf(NotFoundException.class)
          .hasMessageContaining("gpt-nope");
      client.close();
    }
  }
}
