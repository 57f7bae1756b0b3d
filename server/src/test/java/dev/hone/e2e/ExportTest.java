package dev.hone.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pool goes out with its lineage, and comes into another Hone as one commit. */
class ExportTest {

  private static final String QUESTION = "How do I close the cooling loop of the Kestrel rig?";
  private static final String ANSWER = "Turn the red lever V7 twice.";

  @TempDir Path first;
  @TempDir Path second;
  private HoneFixture here;
  private HoneFixture there;
  private HoneClient from;
  private HoneClient to;

  @BeforeEach
  void start() throws Exception {
    here = HoneFixture.start(first, "refine.growth=0", "refine.every=0s", "episode.idle=1h");
    there = HoneFixture.start(second, "refine.growth=0", "refine.every=0s", "episode.idle=1h");
    from = here.client();
    to = there.client();
    from.teach(QUESTION, ANSWER);
    from.teach("Where is the spare fuse of the Osprey rig kept?", "In the lower drawer.");
    from.settle();
    assertThat(from.ask(QUESTION).mode()).isEqualTo("augmented");
    from.post(
        "/api/v1/experiences",
        Json.object("when", "The pump of rig 7 hums.", "content", "Open valve V8 first."));
    from.settle();
  }

  @AfterEach
  void stop() {
    here.close();
    there.close();
  }

  private static String exported(HoneClient client) throws Exception {
    HoneClient.Answer answer = client.get("/api/v1/export");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.text();
  }

  /** Without the first line and what is told for information. */
  private static List<String> lines(HoneClient client) throws Exception {
    return exported(client)
        .lines()
        .filter(line -> !line.startsWith("{\"hone\"") && !line.startsWith("{\"commit\""))
        .toList();
  }

