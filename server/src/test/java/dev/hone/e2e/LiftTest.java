package dev.hone.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether experience helped is measured on live traffic, and acted upon. */
class LiftTest {

  private static final String QUESTION = "At which pressure does the Kestrel pump run?";
  private static final String GOOD = "The Kestrel pump runs at 60 bar.";
  private static final String BAD = "The Kestrel pump runs best when it is never oiled at all.";

  @TempDir Path data;
  private StubUpstream stub;
  private HoneFixture hone;
  private HoneClient ann;

  private void start(String... more) throws Exception {
    stub = new StubUpstream(StubUpstream.says("Sixty."));
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
    learn("off");
  }

  @AfterEach
  void stop() {
    hone.close();
    stub.close();
  }

  /** Learning goes on in the background, unless it is off. */
  private void learn(String mode) throws Exception {
    assertThat(ann.patch("/api/v1/spaces/default", Json.object("learning", mode)).status())
        .isEqualTo(200);
  }

  private String item(String when, String content) throws Exception {
    HoneClient.Answer made =
        ann.post("/api/v1/experiences", Json.object("when", when, "content", content));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    return made.json().path("id").asText();
  }

  private void say(String interaction, double value) throws Exception {
    HoneClient.Answer taken =
        ann.post(
            "/api/v1/feedback",
            "{\"interaction_id\":\"" + interaction + "\",\"value\":" + value + "}");
    assertThat(taken.status()).as(taken.text()).isEqualTo(201);
  }

  private JsonNode judge() throws Exception {
    HoneClient.Answer judged = ann.post("/api/v1/lift", "{}");
    assertThat(judged.status()).as(judged.text()).isEqualTo(200);
    return ann.get("/api/v1/lift").json();
  }

  /** Sessions that are well answered unless they were shown what is bad. */
  private void live(int sessions, String bad) throws Exception {
    for (int i = 0; i < sessions; i++) {
      HoneClient.Answer answer =
          ann.with("x-hone-session", "s" + i).chat(Json.chat("m", QUESTION + " Case " + i));
      boolean harmed = answer.header("x-hone-experiences").contains(bad);
      say(answer.interaction(), harmed ? i % 10 / 10.0 * 0.3 : 0.9);
    }
  }

  @Test
  void whatDoesHarmIsQuarantinedAndWhatHelpsIsNot() throws Exception {
    start("outcome.dropout=0.5", "outcome.ranking=0");
    String good = item(QUESTION, GOOD);
    String bad = item("How is the Kestrel pump kept, at which pressure?", BAD);

    live(120, bad);
    JsonNode lift = judge();

    assertThat(ann.item(bad).path("state").asText()).isEqualTo("quarantined");
    assertThat(ann.item(good).path("state").asText()).isEqualTo("active");
    JsonNode demoted = ann.get("/api/v1/lift/" + bad).json();
    assertThat(demoted.path("version").asInt()).isEqualTo(2);
    assertThat(demoted.path("judged_version").asInt()).isEqualTo(1);
    assertThat(demoted.at("/lift/status").asText())
        .as("what it was demoted for")
        .isEqualTo("harms");
    assertThat(lift.path("items"))
        .extracting(each -> each.path("experience_id").asText())
        .contains(bad, good);
    JsonNode commit = ann.list("commits").getFirst();
    assertThat(commit.path("kind").asText()).isEqualTo("outcome");
    assertThat(commit.path("reason").asText()).contains("harm of " + bad, "lift -0.");
    assertThat(lift.path("lift").path("status").asText()).isEqualTo("unknown");
    assertThat(lift.path("shown").path("sessions").asInt()).isEqualTo(120);
    assertThat(ann.get("/api/v1/lift/" + good).json().path("lift").path("lift").asDouble())
        .isGreaterThan(-0.3);
    assertThat(ann.chat(Json.chat("m", QUESTION)).header("x-hone-experiences")).doesNotContain(bad);
  }

  private String verdict(String item) throws Exception {
    JsonNode found =
        ann.post("/api/v1/experiences/search", "{\"query\":\"" + QUESTION + "\",\"explain\":true}")
            .json();
    for (JsonNode each : found.at("/explanation/considered")) {
      if (each.path("id").asText().equals(item)) {
        return each.path("verdict").asText();
      }
    }
    return "not considered";
  }

  @Test
  void whatIsThoughtToHarmIsNotShownBeforeThatIsEstablishedNorAfterARestart() throws Exception {
    start("outcome.dropout=0.5", "outcome.acts=false");
    String bad = item(QUESTION, BAD);
    String good = item("How is the Kestrel pump kept, at which pressure?", GOOD);
    assertThat(verdict(bad)).isEqualTo("shown");

    for (int i = 0; i < 60; i++) {
      HoneClient.Answer answer =
          ann.with("x-hone-session", "s" + i).chat(Json.chat("m", QUESTION + " Case " + i));
      String shown = answer.header("x-hone-experiences");
      double helped = shown.contains(good) ? 0.45 : 0;
      say(answer.interaction(), 0.45 + helped - (shown.contains(bad) ? 0.45 : 0));
    }
    judge();
    assertThat(verdict(bad)).isEqualTo("doubted");
    assertThat(verdict(good)).isEqualTo("shown");
    assertThat(ann.get("/api/v1/lift/" + bad).json().path("doubted").asBoolean()).isTrue();
    assertThat(ann.get("/api/v1/lift/" + good).json().path("doubted").asBoolean()).isFalse();

    hone.close();
    hone =
        HoneFixture.start(
            data, "upstream.url=" + stub.url(), "outcome.every=1h", "outcome.acts=false");
    ann = hone.client("key-of-ann");
    Instant until = Instant.now().plusSeconds(60);
    while (!verdict(bad).equals("doubted")) {
      assertThat(Instant.now()).as("it is doubted again").isBefore(until);
      Thread.sleep(50);
    }
    assertThat(verdict(good)).isEqualTo("shown");
  }

