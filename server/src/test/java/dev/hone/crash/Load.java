package dev.hone.crash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.crash.Ledger.Acknowledged;
import dev.hone.crash.Ledger.Entry;
import dev.hone.crash.Ledger.Judgement;
import dev.hone.crash.Ledger.Sender;
import dev.hone.e2e.HoneClient;
import dev.hone.e2e.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients of all kinds at once, until the server dies under them. */
final class Load {

  static final String SECOND_SPACE = "second";

  private static final List<Sender> SENDERS =
      List.of(
          new Sender("ann", "default"),
          new Sender("bob", "default"),
          new Sender("cid", SECOND_SPACE));
  private static final String MODEL = "stub";
  private static final int COMMON = 5;

  private final HoneClient hone;
  private final Ledger ledger;
  private final String round;
  private final AtomicInteger counter = new AtomicInteger();
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Future<?>> workers = new ArrayList<>();
  private volatile boolean over;

  /** What one client does, over and over. */
  private interface Action {
    void act(SplittableRandom random) throws IOException, InterruptedException;
  }

  private Load(HoneClient hone, Ledger ledger, int round) {
    this.hone = hone;
    this.ledger = ledger;
    this.round = "m" + round + "x";
  }

  /** Begins; each client draws from a generator of its own. */
  static Load begin(HoneClient hone, Ledger ledger, int round, SplittableRandom random) {
    Load load = new Load(hone, ledger, round);
    List<Action> actions =
        List.of(
            each -> load.stream(each, Model.Manner.QUICK),
            each -> load.stream(each, Model.Manner.SLOW),
            each -> load.stream(each, Model.Manner.UNMARKED),
            each -> load.stream(each, Model.Manner.LONG),
            load::abort,
            load::chat,
            load::tell,
            load::judge,
            load::administer);
    for (Action action : actions) {
      SplittableRandom own = random.split();
      load.workers.add(load.executor.submit(() -> load.repeat(action, own)));
    }
    return load;
  }

  private Void repeat(Action action, SplittableRandom random) throws InterruptedException {
    while (!over) {
      try {
        action.act(random);
      } catch (IOException e) {
        // The server is dead, or dies just now: what was not acknowledged counts for nothing.
        TimeUnit.MILLISECONDS.sleep(10);
      }
      TimeUnit.MILLISECONDS.sleep(random.nextInt(20));
    }
    return null;
  }

  /** Ends, when the server is dead; fails if a client saw what no client should see. */
  void end() throws InterruptedException, ExecutionException {
    over = true;
    for (Future<?> worker : workers) {
      worker.get();
    }
    executor.close();
  }

  private static Sender sender(SplittableRandom random) {
    return SENDERS.get(random.nextInt(SENDERS.size()));
  }

  static List<Sender> senders() {
    return SENDERS;
  }

  static HoneClient as(HoneClient hone, Sender sender) {
    return hone.key(sender.key()).space(sender.space());
  }

  private String marker() {
    return round + counter.incrementAndGet();
  }

  private static String question(Model.Manner manner, String marker) {
    return "[" + manner + " " + marker + "] How do I set dial " + marker + " of the Kestrel rig?";
  }

  private static String body(String question, boolean stream) {
    String chat = Json.chat(MODEL, question);
    return stream ? chat.substring(0, chat.length() - 1) + ",\"stream\":true}" : chat;
  }

