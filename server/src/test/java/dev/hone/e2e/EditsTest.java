package dev.hone.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people write, change and take out by hand. */
class EditsTest {

  private static final String WHEN = "The pump of the Kestrel rig does not start.";
  private static final String CONTENT = "Open valve V7 first.";

  @TempDir Path data;
  private HoneFixture hone;
  private HoneClient ann;
  private HoneClient bob;

  @BeforeEach
  void start() {
    hone = HoneFixture.start(data);
    ann = hone.client("ann");
    bob = hone.client("bob");
  }

  @AfterEach
  void stop() {
    hone.close();
  }

  private String written() throws Exception {
    HoneClient.Answer made =
        ann.post("/api/v1/experiences", Json.object("when", WHEN, "content", CONTENT));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    String path = "/api/v1/experiences/" + made.json().path("id").asText();
    assertThat(made.header("location")).isEqualTo(path);
    return path;
  }

  @Test
  void anItemWrittenByHandIsFoundAtOnceAndShownToTheModel() throws Exception {
    String path = written();

    assertThat(bob.search(WHEN)).extracting(hit -> hit.path("content").asText()).contains(CONTENT);
    assertThat(
            bob.ask("Why does the pump of the Kestrel rig not start?").header("x-hone-experiences"))
        .isEqualTo(path.substring(path.lastIndexOf('/') + 1));
  }

  @Test
  void itRestsOnThePersonsWordAndComesOfACommitOfKindEdit() throws Exception {
    String path = written();

    JsonNode item = ann.get(path).json();
    assertThat(item.path("state").asText()).isEqualTo("active");
    assertThat(item.path("evidence")).hasSize(1);
    assertThat(item.at("/evidence/0/quote").asText()).isEqualTo(CONTENT);
    assertThat(item.at("/evidence/0/interaction_id").asText())
        .isEqualTo("edit/" + item.path("id").asText() + "/1");
    JsonNode commit = ann.list("commits").getFirst();
    assertThat(commit.path("kind").asText()).isEqualTo("edit");
    assertThat(commit.path("reason").asText()).isEqualTo("written by hand");
    assertThat(commit.path("author").asText()).isEqualTo(item.at("/evidence/0/principal").asText());
  }

  @Test
  void withAQuorumOfTwoOnePersonsItemIsACandidateOnlyTheyAreShown(@TempDir Path elsewhere)
      throws Exception {
    try (HoneFixture strict = HoneFixture.start(elsewhere, "pool.quorum=2")) {
      HoneClient one = strict.client("one");
      HoneClient two = strict.client("two");
      String id =
          one.post("/api/v1/experiences", Json.object("when", WHEN, "content", CONTENT))
              .json()
              .path("id")
              .asText();
      assertThat(one.item(id).path("state").asText()).isEqualTo("candidate");
      assertThat(one.search(WHEN)).hasSize(1);
      assertThat(two.search(WHEN)).isEmpty();
      String path = "/api/v1/experiences/" + id;
      assertThat(two.get(path).status()).isEqualTo(404);
      assertThat(two.get(path + "/versions").status()).isEqualTo(404);
      assertThat(two.patch(path, Json.object("content", "x")).status()).isEqualTo(404);
      assertThat(two.delete(path).status()).isEqualTo(404);
      String commit = two.list("commits").getFirst().path("id").asText();
      JsonNode change = two.get("/api/v1/commits/" + commit).json();
      assertThat(change.path("changes")).isEmpty();
      assertThat(change.path("hidden").asInt()).isEqualTo(1);
      assertThat(
              one.get("/api/v1/commits/" + commit).json().at("/changes/0/after/content").asText())
          .isEqualTo(CONTENT);
    }
  }

  @Test
  void aChangeIsANewVersionThatKeepsWhatTheItemRestedOn() throws Exception {
    String path = written();
    String tag = ann.get(path).header("etag");

    HoneClient.Answer changed =
        bob.with("if-match", tag)
            .patch(path, Json.object("content", "Open valve V8 first.", "reason", "it was moved"));

    assertThat(changed.status()).as(changed.text()).isEqualTo(200);
    assertThat(changed.json().path("version").asInt()).isEqualTo(2);
    assertThat(changed.json().path("when").asText()).isEqualTo(WHEN);
    assertThat(changed.json().path("evidence")).hasSize(2);
    assertThat(changed.header("etag")).isEqualTo(ann.get(path).header("etag")).isNotEqualTo(tag);
    assertThat(ann.search(WHEN).getFirst().path("content").asText())
        .isEqualTo("Open valve V8 first.");
    List<JsonNode> versions = ann.list(path.substring("/api/v1/".length()) + "/versions");
    assertThat(versions)
        .extracting(each -> each.path("content").asText() + " " + each.path("current").asBoolean())
        .containsExactly("Open valve V8 first. true", CONTENT + " false");
    assertThat(versions.getFirst().path("reason").asText()).isEqualTo("it was moved");

    JsonNode commit =
        ann.get("/api/v1/commits/" + versions.getFirst().path("commit_id").asText()).json();
    assertThat(commit.at("/changes/0/before/content").asText()).isEqualTo(CONTENT);
    assertThat(commit.at("/changes/0/after/content").asText()).isEqualTo("Open valve V8 first.");
  }

