package dev.hone.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The history of a pool, told so that a person can judge it, and going back in it. */
class RollbackTest {

  private static final String WHEN = "The pump of the Kestrel rig hums.";

  @TempDir Path data;
  private HoneFixture hone;
  private HoneClient client;
  private String item;

  @BeforeEach
  void threeCommits() throws Exception {
    hone = HoneFixture.start(data);
    client = hone.client("ann");
    item = write("Open valve V7.", "a first guess");
    HoneClient.Answer patched =
        client.patch(
            "/api/v1/experiences/" + item,
            Json.object("content", "Open valve V8.\nThen wait.", "reason", "it is V8"));
    assertThat(patched.status()).as(patched.text()).isEqualTo(200);
    write("Never open valve V9.", "a warning");
  }

  @AfterEach
  void stop() {
    hone.close();
  }

  private String write(String content, String reason) throws Exception {
    HoneClient.Answer made =
        client.post(
            "/api/v1/experiences", Json.object("when", WHEN, "content", content, "reason", reason));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    return made.json().path("id").asText();
  }

  /** Newest first. */
  private List<JsonNode> log() throws Exception {
    return client.list("commits");
  }

  private String commit(int fromTheNewest) throws Exception {
    return log().get(fromTheNewest).path("id").asText();
  }

  private JsonNode restore(String commit, String query, String body, int status) throws Exception {
    HoneClient.Answer answer = client.post("/api/v1/commits/" + commit + "/restore" + query, body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    return answer.json();
  }

  private List<String> found() throws Exception {
    return client.search(WHEN).stream().map(hit -> hit.path("content").asText()).sorted().toList();
  }

  @Test
  void theLogSaysWhoDidWhatAndHowMuchOfIt() throws Exception {
    assertThat(log())
        .extracting(
            commit ->
                commit.path("reason").asText()
                    + " "
                    + commit.path("added")
                    + commit.path("changed")
                    + commit.path("withdrawn")
                    + commit.path("evidenced"))
        .containsExactly("a warning 1000", "it is V8 0100", "a first guess 1000");
    assertThat(log()).allSatisfy(commit -> assertThat(commit.path("author").asText()).isNotEmpty());
  }

  @Test
  void aDifferenceReadsAsAUnifiedDiff() throws Exception {
    JsonNode change =
        client
            .get("/api/v1/commits/" + commit(0) + "?since=" + commit(2).substring(0, 10))
            .json()
            .path("changes")
            .path(0);

    assertThat(change.path("experience_id").asText()).isEqualTo(item);
    assertThat(change.path("unified").asText())
        .contains("--- " + item + " version 1\n+++ " + item + " version 2\n")
        .contains("\n-content: Open valve V7.\n+content: Open valve V8.\n+Then wait.\n")
        .contains("\n when: " + WHEN + "\n");
  }

  @Test
  void aDryRunShowsWhatARollbackWouldChangeAndChangesNothing() throws Exception {
    String log = log().toString();
    String items = client.list("experiences").toString();

    JsonNode foreseen = restore(commit(2), "?dryRun=true", "{\"reason\":\"undo\"}", 200);

    assertThat(foreseen.path("dry_run").asBoolean()).isTrue();
    assertThat(foreseen.path("id").isNull()).isTrue();
    assertThat(log().toString()).isEqualTo(log);
    assertThat(client.list("experiences").toString()).isEqualTo(items);
    assertThat(foreseen.path("changed").asInt()).isEqualTo(1);
    assertThat(foreseen.path("withdrawn").asInt()).isEqualTo(1);
    assertThat(foreseen.path("changes").findValuesAsText("unified"))
        .anySatisfy(diff -> assertThat(diff).contains("+content: Open valve V7."))
        .anySatisfy(diff -> assertThat(diff).contains("-state: active\n+state: withdrawn"));

    JsonNode done = restore(commit(2), "", "{\"reason\":\"undo\"}", 201);
    assertThat(done.path("dry_run").asBoolean()).isFalse();
    assertThat(done.path("changes")).as("as foreseen").isEqualTo(foreseen.path("changes"));
    assertThat(done.path("sequence")).isEqualTo(foreseen.path("sequence"));
  }

  @Test
  void aRollbackIsACommitAndSearchesSeeItAtOnce() throws Exception {
    String before = commit(0);
    assertThat(found()).containsExactly("Never open valve V9.", "Open valve V8.\nThen wait.");

    JsonNode done = restore(commit(2), "", "{}", 201);

    assertThat(found()).containsExactly("Open valve V7.");
    assertThat(log()).hasSize(4);
    assertThat(log().getFirst().path("id")).isEqualTo(done.path("id"));
    assertThat(log().getFirst().path("kind").asText()).isEqualTo("rollback");

    restore(before, "", "{}", 201);
    assertThat(found()).containsExactly("Never open valve V9.", "Open valve V8.\nThen wait.");
    restore(before, "?dryRun=true", "{}", 409);
  }

  @Test
  void whetherItIsADryRunIsNotGuessed() throws Exception {
    JsonNode refused = restore(commit(2), "?dryRun=yes", "{}", 400);

    assertThat(refused.path("detail").asText()).contains("dryRun");
    assertThat(log()).hasSize(3);
  }
}