  private void chat(SplittableRandom random) throws IOException, InterruptedException {
    Sender sender = sender(random);
    String marker = marker();
    String question = question(Model.Manner.WHOLE, marker);
    HoneClient.Answer answer = as(hone, sender).chat(body(question, false));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.said()).isEqualTo(Model.answer(marker));
    if (answer.header("x-hone-capture").equals("durable")) {
      ledger.add(
          new Entry(
              answer.interaction(),
              sender,
              question,
              Model.answer(marker),
              Acknowledged.COMPLETED));
    } else {
      ledger.addUnpromised();
    }
  }

  private void stream(SplittableRandom random, Model.Manner manner)
      throws IOException, InterruptedException {
    read(random, manner, Integer.MAX_VALUE);
  }

  /** Reads a little of a stream, then goes away. */
  private void abort(SplittableRandom random) throws IOException, InterruptedException {
    read(random, Model.Manner.SLOW, 1 + random.nextInt(6));
  }

  private void read(SplittableRandom random, Model.Manner manner, int lines)
      throws IOException, InterruptedException {
    Sender sender = sender(random);
    String marker = marker();
    String question = question(manner, marker);
    HttpResponse<InputStream> response = as(hone, sender).stream(body(question, true));
    assertThat(response.statusCode()).isEqualTo(200);
    boolean durable =
        response.headers().firstValue("x-hone-capture").equals(Optional.of("durable"));
    String id = response.headers().firstValue("x-hone-interaction-id").orElseThrow();
    Entry opened = new Entry(id, sender, question, Model.answer(marker), Acknowledged.OPENED);
    if (durable) {
      ledger.add(opened);
    } else {
      ledger.addUnpromised();
    }
    ledger.streamBegins();
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(response.body(), UTF_8))) {
      int read = 0;
      String line = reader.readLine();
      while (line != null && !line.equals("data: [DONE]") && ++read < lines) {
        line = reader.readLine();
      }
      boolean ended = line == null || line.equals("data: [DONE]");
      if (ended && durable) {
        ledger.add(new Entry(id, sender, question, Model.answer(marker), Acknowledged.COMPLETED));
      }
    } finally {
      ledger.streamIsOver();
    }
  }

  /** Tells of what did not pass through the gateway, in three of four cases with its correction. */
  private void tell(SplittableRandom random) throws IOException, InterruptedException {
    Sender sender = sender(random);
    boolean common = random.nextInt(4) == 0;
    String marker = common ? "common" + random.nextInt(COMMON) : marker();
    String question = question(Model.Manner.WHOLE, marker);
    String correction = "Turn dial " + marker + " to the left.";
    boolean judged = random.nextInt(4) > 0;
    HoneClient.Answer taken =
        as(hone, sender)
            .post(
                "/api/v1/interactions",
                "{\"messages\":["
                    + Json.message("user", question)
                    + "],\"answer\":"
                    + Json.quoted(Model.answer(marker))
                    + (judged ? ",\"correction\":" + Json.quoted(correction) : "")
                    + "}");
    assertThat(taken.status()).as(taken.text()).isEqualTo(201);
    String id = taken.json().path("id").asText();
    ledger.add(new Entry(id, sender, question, Model.answer(marker), Acknowledged.TAKEN));
    if (judged) {
      ledger.add(new Judgement(id, Optional.empty(), correction));
    }
  }

  private void judge(SplittableRandom random) throws IOException, InterruptedException {
    Optional<Entry> any = ledger.any(random);
    if (any.isEmpty()) {
      return;
    }
    Entry entry = any.get();
    String correction = "Turn the dial to " + marker() + ".";
    HoneClient.Answer taken =
        as(hone, entry.sender())
            .post(
                "/api/v1/feedback",
                Json.object("interaction_id", entry.id(), "correction", correction));
    assertThat(taken.status()).as(taken.text()).isEqualTo(201);
    ledger.add(
        new Judgement(entry.id(), Optional.of(taken.json().path("id").asText()), correction));
  }

  private void administer(SplittableRandom random) throws IOException, InterruptedException {
    HoneClient client = as(hone, sender(random));
    switch (random.nextInt(8)) {
      case 0 -> expect(client.post("/api/v1/refinements", "{}"), 200, 201);
      case 1 -> restore(client, random);
      case 2 -> endEpisodes(client);
      default ->
          expect(client.post("/api/v1/learning/settle", "{\"timeout_seconds\":1}"), 200, 202);
    }
  }

  private static void restore(HoneClient client, SplittableRandom random)
      throws IOException, InterruptedException {
    HoneClient.Answer listed = client.get("/api/v1/commits?limit=5");
    JsonNode commits = expect(listed, 200).json().path("items");
    if (!commits.isEmpty()) {
      String id = commits.get(random.nextInt(commits.size())).path("id").asText();
      expect(client.post("/api/v1/commits/" + id + "/restore", "{}"), 201, 409);
    }
  }

  private static void endEpisodes(HoneClient client) throws IOException, InterruptedException {
    for (JsonNode episode :
        expect(client.get("/api/v1/episodes?state=open&limit=5"), 200).json().path("items")) {
      String id = episode.path("id").asText();
      expect(client.post("/api/v1/episodes/" + id + "/end", "{}"), 202);
    }
  }

  private static HoneClient.Answer expect(HoneClient.Answer answer, Integer... statuses) {
    assertThat(answer.status()).as(answer.text()).isIn((Object[]) statuses);
    return answer;
  }
}