  @Test
  void whatIsUnderQuarantineIsNotLearnedAgainAndARollbackRestoresIt() throws Exception {
    start("outcome.dropout=0.5", "outcome.ranking=0");
    String bad = item(QUESTION, BAD);
    live(120, bad);
    judge();
    assertThat(ann.item(bad).path("state").asText()).isEqualTo("quarantined");

    learn("distill");
    ann.teach(QUESTION, BAD);
    ann.settle();
    assertThat(ann.search(QUESTION))
        .extracting(each -> each.path("content").asText())
        .doesNotContain(BAD);

    String commit =
        ann.list("commits").stream()
            .filter(each -> each.path("kind").asText().equals("outcome"))
            .findFirst()
            .orElseThrow()
            .path("id")
            .asText();
    assertThat(ann.post("/api/v1/commits/" + commit + "/restore", "{\"before\":true}").status())
        .isEqualTo(201);
    judge();
    assertThat(ann.item(bad).path("state").asText()).isEqualTo("active");
    assertThat(ann.get("/api/v1/lift/" + bad).json().path("lift").path("status").asText())
        .isEqualTo("unknown");
  }

  @Test
  void sessionsThatAreHeldOutAreShownNothingAndTellWhatTheOthersGain() throws Exception {
    start("outcome.holdout=0.5");
    String good = item(QUESTION, GOOD);
    int held = 0;
    for (int i = 0; i < 200; i++) {
      HoneClient.Answer answer =
          ann.with("x-hone-session", "s" + i).chat(Json.chat("m", QUESTION + " Case " + i));
      JsonNode exposure = ann.receipt(answer.interaction()).path("exposures").path(0);
      assertThat(exposure.path("experience_id").asText()).isEqualTo(good);
      assertThat(exposure.path("probability").asDouble()).isEqualTo(0.5);
      if (answer.mode().equals("holdout")) {
        held++;
        assertThat(answer.header("x-hone-experiences")).isEmpty();
        assertThat(stub.last().asked()).doesNotContain(GOOD);
        assertThat(exposure.path("arm").asText()).isEqualTo("holdout");
        say(answer.interaction(), 0.2);
      } else {
        assertThat(stub.last().asked()).contains(GOOD);
        assertThat(exposure.path("arm").asText()).isEqualTo("augmented");
        say(answer.interaction(), 0.9);
      }
    }

    JsonNode lift = judge();

    assertThat(held).isBetween(70, 130);
    assertThat(lift.path("held_out").path("sessions").asInt()).isEqualTo(held);
    assertThat(lift.path("lift").path("status").asText()).isEqualTo("helps");
    assertThat(lift.path("lift").path("low").asDouble()).isLessThan(0.7);
    assertThat(lift.path("lift").path("high").asDouble()).isGreaterThan(0.7);
    assertThat(lift.path("types").path(0).path("lift").path("status").asText()).isEqualTo("helps");
    assertThat(lift.path("missing").path("status").asText()).isEqualTo("unclear");
  }

  @Test
  void aSessionIsDrawnOnceAndWhatDoesNotCountIsNeverHeldBack() throws Exception {
    start("outcome.holdout=0.4", "outcome.dropout=0.4");
    item(QUESTION, GOOD);
    for (int i = 0; i < 20; i++) {
      HoneClient session = ann.with("x-hone-session", "s" + i);
      String first = session.chat(Json.chat("m", QUESTION + " First.")).header("x-hone-mode");
      String again = session.chat(Json.chat("m", QUESTION + " Again.")).header("x-hone-mode");
      assertThat(again).isEqualTo(first);
      assertThat(session.with("x-hone-mode", "read").chat(Json.chat("m", QUESTION)).mode())
          .isEqualTo("augmented");
    }
  }

  @Test
  void forgettingASessionTakesItOutOfWhatIsKnown() throws Exception {
    start("outcome.holdout=0.5", "forget.window=1h");
    item(QUESTION, GOOD);
    for (int i = 0; i < 10; i++) {
      HoneClient.Answer answer =
          ann.with("x-hone-session", "s" + i).chat(Json.chat("m", QUESTION + " Case " + i));
      say(answer.interaction(), 1);
    }
    assertThat(sessions(judge())).isEqualTo(10);

    JsonNode plan = ann.post("/api/v1/forget", "{\"session\":\"s3\"}").json();
    String forgetting = "/api/v1/forget/" + plan.path("id").asText();
    HoneClient.Answer forgotten =
        ann.post(forgetting + "/execute", Json.object("token", plan.path("token").asText()));
    assertThat(forgotten.status()).as(forgotten.text()).isEqualTo(200);
    assertThat(sessions(ann.get("/api/v1/lift").json())).isEqualTo(9);

    HoneClient.Answer undone = ann.post(forgetting + "/undo", "{}");
    assertThat(undone.status()).as(undone.text()).isEqualTo(200);
    assertThat(sessions(ann.get("/api/v1/lift").json())).isEqualTo(10);
  }

  private static int sessions(JsonNode lift) {
    return lift.path("shown").path("sessions").asInt()
        + lift.path("held_out").path("sessions").asInt();
  }
}