  @Test
  void whoEditsWhatHasChangedSinceIsToldSo() throws Exception {
    String path = written();
    String seen = ann.get(path).header("etag");
    bob.patch(path, Json.object("content", "Open valve V8 first."));

    for (HoneClient.Answer late :
        List.of(
            ann.with("if-match", seen).patch(path, Json.object("content", "Call the foreman.")),
            ann.with("if-match", seen).delete(path))) {
      assertThat(late.status()).as(late.text()).isEqualTo(409);
      assertThat(late.json().path("type").asText()).isEqualTo("/problems/edit-conflict");
      assertThat(late.json().path("current").asText()).isEqualTo(ann.get(path).header("etag"));
    }
    assertThat(ann.get(path).json().path("version").asInt()).isEqualTo(2);
  }

  @Test
  void ofEditorsWhoHaveSeenTheSameOneWins() throws Exception {
    String path = written();
    HoneClient seen = ann.with("if-match", ann.get(path).header("etag"));
    CountDownLatch start = new CountDownLatch(1);
    try (ExecutorService editors = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> edits =
          IntStream.range(0, 8)
              .mapToObj(
                  i ->
                      editors.submit(
                          () -> {
                            start.await();
                            return seen.patch(path, Json.object("content", "Say " + i)).status();
                          }))
              .toList();
      start.countDown();
      List<Integer> statuses = edits.stream().map(EditsTest::value).sorted().toList();
      assertThat(statuses).containsExactly(200, 409, 409, 409, 409, 409, 409, 409);
    }
    assertThat(ann.get(path).json().path("version").asInt()).isEqualTo(2);
    assertThat(ann.list("commits")).hasSize(2);
  }

  private static <T> T value(Future<T> future) {
    try {
      return future.get();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatIsTakenOutIsShownToNobodyUntilItIsRestored() throws Exception {
    String path = written();

    HoneClient.Answer gone = ann.delete(path + "?reason=obsolete");

    assertThat(gone.status()).as(gone.text()).isEqualTo(200);
    assertThat(gone.json().path("reason").asText()).isEqualTo("obsolete");
    assertThat(bob.search(WHEN)).isEmpty();
    assertThat(bob.ask(WHEN).mode()).isEqualTo("nothing-relevant");
    assertThat(ann.patch(path, Json.object("content", "x")).status()).isEqualTo(409);

    String commit = gone.json().path("id").asText();
    assertThat(ann.post("/api/v1/commits/" + commit + "/restore", "{\"before\":true}").status())
        .isEqualTo(201);
    assertThat(bob.search(WHEN)).hasSize(1);
    assertThat(ann.get(path).json().path("state").asText()).isEqualTo("active");
  }

  @Test
  void twoCommitsAreComparedAcrossWhatLiesBetween() throws Exception {
    String path = written();
    String first = ann.list("commits").getFirst().path("id").asText();
    ann.patch(path, Json.object("content", "Two."));
    ann.patch(path, Json.object("content", "Three."));
    String last = ann.list("commits").getFirst().path("id").asText();

    JsonNode changes =
        ann.get("/api/v1/commits/" + last + "?since=" + first).json().path("changes");

    assertThat(changes).hasSize(1);
    assertThat(changes.at("/0/before/content").asText()).isEqualTo(CONTENT);
    assertThat(changes.at("/0/after/content").asText()).isEqualTo("Three.");
  }

  @Test
  void whatIsKnownAlreadyIsNotSentAgain() throws Exception {
    String path = written();
    String tag = ann.get(path).header("etag");
    assertThat(tag).matches("\"1-[0-9a-f]{16}\"");

    HoneClient.Answer known = ann.with("if-none-match", tag).get(path);
    assertThat(known.status()).isEqualTo(304);
    assertThat(known.bytes()).isEmpty();
    assertThat(known.header("etag")).isEqualTo(tag);
    assertThat(ann.with("if-none-match", "\"1-0\"").get(path).status()).isEqualTo(200);
  }

  @Test
  void whatSomebodyWritesInOneSpaceCannotBeTouchedFromAnother() throws Exception {
    String path = written();
    ann.post("/api/v1/spaces", Json.object("name", "other"));
    HoneClient other = ann.space("other");

    assertThat(other.get(path).status()).isEqualTo(404);
    assertThat(other.patch(path, Json.object("content", "x")).status()).isEqualTo(404);
    assertThat(other.delete(path).status()).isEqualTo(404);
    assertThat(other.search(WHEN)).isEmpty();
  }

  @Test
  void howASpaceLearnsCanBeChangedByWhoHasSeenHowItDid() throws Exception {
    ann.post("/api/v1/spaces", Json.object("name", "mine"));
    String path = "/api/v1/spaces/mine";
    String tag = ann.get(path).header("etag");

    HoneClient.Answer off = ann.with("if-match", tag).patch(path, "{\"learning\":\"off\"}");
    assertThat(off.status()).as(off.text()).isEqualTo(200);
    assertThat(ann.with("if-match", tag).patch(path, "{\"learning\":\"raw\"}").status())
        .isEqualTo(409);
    assertThat(ann.get(path).json().path("learning").asText()).isEqualTo("off");
    HoneClient mine = ann.space("mine");
    mine.teach(WHEN, CONTENT);
    mine.settle();
    assertThat(mine.list("experiences")).isEmpty();
  }
}
