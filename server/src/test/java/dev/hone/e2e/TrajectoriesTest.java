package dev.hone.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.backend.store.Database;
import dev.hone.testing.Invariants;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 200 runs of an agent (tau-bench, airline, gpt-4o) with their rewards, as they were recorded. */
class TrajectoriesTest {

  private static final Path RUNS =
      Path.of("..", "..", "shared", "data", "taubench_airline_gpt4o.jsonl.gz");

  @TempDir Path data;
  private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z_0-9]{7,}");

  private HoneFixture hone;
  private HoneClient client;
  private List<String> lines;

  @BeforeEach
  void start() throws Exception {
    assumeTrue(Files.isReadable(RUNS), "the runs are not at hand: they stay out of this project");
    hone = HoneFixture.start(data, "refine.growth=0", "refine.every=0s", "forget.window=0s");
    client = hone.client();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(new GZIPInputStream(Files.newInputStream(RUNS)), UTF_8))) {
      lines = reader.lines().toList();
    }
  }

  @AfterEach
  void stop() {
    if (hone != null) {
      hone.close();
      try (Database database = new Database(data.resolve("hone.db"))) {
        Invariants.hold(database);
      }
    }
  }

  private JsonNode take() throws Exception {
    HoneClient.Answer answer =
        client.ask("POST", "/api/v1/import?source=taubench", String.join("\n", lines));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  private List<JsonNode> all(String of) throws Exception {
    List<JsonNode> all = new ArrayList<>();
    String next = "/api/v1/" + of + "?limit=500";
    while (!next.isEmpty()) {
      JsonNode page = client.get(next).json();
      page.path("items").forEach(all::add);
      next =
          page.path("next").isTextual()
              ? "/api/v1/" + of + "?limit=500&cursor=" + page.path("next").asText()
              : "";
    }
    return all;
  }

  /** Answers of the assistant, and one more for what comes behind the last. */
  private static int interactions(JsonNode run) {
    int answers = 0;
    for (JsonNode message : run.path("messages")) {
      answers += message.path("role").asText().equals("assistant") ? 1 : 0;
    }
    JsonNode messages = run.path("messages");
    String last = messages.get(messages.size() - 1).path("role").asText();
    return answers + (last.equals("assistant") ? 0 : 1);
  }

  @Test
  void everyRunIsTakenOnceWithItsRewardAndWhatIsLearnedStandsInIt() throws Exception {
    Map<String, JsonNode> runs = new LinkedHashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      JsonNode run = Json.read(line);
      runs.put(run.path("id").asText(), run);
    }
    int expected = runs.values().stream().mapToInt(TrajectoriesTest::interactions).sum();

    long began = System.nanoTime();
    JsonNode taken = take();
    System.out.printf("trajectories: taken in %d ms%n", (System.nanoTime() - began) / 1_000_000);

    assertThat(taken.at("/conversations/taken").asInt()).isEqualTo(runs.size()).isEqualTo(200);
    assertThat(taken.path("refused").asInt()).isZero();
    assertThat(taken.path("interactions").asInt()).isEqualTo(expected);
    client.settle();
    report();
    assertRewards(runs);
    assertEvidence(runs);

    Rows before = Rows.of(data);
    assertThat(take().at("/conversations/there").asInt()).isEqualTo(200);
    client.settle();
    assertThat(Rows.of(data)).as("importing again changes nothing").isEqualTo(before);
    forgetOneTask(runs);
  }

  /** What only the four runs of one task say is in no file any more, and does not come back. */
  private void forgetOneTask(Map<String, JsonNode> runs) throws Exception {
    Map<String, Set<String>> words = new TreeMap<>();
    runs.forEach(
        (id, run) ->
            WORD.matcher(run.path("messages").toString())
                .results()
                .map(MatchResult::group)
                .forEach(
                    words.computeIfAbsent(
                            id.substring(0, id.lastIndexOf('/') + 1), any -> new TreeSet<>())
                        ::add));
    String instructions = lines.getFirst();
    words.forEach(
        (task, own) ->
            own.removeIf(
                word ->
                    instructions.contains(word)
                        || runs.entrySet().stream()
                            .filter(each -> !each.getKey().startsWith(task))
                            .anyMatch(each -> each.getValue().toString().contains(word))));
    String task =
        words.entrySet().stream()
            .max(Comparator.comparingInt(each -> each.getValue().size()))
            .orElseThrow()
            .getKey();
    Set<String> unique = words.getOrDefault(task, Set.of());
    assertThat(unique).hasSizeGreaterThan(5);
    assertThat(left(unique)).as("before").isEqualTo(unique);

    for (String run : runs.keySet().stream().filter(id -> id.startsWith(task)).toList()) {
      JsonNode plan =
          client.post("/api/v1/forget", Json.object("source", "taubench#" + run)).json();
      HoneClient.Answer done =
          client.post(
              "/api/v1/forget/" + plan.path("id").asText() + "/execute",
              Json.object("token", plan.path("token").asText()));
      assertThat(done.json().at("/counts/interactions").asInt()).as(done.text()).isPositive();
      System.out.printf("trajectories: forgot run %s: %s%n", run, done.json().path("counts"));
    }
    System.out.printf("trajectories: %d words were of these runs alone%n", unique.size());

    assertThat(left(unique)).as("after").isEmpty();
    assertThat(client.get("/api/v1/export").text()).doesNotContain(unique.toArray(String[]::new));
    assertThat(take().at("/conversations/forgotten").asInt()).isEqualTo(4);
    client.settle();
    assertThat(left(unique)).as("after importing again").isEmpty();
  }

  private Set<String> left(Set<String> words) throws Exception {
    Set<String> left = new TreeSet<>();
    for (String word : words) {
      if (!Traces.of(data, word).isEmpty()) {
        left.add(word);
      }
    }
    return left;
  }

  private void report() throws Exception {
    JsonNode stats = client.get("/api/v1/stats").json();
    List<JsonNode> items = all("experiences");
    System.out.printf(
        "trajectories (built-in distiller, no language model): %d interactions, %d episodes, %d"
            + " items (%d active, %d candidates), %d dead letters%n",
        stats.path("interactions").asInt(),
        stats.path("episodes").asInt(),
        items.size(),
        items.stream().filter(each -> each.path("state").asText().equals("active")).count(),
        items.stream().filter(each -> each.path("state").asText().equals("candidate")).count(),
        stats.path("failed_episodes").asInt());
    Map<String, Set<String>> episodes = new HashMap<>();
    for (JsonNode each : all("interactions")) {
      String episode = each.at("/learning/episode_id").asText();
      assertThat(episode).as(each.toString()).isNotEmpty();
      episodes.computeIfAbsent(each.path("session").asText(), any -> new HashSet<>()).add(episode);
    }
    assertThat(episodes).hasSize(200);
    assertThat(episodes)
        .as("each run is in one episode")
        .allSatisfy((run, in) -> assertThat(in).hasSize(1));
    assertThat(stats.path("backlog").asInt()).isZero();
    assertThat(stats.path("failed_episodes").asInt()).isZero();
  }

  /** Each run ends in one reward, its own, on its last interaction. */
  private void assertRewards(Map<String, JsonNode> runs) throws Exception {
    Map<String, Double> rewards = new HashMap<>();
    Map<String, Integer> sizes = new HashMap<>();
    for (JsonNode each : all("interactions").reversed()) {
      String session = each.path("session").asText();
      sizes.merge(session, 1, Integer::sum);
      for (JsonNode outcome : each.path("outcomes")) {
        assertThat(rewards.put(session, outcome.path("value").asDouble())).as(session).isNull();
        assertThat(sizes.get(session)).as(session).isEqualTo(interactions(run(runs, session)));
      }
    }
    assertThat(rewards).hasSize(runs.size());
    rewards.forEach(
        (session, reward) ->
            assertThat(reward).as(session).isEqualTo(run(runs, session).path("reward").asDouble()));
  }

  private static JsonNode run(Map<String, JsonNode> runs, String session) {
    return runs.getOrDefault(session.replace("taubench/", ""), Json.read("{}"));
  }

  /** Every quote of every item stands in what was said in the very interaction that it names. */
  private void assertEvidence(Map<String, JsonNode> runs) throws Exception {
    Map<String, Integer> sizes = new HashMap<>();
    Map<String, String> said = new HashMap<>();
    for (JsonNode each : all("interactions").reversed()) {
      String session = each.path("session").asText();
      int turn = sizes.merge(session, 1, Integer::sum);
      said.put(each.path("id").asText(), said(run(runs, session), turn));
    }
    for (JsonNode each : all("experiences")) {
      JsonNode evidence = client.item(each.path("id").asText()).path("evidence");
      assertThat(evidence).as(each.toString()).isNotEmpty();
      for (JsonNode span : evidence) {
        String quote = Json.quoted(span.path("quote").asText());
        String turn = said.get(span.path("interaction_id").asText());
        if (!span.path("role").asText().equals("outcome")) {
          assertThat(turn).contains(quote.substring(1, quote.length() - 1));
        } else {
          assertThat(quote).isEqualTo("\"reward=1.0\"");
        }
      }
    }
  }

  /** The messages of a run from behind one answer to the next. */
  private static String said(JsonNode run, int turn) {
    StringBuilder said = new StringBuilder();
    int at = 1;
    for (JsonNode message : run.path("messages")) {
      if (at == turn) {
        said.append(message);
      }
      at += message.path("role").asText().equals("assistant") ? 1 : 0;
    }
    return said.toString();
  }
}