  private static JsonNode take(HoneClient client, String lines) throws Exception {
    HoneClient.Answer answer =
        client
            .with("content-type", "application/x-ndjson")
            .ask("POST", "/api/v1/import?source=pool&format=hone", lines);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  @Test
  void whatComesInGoesOutLineByLine() throws Exception {
    JsonNode taken = take(to, exported(from));

    assertThat(taken.path("refused").asInt()).as(taken.toString()).isZero();
    assertThat(taken.at("/experiences/taken").asInt()).isEqualTo(3);
    assertThat(lines(from)).hasSizeGreaterThan(5);
    assertThat(lines(to)).isEqualTo(lines(from));
  }

  @Test
  void itIsOneCommitThatSearchesSeeAtOnceAndThatCanBeUndone() throws Exception {
    take(to, exported(from));

    assertThat(to.list("commits")).hasSize(1);
    JsonNode commit = to.list("commits").getFirst();
    assertThat(commit.path("kind").asText()).isEqualTo("import");
    assertThat(commit.path("touched").asInt()).isEqualTo(3);
    assertThat(to.ask(QUESTION).said()).startsWith(ANSWER);

    HoneClient.Answer undone =
        to.post("/api/v1/commits/" + commit.path("id").asText() + "/restore", "{\"before\":true}");

    assertThat(undone.status()).as(undone.text()).isEqualTo(201);
    assertThat(to.search(QUESTION)).isEmpty();
  }

  @Test
  void whatWasLearnedFromIsNotLearnedFromAgain() throws Exception {
    take(to, exported(from));
    Rows before = Rows.of(second);

    to.settle();

    assertThat(to.list("commits")).hasSize(1);
    assertThat(Rows.of(second).of("episode")).isEqualTo(before.of("episode"));
  }

  @Test
  void evidenceStandsWordForWordInTheInteractionsThatCameAlong() throws Exception {
    take(to, exported(from));

    JsonNode item = to.search(QUESTION).getFirst();
    JsonNode evidence = to.item(item.path("id").asText()).path("evidence");
    assertThat(evidence).isNotEmpty();
    for (JsonNode span : evidence) {
      assertThat(to.receipt(span.path("interaction_id").asText()).toString())
          .contains(Json.quoted(span.path("quote").asText()));
    }
  }

  @Test
  void importedAgainItChangesNothing() throws Exception {
    String export = exported(from);
    take(to, export);
    Rows before = Rows.of(second);

    JsonNode again = take(to, export);

    assertThat(again.at("/experiences/there").asInt()).isEqualTo(3);
    assertThat(again.has("commit_id")).isFalse();
    assertThat(Rows.of(second)).isEqualTo(before);
  }

  @Test
  void anItemThatSaysSomethingElseHereStaysAndIsCounted() throws Exception {
    String export = exported(from);
    take(to, export);

    JsonNode changed = take(to, export.replace("Open valve V8 first.", "Open valve V3 first."));

    assertThat(changed.at("/experiences/different").asInt()).isEqualTo(1);
    assertThat(changed.has("commit_id")).isFalse();
    assertThat(exported(to)).contains("Open valve V8 first.").doesNotContain("V3 first");
  }

  @Test
  void halfAnExportChangesNothingOfThePool() throws Exception {
    String export = exported(from);
    String missing =
        export
            .lines()
            .filter(line -> !line.contains("valve V8"))
            .reduce("", (all, line) -> all + line + "\n");

    JsonNode taken = take(to, missing);

    assertThat(taken.path("refused").asInt()).isEqualTo(1);
    assertThat(taken.at("/errors/0/detail").asText())
        .contains("has 3 items, but 2 came: the pool stays as it is");
    assertThat(to.list("commits")).isEmpty();
    assertThat(Rows.of(second).of("staged")).isEmpty();
    assertThat(take(to, export).path("refused").asInt()).isZero();
    assertThat(lines(to)).isEqualTo(lines(from));
  }

  @Test
  void anItemWhoseInteractionIsNowhereIsNotTaken() throws Exception {
    String items =
        exported(from)
            .lines()
            .filter(
                line -> !line.startsWith("{\"episode\"") && !line.startsWith("{\"interaction\""))
            .reduce("", (all, line) -> all + line + "\n");

    JsonNode taken = take(to, items);

    assertThat(taken.at("/errors/0/detail").asText())
        .contains("which is neither here nor in what is imported");
    assertThat(to.list("commits")).isEmpty();
  }

  @Test
  void anItemThatQuotesWhatNobodySaidIsNotTaken() throws Exception {
    String export = exported(from);
    assertThat(export).contains("\"quote\":\"" + ANSWER);

    JsonNode taken = take(to, export.replace("\"quote\":\"" + ANSWER, "\"quote\":\"Run!"));

    assertThat(taken.at("/errors/0/detail").asText())
        .contains("quotes \"Run!\" from interaction", "where that does not stand");
    assertThat(to.list("commits")).isEmpty();
  }

  @Test
  void aStateOrARelationThatIsNoneIsRefused() throws Exception {
    String export = exported(from);
    String link = "\"links\":[{\"id\":\"~\",\"relation\":\"x\",\"similarity\":1}],\"evidence\":";

    JsonNode linked = take(to, export.replace("\"evidence\":", link));
    assertThat(to.list("commits")).isEmpty();
    JsonNode forgotten =
        take(to, export.replace("\"state\":\"completed\"", "\"state\":\"forgotten\""));

    assertThat(linked.at("/errors/0/detail").asText()).contains("'relation' is 'x'");
    assertThat(forgotten.at("/errors/0/detail").asText())
        .contains("'state' must not be opened or forgotten");
  }

  @Test
  void withoutTheWordsOfInteractionsTheQuotesStillHaveTheirPlace() throws Exception {
    String export = from.get("/api/v1/export?interactions=false").text();

    assertThat(export).contains(ANSWER).doesNotContain("I don't know.");
    JsonNode taken = take(to, export);

    assertThat(taken.path("refused").asInt()).as(taken.toString()).isZero();
    assertThat(to.ask(QUESTION).said()).startsWith(ANSWER);
    JsonNode item = to.item(to.search(QUESTION).getFirst().path("id").asText());
    String interaction = item.at("/evidence/0/interaction_id").asText();
    assertThat(Rows.of(second).of("interaction"))
        .anyMatch(row -> row.startsWith(interaction) && row.contains("|EXPIRED|"));
  }

  @Test
  void intoAnotherSpaceOfTheSameHoneNothingOfTheFirstIsTouched() throws Exception {
    from.post("/api/v1/spaces", Json.object("name", "copy"));
    List<String> before = lines(from);

    JsonNode taken = take(from.space("copy"), exported(from));

    assertThat(taken.path("refused").asInt()).as(taken.toString()).isZero();
    assertThat(taken.at("/experiences/taken").asInt()).isEqualTo(3);
    assertThat(lines(from)).isEqualTo(before);
    HoneClient copy = from.space("copy");
    JsonNode item = copy.item(copy.search(QUESTION).getFirst().path("id").asText());
    for (JsonNode span : item.path("evidence")) {
      assertThat(copy.receipt(span.path("interaction_id").asText()).toString())
          .contains(Json.quoted(span.path("quote").asText()));
    }
    assertThat(take(from.space("copy"), exported(from)).has("commit_id")).isFalse();
  }

  @Test
  void anotherVersionOfTheFormatAndOtherLinesAreRefused() throws Exception {
    JsonNode taken = take(to, "{\"hone\":\"export\",\"version\":9}\n{\"x\":1}\n");

    assertThat(taken.at("/errors/0/detail").asText()).contains("this Hone reads version 1");
    assertThat(taken.at("/errors/1/detail").asText()).contains("is no line of an export");
  }
}
