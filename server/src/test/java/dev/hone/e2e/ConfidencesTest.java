package dev.hone.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models are asked how sure they are, and are held to it. */
class ConfidencesTest {

  private static final String ASK =
      "End your answer with a line 'Confidence: ' and a number between 0 and 1.";
  private static final String QUESTION = "At which pressure does the Kestrel pump run?";
  private static final String OTHER = "Which gasket fits the Osprey boiler?";
  private static final String RIGHT = "The Kestrel pump runs at 60 bar.";

  @TempDir Path data;
  private StubUpstream stub;
  private HoneFixture hone;
  private HoneClient ann;

  private void start(String... more) throws Exception {
    stub = new StubUpstream(StubUpstream.says("Sixty.\nConfidence: 0.8"));
    List<String> settings =
        new ArrayList<>(
            List.of(
                "upstream.url=" + stub.url(),
                "confidence.ask=true",
                "outcome.idle=0s",
                "outcome.window=0s",
                "outcome.every=0s"));
    settings.addAll(List.of(more));
    hone = HoneFixture.start(data, settings.toArray(String[]::new));
    ann = hone.client("key-of-ann");
  }

  @AfterEach
  void stop() {
    hone.close();
    stub.close();
  }

  private String item() throws Exception {
    HoneClient.Answer made =
        ann.post("/api/v1/experiences", Json.object("when", QUESTION, "content", RIGHT));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    return made.json().path("id").asText();
  }

