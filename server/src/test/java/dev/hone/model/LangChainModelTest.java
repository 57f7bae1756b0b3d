package dev.hone.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.e2e.StubUpstream;
import dev.hone.port.LearningModel.Reply;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.model.openai.OpenAiChatModel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a learning model's server answers, and what that means. A text costs its characters. */
class LangChainModelTest {

  private static final Duration PAUSE = Duration.ofSeconds(30);
  private static final String UNCOUNTED =
      StubUpstream.completion("So.").replaceFirst(",\"usage\":\\{[^}]*}", "");

  private StubUpstream server;
  private LearningHttp http;

  @BeforeEach
  void start() throws Exception {
    server = new StubUpstream(StubUpstream.says("So."));
    http = new LearningHttp(Duration.ofSeconds(20), InstantSource.system());
  }

  @AfterEach
  void stop() {
    http.close();
    server.close();
  }

  private Reply ask() {
    return new LangChainModel(
            OpenAiChatModel.builder()
                .httpClientBuilder(http.builder())
                .baseUrl(server.url() + "/v1")
                .apiKey("none")
                .modelName("m")
                .maxRetries(0)
                .build(),
            PAUSE,
            String::length)
        .ask("main", "Think.", "Why?");
  }

  private Reply answered(int status, String... headers) {
    server.script(StubUpstream.json(status, "{\"error\":{\"message\":\"sk-key\"}}", headers));
    return ask();
  }

  @Test
  void anAnswerCostsWhatItsServerSaysOrElseWhatIsEstimated() {
    assertThat(ask()).isEqualTo(new Reply.Text("So.", 2));
    server.script(StubUpstream.json(200, UNCOUNTED));
    assertThat(ask()).isEqualTo(new Reply.Text("So.", "Think.Why?So.".length()));
  }

  @Test
  void anAnswerWithoutWordsIsEmpty() {
    server.script(StubUpstream.json(200, UNCOUNTED.replace("\"So.\"", "null")));

    assertThat(ask()).isEqualTo(new Reply.Text("", "Think.Why?".length()));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 413, 422})
  void aRequestAtFaultIsRefused(int status) {
    assertThat(answered(status))
        .isEqualTo(
            new Reply.Refused(
                "the learning model does not take the request: it answers with HTTP status "
                    + status));
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 402, 403, 404, 409})
  void aModelThatRefusesEverythingIsAskedMuchLater(int status) {
    assertThat(answered(status))
        .isEqualTo(
            new Reply.Unavailable(
                "the learning model refuses: it answers with HTTP status " + status,
                PAUSE.multipliedBy(10)));
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503, 529})
  void aModelThatIsBusyIsAskedWhenItSaysOrElseAfterThePause(int status) {
    assertThat(answered(status))
        .isInstanceOfSatisfying(
            Reply.Unavailable.class,
            busy -> {
              assertThat(busy.retryAfter()).isEqualTo(PAUSE);
              assertThat(busy.why()).contains("HTTP status " + status).doesNotContain("sk-key");
            });
    assertThat(answered(status, "Retry-After", "7"))
        .isInstanceOfSatisfying(
            Reply.Unavailable.class,
            busy -> assertThat(busy.retryAfter()).isEqualTo(Duration.ofSeconds(7)));
    for (String now : List.of("0", "Thu, 01 Jan 1970 00:00:00 GMT")) {
      assertThat(answered(status, "Retry-After", now))
          .as("a server that fails and wants to be asked at once, Retry-After: %s", now)
          .isInstanceOfSatisfying(
              Reply.Unavailable.class, busy -> assertThat(busy.retryAfter()).isEqualTo(PAUSE));
    }
  }

  @Test
  void aServerThatIsNotThereOrBreaksOffIsAskedLater() {
    server.script(
        (request, exchange) -> {
          throw new IllegalStateException("broken off");
        });
    assertThat(ask()).isInstanceOf(Reply.Unavailable.class);
    server.close();
    assertThat(ask())
        .isInstanceOfSatisfying(
            Reply.Unavailable.class,
            away -> {
              assertThat(away.why()).contains("no connection");
              assertThat(away.retryAfter()).isEqualTo(PAUSE);
            });
  }

  @Test
  void anAnswerInPiecesIsRefusedAsLangChainExpects() {
    List<Throwable> told = new ArrayList<>();
    http.execute(
        HttpRequest.builder().method(HttpMethod.GET).url(server.url()).build(),
        (in, listener) -> {},
        told::add);

    assertThat(told).singleElement().isInstanceOf(UnsupportedFeatureException.class);
    assertThat(server.received()).isEmpty();
  }

  @Test
  void whatIsNoChatCompletionIsAskedForLater() {
    for (String answer : new String[] {"<html>", "{\"choices\":", "[]", "{\"choices\":[]}"}) {
      server.script(StubUpstream.json(200, answer));
      assertThat(ask()).as(answer).isInstanceOf(Reply.Unavailable.class);
    }
  }
}
