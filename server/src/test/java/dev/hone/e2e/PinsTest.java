package dev.hone.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key can be pinned to a commit: its requests see the pool as it was then. */
class PinsTest {

  private static final String QUESTION = "How is the loop of the Kestrel rig closed?";

  @TempDir Path data;
  private HoneFixture hone;
  private HoneClient admin;
  private HoneClient client;
  private String key;
  private String first;
  private String pinned;

  @BeforeEach
  void aPoolOfTwoCommits() throws Exception {
    hone = HoneFixture.start(data);
    admin = hone.client(hone.client().makeKey("admin", "*"));
    admin.post("/api/v1/spaces", Json.object("name", "other"));
    JsonNode made = admin.madeKey("client", "default", "other");
    key = made.path("id").asText();
    client = hone.client(made.path("key").asText());
    first = write(admin, "Turn lever V7.");
    pinned = newest(admin);
    write(admin, "The lever V7 closes the loop at night too.");
  }

  @AfterEach
  void stop() {
    hone.close();
  }

  private static String write(HoneClient by, String content) throws Exception {
    HoneClient.Answer made =
        by.post("/api/v1/experiences", Json.object("when", QUESTION, "content", content));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    return made.json().path("id").asText();
  }

  private static String newest(HoneClient by) throws Exception {
    return by.list("commits").getFirst().path("id").asText();
  }

  private HoneClient.Answer pin(String body) throws Exception {
    return admin.patch("/api/v1/keys/" + key, body);
  }

  private static List<String> ids(List<JsonNode> items) {
    return items.stream().map(item -> item.path("id").asText()).toList();
  }

  @Test
  void everyRequestOfAPinnedKeySeesThePoolAsItWasAndIsTold() throws Exception {
    assertThat(client.search(QUESTION)).hasSize(2);

    HoneClient.Answer answer = pin(Json.object("pin", pinned.substring(0, 12)));

    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.json().path("pin").asText()).as("the whole id").isEqualTo(pinned);
    assertThat(ids(client.search(QUESTION))).containsExactly(first);
    assertThat(ids(client.list("experiences"))).containsExactly(first);
    HoneClient.Answer chat = client.ask(QUESTION);
    assertThat(chat.header("x-hone-experiences")).isEqualTo(first);
    assertThat(chat.header("x-hone-pin")).isEqualTo(pinned);
    assertThat(client.get("/api/v1/experiences").header("x-hone-pin")).isEqualTo(pinned);
    assertThat(
            client
                .post("/api/v1/experiences/search", Json.object("query", QUESTION))
                .header("x-hone-pin"))
        .isEqualTo(pinned);
    assertThat(admin.search(QUESTION)).as("other keys are not affected").hasSize(2);
    assertThat(admin.ask(QUESTION).header("x-hone-pin")).isEmpty();
  }

  @Test
  void anItemIsReadAsItWas() throws Exception {
    pin(Json.object("pin", pinned));
    admin.patch("/api/v1/experiences/" + first, Json.object("content", "Turn lever V9."));

    assertThat(client.item(first).path("content").asText()).isEqualTo("Turn lever V7.");
    assertThat(client.item(first).path("evidence")).hasSize(1);
    assertThat(admin.item(first).path("content").asText()).isEqualTo("Turn lever V9.");
    String second = ids(admin.list("experiences")).getFirst();
    assertThat(client.get("/api/v1/experiences/" + second).status()).isEqualTo(404);
  }

  @Test
  void itsSupportAndLinksAreThoseOfThen() throws Exception {
    String second = ids(admin.list("experiences")).getFirst();
    String head = newest(admin);
    assertThat(admin.item(first).path("links").findValuesAsText("id")).containsExactly(second);
    HoneClient curator = hone.client(admin.makeKey("curator", "default"));
    curator.patch("/api/v1/experiences/" + first, Json.object("content", "Turn lever V9."));
    assertThat(admin.item(first).path("support").asInt()).isEqualTo(2);
    admin.delete("/api/v1/experiences/" + second);

    JsonNode before = client.with("x-hone-pin", pinned).item(first);
    JsonNode then = client.with("x-hone-pin", head).item(first);

    assertThat(before.path("links")).isEmpty();
    assertThat(then.path("links").findValuesAsText("id")).containsExactly(second);
    assertThat(then.path("support").asInt()).isEqualTo(1);
    assertThat(admin.item(first).path("links")).isEmpty();
  }

  @Test
  void aRequestMayPinItselfElsewhereAndToTheNewestState() throws Exception {
    pin(Json.object("pin", pinned));
    String head = newest(admin);

    assertThat(client.with("x-hone-pin", head).search(QUESTION)).hasSize(2);
    assertThat(client.with("x-hone-pin", "head").search(QUESTION)).hasSize(2);
    assertThat(client.with("x-hone-pin", "head").ask(QUESTION).header("x-hone-pin")).isEmpty();
  }

  @Test
  void aPinAffectsTheSpaceOfItsCommitOnly() throws Exception {
    pin(Json.object("pin", pinned));
    String there = write(admin.space("other"), "Ask in the other hall.");

    assertThat(ids(client.space("other").search(QUESTION))).containsExactly(there);
    assertThat(client.space("other").ask(QUESTION).header("x-hone-pin")).isEmpty();
  }

  @Test
  void aPinIsTakenAwayAndOutlivesARestart() throws Exception {
    pin(Json.object("pin", pinned));
    hone.close();
    hone = HoneFixture.start(data);
    admin = new HoneClient(hone.url(), admin.headers());
    client = new HoneClient(hone.url(), client.headers());
    assertThat(ids(client.search(QUESTION))).containsExactly(first);

    assertThat(pin("{\"pin\":null}").json().path("pin").isNull()).isTrue();

    assertThat(client.search(QUESTION)).hasSize(2);
  }

  @Test
  void whatCannotBePinnedIsRefusedInASentence() throws Exception {
    assertThat(pin("{}").text()).contains("Say what to change");
    assertThat(pin("{\"pin\":\"nope\"}").text()).contains("has no commit 'nope'");
    assertThat(admin.space("other").patch("/api/v1/keys/" + key, Json.object("pin", pinned)).text())
        .contains("Space 'other' has no commit");
    assertThat(admin.patch("/api/v1/keys/nobody", "{\"pin\":null}").status()).isEqualTo(404);
    String bound = admin.madeKey("client", "other").path("id").asText();
    assertThat(admin.patch("/api/v1/keys/" + bound, Json.object("pin", pinned)).text())
        .contains("does not open space 'default'");
    assertThat(client.patch("/api/v1/keys/" + key, "{\"pin\":null}").status()).isEqualTo(403);
  }
}
