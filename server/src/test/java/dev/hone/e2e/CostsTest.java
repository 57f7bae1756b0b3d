package dev.hone.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What experience costs and saves is told, by the tokens that models counted. */
class CostsTest {

  private static final String QUESTION = "At which pressure does the Kestrel pump run?";
  private static final String RIGHT = "The Kestrel pump runs at 60 bar.";

  @TempDir Path data;
  private StubUpstream stub;
  private HoneFixture hone;
  private HoneClient ann;

  /** A model that answers in 10 tokens when it knows, and in 110 when it does not. */
  private static String answer(StubUpstream.Received request) {
    int more = request.asked().length() % 2;
    return StubUpstream.completion("Sixty.")
        .replaceAll(
            "\"usage\":\\{[^}]*}",
            "\"usage\":{\"prompt_tokens\":50,\"prompt_tokens_details\":{\"cached_tokens\":20},"
                + "\"completion_tokens\":"
                + ((request.augmented() ? 10 : 110) + more)
                + "}");
  }

  private void start(String... more) throws Exception {
    stub =
        new StubUpstream(
            (request, exchange) ->
                StubUpstream.json(200, answer(request)).answer(request, exchange));
    List<String> settings =
        new ArrayList<>(
            List.of(
                "upstream.url=" + stub.url(),
                "outcome.idle=0s",
                "outcome.window=0s",
                "outcome.every=0s"));
    settings.addAll(List.of(more));
    hone = HoneFixture.start(data, settings.toArray(String[]::new));
    ann = hone.client("key-of-ann");
    assertThat(ann.patch("/api/v1/spaces/default", "{\"learning\":\"off\"}").status())
        .as("nothing else is shown than what a person wrote")
        .isEqualTo(200);
    HoneClient.Answer made =
        ann.post("/api/v1/experiences", Json.object("when", QUESTION, "content", RIGHT));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
  }

  @AfterEach
  void stop() {
    hone.close();
    stub.close();
  }

  /** Sessions that are judged; returns how many were shown experience. */
  private int live(int sessions) throws Exception {
    int shown = 0;
    for (int i = 0; i < sessions; i++) {
      HoneClient.Answer answer =
          ann.with("x-hone-session", "s" + i)
              .chat(Json.chat("m", QUESTION + " Case " + "x".repeat(i % 3)));
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
      boolean augmented = answer.mode().equals("augmented");
      shown += augmented ? 1 : 0;
      String said =
          "{\"interaction_id\":\""
              + answer.interaction()
              + "\",\"value\":"
              + (augmented ? 1 : 0)
              + "}";
      assertThat(ann.post("/api/v1/feedback", said).status()).isEqualTo(201);
    }
    return shown;
  }

  private JsonNode costs() throws Exception {
    assertThat(ann.post("/api/v1/lift", "{}").status()).isEqualTo(200);
    HoneClient.Answer told = ann.get("/api/v1/costs?days=3");
    assertThat(told.status()).as(told.text()).isEqualTo(200);
    return told.json();
  }

  private static long sum(JsonNode costs, String field) {
    long sum = 0;
    for (JsonNode day : costs.path("daily")) {
      sum += day.path(field).asLong();
    }
    return sum;
  }

  @Test
  void tokensAndOutcomesAreSetAgainstWhatWasSpent() throws Exception {
    start(
        "outcome.holdout=0.5",
        "cost.prompt=2",
        "cost.cached=1",
        "cost.answer=10",
        "cost.learning=3");
    int shown = live(60);

    JsonNode costs = costs();

    assertThat(sum(costs, "interactions")).isEqualTo(60);
    assertThat(sum(costs, "uncounted")).isZero();
    assertThat(sum(costs, "augmented")).isEqualTo(shown);
    assertThat(sum(costs, "injected_tokens")).isBetween(5L * shown, 100L * shown);
    assertThat(sum(costs, "prompt_tokens")).isEqualTo(60 * 50);
    assertThat(sum(costs, "cached_tokens")).isEqualTo(60 * 20);
    assertThat(sum(costs, "answer_tokens"))
        .isBetween(10L * shown + 110L * (60 - shown), 11L * shown + 111L * (60 - shown));
    assertThat(costs.at("/daily/0/money").asDouble()).isPositive();

    JsonNode whole = costs.path("whole_time");
    assertThat(whole.at("/shown/sessions").asInt()).isEqualTo(shown);
    assertThat(whole.at("/held_out/sessions").asInt()).isEqualTo(60 - shown);
    JsonNode saved = whole.path("tokens_saved");
    assertThat(saved.path("value").asDouble()).isCloseTo(100.0 * shown, within(1.0 * shown));
    assertThat(saved.path("low").asDouble()).isLessThan(saved.path("value").asDouble());
    assertThat(saved.path("high").asDouble()).isGreaterThan(saved.path("value").asDouble());
    assertThat(whole.at("/money_saved/value").asDouble())
        .isCloseTo(saved.path("value").asDouble() * 10 / 1e6, within(1e-9));
    assertThat(whole.at("/net/value").asDouble())
        .isCloseTo(
            whole.at("/money_saved/value").asDouble() - whole.at("/learning/money").asDouble(),
            within(1e-12));
    JsonNode gained = whole.path("outcomes_gained");
    assertThat(gained.path("value").asDouble()).isBetween(0.8 * shown, 1.0 * shown);
    assertThat(gained.path("low").asDouble()).isLessThan(shown);
  }

  @Test
  void withoutHoldoutAndPricesNeitherIsKnown() throws Exception {
    start();
    live(5);

    JsonNode costs = costs();

    assertThat(sum(costs, "augmented")).isEqualTo(5);
    assertThat(costs.at("/daily/0").has("money")).isFalse();
    assertThat(costs.at("/daily/0").has("injected_money")).isFalse();
    JsonNode whole = costs.path("whole_time");
    assertThat(whole.at("/shown/sessions").asInt()).isZero();
    for (String unknown : List.of("tokens_saved", "money_saved", "outcomes_gained", "net")) {
      assertThat(whole.has(unknown)).as(unknown).isFalse();
    }
  }

  @Test
  void whatIsForgottenCostsNothingAnyMore() throws Exception {
    start("forget.window=1h");
    live(4);
    assertThat(sum(costs(), "prompt_tokens")).isEqualTo(200);

    JsonNode plan = ann.post("/api/v1/forget", "{\"session\":\"s1\"}").json();
    String forgetting = "/api/v1/forget/" + plan.path("id").asText();
    assertThat(
            ann.post(forgetting + "/execute", Json.object("token", plan.path("token").asText()))
                .status())
        .isEqualTo(200);
    assertThat(sum(costs(), "prompt_tokens")).isEqualTo(150);
    assertThat(sum(costs(), "augmented")).isEqualTo(3);

    assertThat(ann.post(forgetting + "/undo", "{}").status()).isEqualTo(200);
    assertThat(sum(costs(), "prompt_tokens")).isEqualTo(200);
  }
}