  private HoneClient.Answer chat(HoneClient client, String body) throws Exception {
    HoneClient.Answer answer = client.chat(body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer;
  }

  private void say(String interaction, int value) throws Exception {
    HoneClient.Answer taken =
        ann.post(
            "/api/v1/feedback",
            "{\"interaction_id\":\"" + interaction + "\",\"value\":" + value + "}");
    assertThat(taken.status()).as(taken.text()).isEqualTo(201);
  }

  private JsonNode calibration() throws Exception {
    assertThat(ann.post("/api/v1/lift", "{}").status()).isEqualTo(200);
    HoneClient.Answer told = ann.get("/api/v1/calibration");
    assertThat(told.status()).as(told.text()).isEqualTo(200);
    return told.json();
  }

  @Test
  void theyAreNotAskedUnlessTheSettingSaysSo() throws Exception {
    start("confidence.ask=false");

    chat(ann, Json.chat("m", QUESTION));

    assertThat(stub.last().text()).isEqualTo(Json.chat("m", QUESTION));
  }

  @Test
  void aRequestWithNothingButTheSentenceIsNotCalledAugmented() throws Exception {
    start();

    HoneClient.Answer answer = chat(ann, Json.chat("m", QUESTION));

    assertThat(stub.last().asked()).isEqualTo(QUESTION + "\n\n" + ASK);
    assertThat(answer.mode()).isEqualTo("nothing-relevant");
    assertThat(answer.header("x-hone-experiences")).isEmpty();
    assertThat(Integer.parseInt(answer.header("x-hone-tokens"))).isBetween(10, 40);
    assertThat(answer.said()).isEqualTo("Sixty.\nConfidence: 0.8");
    JsonNode receipt = ann.receipt(answer.interaction());
    assertThat(receipt.path("confidence").asDouble()).isEqualTo(0.8);
    assertThat(receipt.path("exposures")).isEmpty();
    assertThat(receipt.at("/messages/0/content").asText()).isEqualTo(QUESTION);
    assertThat(receipt.path("block").asText()).contains(ASK);
  }

  @Test
  void theyAreAskedWhetherOrNotExperienceIsShown() throws Exception {
    start("outcome.holdout=0.5");
    String item = item();
    Set<String> modes = new HashSet<>();
    for (int i = 0; i < 30; i++) {
      HoneClient.Answer answer =
          chat(ann.with("x-hone-session", "s" + i), Json.chat("m", QUESTION + " Case " + i));
      modes.add(answer.mode());
      boolean shown = answer.mode().equals("augmented");
      assertThat(stub.last().asked()).endsWith("\n\n" + ASK);
      assertThat(stub.last().asked().contains(RIGHT)).isEqualTo(shown);
      assertThat(answer.header("x-hone-experiences")).isEqualTo(shown ? item : "");
      assertThat(ann.receipt(answer.interaction()).path("exposures").path(0).path("arm").asText())
          .isEqualTo(shown ? "augmented" : "holdout");
    }
    assertThat(modes).containsExactlyInAnyOrder("augmented", "holdout");
  }

  @Test
  void theSentenceStaysWhereItStoodOverTheTurns() throws Exception {
    start();
    item();
    List<String> messages = new ArrayList<>();
    String seen = "";
    for (String question : List.of(OTHER, QUESTION, "And why?", QUESTION)) {
      messages.add(Json.message("user", question));
      chat(ann, Json.chatOf("m", messages.toArray(String[]::new)));
      String text = stub.last().text();
      assertThat(text).startsWith(seen);
      seen = text.substring(0, text.length() - "]}".length());
      messages.add(Json.message("assistant", "Sixty.\nConfidence: 0.8"));
    }
    for (JsonNode message : stub.last().json().path("messages")) {
      boolean user = message.path("role").asText().equals("user");
      assertThat(message.path("content").asText().split(ASK, -1)).hasSize(user ? 2 : 1);
    }
    assertThat(stub.last().text().split("<experience>", -1)).hasSize(2);

    hone.close();
    stub.close();
    start("confidence.ask=false");
    messages.add(Json.message("user", "Thanks."));
    chat(ann, Json.chatOf("m", messages.toArray(String[]::new)));
    assertThat(stub.last().text()).as("also after a restart without it").startsWith(seen);
    assertThat(stub.last().asked()).isEqualTo("Thanks.");
  }

  @Test
  void whoOffersToolsOrWantsJsonOrIsNotRecordedIsNotAsked() throws Exception {
    start();
    for (String field :
        List.of(
            "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]",
            "\"response_format\":{\"type\":\"json_object\"}")) {
      String body = "{" + field + "," + Json.chat("m", QUESTION).substring(1);
      chat(ann, body);
      assertThat(stub.last().text()).isEqualTo(body);
    }
    for (String mode : List.of("read", "capture", "off")) {
      chat(ann.with("x-hone-mode", mode), Json.chat("m", QUESTION));
      assertThat(stub.last().text()).isEqualTo(Json.chat("m", QUESTION));
    }
  }

  @Test
  void aModelThatRefusesTheSentenceIsAskedWithoutIt() throws Exception {
    start();
    stub.script(
        StubUpstream.inTurn(
            StubUpstream.json(400, "{\"error\":{\"message\":\"too long\"}}"),
            StubUpstream.says("Sixty.")));

    HoneClient.Answer answer = chat(ann, Json.chat("m", QUESTION));

    assertThat(answer.mode()).isEqualTo("failed-open");
    assertThat(stub.last().text()).isEqualTo(Json.chat("m", QUESTION));
    assertThat(ann.receipt(answer.interaction()).path("block").asText()).isEmpty();
  }

  @Test
  void theSentenceIsNoEvidenceWhenItComesBack() throws Exception {
    start();
    contradict("No, end your answer with a line 'Confidence: ' and a number between 0 and 1.");
    ann.settle();
    assertThat(ann.list("experiences")).isEmpty();

    contradict("No, the lever V9 has to be turned thrice before it runs.");
    ann.settle();
    assertThat(ann.list("experiences")).hasSize(1);
  }

  private void contradict(String words) throws Exception {
    List<String> messages = new ArrayList<>(List.of(Json.message("user", QUESTION + words)));
    chat(ann, Json.chatOf("m", messages.toArray(String[]::new)));
    messages.add(Json.message("assistant", "Sixty.\nConfidence: 0.8"));
    messages.add(Json.message("user", words));
    chat(ann, Json.chatOf("m", messages.toArray(String[]::new)));
  }

  @Test
  void howFarTheyCanBeBelievedIsToldOfSessionsThatAreOver() throws Exception {
    start();
    item();
    for (int i = 0; i < 10; i++) {
      HoneClient.Answer with =
          chat(ann.with("x-hone-session", "s" + i), Json.chat("m", QUESTION + " Case " + i));
      say(with.interaction(), i < 6 ? 1 : 0);
    }
    stub.script(StubUpstream.says("{\"answer\":\"copper\",\"confidence\":0.3}"));
    HoneClient.Answer without = chat(ann, Json.chat("m", OTHER));
    say(without.interaction(), 1);
    stub.script(StubUpstream.says("No idea."));
    say(chat(ann, Json.chat("m", OTHER + " Again.")).interaction(), 1);
    assertThat(ann.get("/api/v1/calibration").json().at("/overall/answers").asInt()).isZero();

    JsonNode told = calibration();

    assertThat(told.path("metric").asText()).isEqualTo("correct");
    assertThat(told.at("/overall/answers").asInt()).isEqualTo(11);
    JsonNode with = told.path("with_experience");
    assertThat(with.path("answers").asInt()).isEqualTo(10);
    assertThat(with.path("error").asDouble()).isCloseTo(0.2, within(1e-9));
    assertThat(with.path("when_wrong").asDouble()).isEqualTo(0.8);
    assertThat(with.path("bins")).hasSize(1);
    assertThat(with.at("/bins/0/right").asDouble()).isEqualTo(0.6);
    JsonNode others = told.path("without_experience");
    assertThat(others.path("answers").asInt()).isEqualTo(1);
    assertThat(others.path("when_right").asDouble()).isEqualTo(0.3);
    assertThat(others.has("when_wrong")).isFalse();
    assertThat(told.at("/held_out/answers").asInt()).isZero();
    assertThat(told.path("daily")).isNotEmpty();
    assertThat(ann.get("/api/v1/calibration?metric=speed").json().at("/overall/answers").asInt())
        .isZero();
    assertThat(ann.get("/api/v1/calibration?days=0").status()).isEqualTo(400);
  }

  @Test
  void whatIsForgottenIsTakenOutAndPutBack() throws Exception {
    start("forget.window=1h");
    for (int i = 0; i < 3; i++) {
      say(chat(ann.with("x-hone-session", "s" + i), Json.chat("m", OTHER)).interaction(), 1);
    }
    assertThat(calibration().at("/overall/answers").asInt()).isEqualTo(3);
    List<String> rows = Rows.of(data).of("confidence");

    JsonNode plan = ann.post("/api/v1/forget", "{\"session\":\"s1\"}").json();
    String forgetting = "/api/v1/forget/" + plan.path("id").asText();
    HoneClient.Answer forgotten =
        ann.post(forgetting + "/execute", Json.object("token", plan.path("token").asText()));
    assertThat(forgotten.status()).as(forgotten.text()).isEqualTo(200);
    assertThat(calibration().at("/overall/answers").asInt()).isEqualTo(2);
    assertThat(Rows.of(data).of("interaction"))
        .filteredOn(row -> row.contains("FORGOTTEN"))
        .singleElement()
        .asString()
        .doesNotContain("0.8");

    assertThat(ann.post(forgetting + "/undo", "{}").status()).isEqualTo(200);
    assertThat(Rows.of(data).of("confidence")).isEqualTo(rows);
    assertThat(calibration().at("/overall/answers").asInt()).isEqualTo(3);
  }
}
