package dev.hone.crash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import dev.hone.crash.Trace.Call;
import dev.hone.e2e.HoneClient;
import dev.hone.e2e.HoneProcess;
import dev.hone.e2e.Json;
import dev.hone.e2e.StubUpstream;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * On every path that acknowledges, the thread that writes has synced what it wrote before the first
 * byte of the acknowledgement goes to the client: read from the system calls of the real process.
 */
class FsyncTraceTest {

  /** By itself or behind another chunk; a header may end in 0 too. */
  private static final String LAST_CHUNK = "(\"|\\\\n)0\\\\r\\\\n\\\\r\\\\n";

  private static final int CLIENTS = 32;
  private static final int OF_EACH = 4;

  @TempDir private Path folder;

  /** What was acknowledged: what the log holds of it, and what tells the client. */
  private record Acknowledgement(String what, String written, Predicate<Call> told) {}

  private final List<Acknowledgement> acknowledged = new ArrayList<>();
  private String port = "";

  private HoneProcess start(StubUpstream model) throws Exception {
    HoneProcess.Launcher launcher =
        new HoneProcess.Launcher(
            Trace.tracer(folder.resolve("trace")),
            List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
            HoneProcess.classPath());
    HoneProcess hone =
        launcher.start(
            folder.resolve("new").resolve("data"),
            "--upstream",
            model.url(),
            "--set",
            "pool.admission=false");
    port = ":" + URI.create(hone.client().url()).getPort() + "->";
    return hone;
  }

  private Trace end(HoneProcess hone) throws Exception {
    hone.killTraced();
    return Trace.read(folder.resolve("trace"));
  }

  private boolean toClient(Call call) {
    return call.writes() && call.file().startsWith("TCP") && call.file().contains(port);
  }

  private Predicate<Call> told(String text) {
    return call -> toClient(call) && call.text().contains(text);
  }

  private static boolean isLog(Call call) {
    return call.file().endsWith("/hone.db-wal");
  }

  private void acknowledge(String what, String written, Predicate<Call> told) {
    acknowledged.add(new Acknowledgement(what, written, told));
  }

  private static void answer(StubUpstream.Received request, HttpExchange exchange)
      throws Exception {
    String name = request.asked().split(" ", -1)[0];
    switch (name) {
      case "whole" -> StubUpstream.says("Answer-of-whole").answer(request, exchange);
      case "unmarked" ->
          StubUpstream.streams(StubUpstream.event("Answer-"), StubUpstream.event("of-unmarked"))
              .answer(request, exchange);
      default ->
          StubUpstream.streams(
                  StubUpstream.event("Answer-"),
                  StubUpstream.event("of-" + name),
                  "data: [DONE]\n\n")
              .answer(request, exchange);
    }
  }

  @Test
  void whatIsAcknowledgedHasBeenSynced() throws Exception {
    try (StubUpstream model = new StubUpstream(FsyncTraceTest::answer);
        HoneProcess hone = start(model)) {
      HoneClient client = hone.client();
      String chat = chat(client);
      stream(client, "marked", "\\[DONE]");
      stream(client, "unmarked", LAST_CHUNK);
      interactions(client, chat);
      commits(client);
      client.post("/api/v1/spaces", "{\"name\":\"a-new-space\"}");
      acknowledge("a space", "a-new-space", told("a-new-space"));

      Trace trace = end(hone);

      assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(13);
      for (Acknowledgement each : acknowledged) {
        assertSyncedBefore(trace, each);
      }
      assertFolderIsSynced(trace);
    }
  }

  private String chat(HoneClient client) throws Exception {
    String id = client.chat(Json.chat("stub", "whole question")).interaction();
    acknowledge("a chat, opened", id, told(id));
    acknowledge("a chat, completed", "Answer-of-whole", told(id));
    return id;
  }

  private void stream(HoneClient client, String name, String end) throws Exception {
    String body = Json.chat("stub", name + " question");
    HttpResponse<InputStream> stream =
        client.stream(body.substring(0, body.length() - 1) + ",\"stream\":true}");
    String id = stream.headers().firstValue("x-hone-interaction-id").orElseThrow();
    assertThat(new String(stream.body().readAllBytes(), UTF_8)).contains("of-" + name);
    acknowledge(name + " stream, opened", id, told(id));
    acknowledge(name + " stream, completed", "Answer-of-" + name, told(id, end));
  }

  /** The end of the answer that carries this id, which is told on the same connection. */
  private Predicate<Call> told(String id, String end) {
    return new Predicate<>() {
      private String connection = "";

      @Override
      public boolean test(Call call) {
        if (told(id).test(call)) {
          connection = call.file();
        }
        return toClient(call)
            && call.file().equals(connection)
            && Pattern.compile(end).matcher(call.text()).find();
      }
    };
  }

  private void interactions(HoneClient client, String chat) throws Exception {
    String question = "Which native lever closes loop three?";
    String first = client.teach(question, "The lever marked V7.");
    acknowledge("a native interaction", question, told(first));
    acknowledge("its correction", "The lever marked V7.", told(first));
    client.key("bob").teach(question, "The lever marked V7.");
    HoneClient.Answer outcome =
        client.post(
            "/api/v1/feedback",
            Json.object("interaction_id", chat, "correction", "The lever marked V9."));
    assertThat(outcome.status()).isEqualTo(201);
    String id = outcome.json().path("id").asText();
    acknowledge("feedback", "The lever marked V9.", told(id));
  }

  private void commits(HoneClient client) throws Exception {
    client.settle();
    List<JsonNode> learned = client.list("commits");
    assertThat(learned).isNotEmpty();
    learned.forEach(
        commit ->
            acknowledge(
                "what was learned", commit.path("id").asText(), told("\\\"settled\\\":true")));
    HoneClient.Answer refined = client.post("/api/v1/refinements", "{}");
    assertThat(refined.status()).as(refined.text()).isEqualTo(201);
    String refinement = refined.json().path("commit").asText();
    acknowledge("a refinement", refinement, told("\\\"commit\\\":\\\"" + refinement));
    HoneClient.Answer restored =
        client.post("/api/v1/commits/" + refinement + "/restore", "{\"before\":true}");
    assertThat(restored.status()).as(restored.text()).isEqualTo(201);
    String restore = restored.json().path("id").asText();
    acknowledge("a restore", restore, told(restore));
  }

  private static void assertSyncedBefore(Trace trace, Acknowledgement acknowledgement) {
    String what = acknowledgement.what();
    Call write =
        trace.first(
            "write of " + what,
            call ->
                call.writes() && isLog(call) && call.text().contains(acknowledgement.written()));
    Call sync =
        trace.first(
            "sync of " + what,
            call ->
                call.syncs()
                    && isLog(call)
                    && call.thread().equals(write.thread())
                    && call.begin() > write.end());
    Call told = trace.first("acknowledgement of " + what, acknowledgement.told());
    assertThat(sync.text()).as("the sync of %s", what).endsWith("= 0");
    assertThat(sync.end()).as("%s is told after it is synced", what).isLessThan(told.begin());
  }

  /** The files made with the folder, their names, and the name of the folder itself. */
  private void assertFolderIsSynced(Trace trace) {
    Path data = folder.resolve("new").resolve("data");
    int listening =
        trace.first("answer", call -> toClient(call) && call.text().contains("HTTP/1.1")).begin();
    for (String name : List.of("secret", "format")) {
      String part = data.resolve(name + ".part").toString();
      Call write = trace.first(name, call -> call.writes() && call.file().equals(part));
      Call sync = trace.first("sync", call -> call.syncs() && call.file().equals(part));
      Call rename =
          trace.first(
              "rename of " + name,
              call -> call.name().startsWith("rename") && call.text().contains(part));
      Call names =
          trace.first(
              "sync of the folder",
              call ->
                  call.syncs()
                      && call.file().equals(data.toString())
                      && call.begin() > rename.end());
      assertThat(List.of(write.end(), sync.end(), rename.end(), names.end(), listening))
          .as(name)
          .isSorted();
    }
    for (Path above : List.of(folder, folder.resolve("new"))) {
      Call sync =
          trace.first(
              "sync of " + above, call -> call.syncs() && call.file().equals(above.toString()));
      assertThat(sync.end()).isLessThan(listening);
    }
  }

  @Test
  void thoseWhoWaitAtTheSameTimeShareASync() throws Exception {
    try (StubUpstream model = new StubUpstream(FsyncTraceTest::answer);
        HoneProcess hone = start(model)) {
      HoneClient client = hone.client();
      client.teach("Is it on?", "Yes, it is.");
      try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<?>> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
          String key = "key-" + i;
          clients.add(
              executor.submit(
                  () -> {
                    for (int j = 0; j < OF_EACH; j++) {
                      client.key(key).teach("What is " + key + " of " + j + "?", "This " + key);
                    }
                    return key;
                  }));
        }
        for (Future<?> each : clients) {
          each.get();
        }
      }

      Trace trace = end(hone);

      int first =
          trace.first("write", call -> isLog(call) && call.text().contains("Yes, it is.")).begin();
      long syncs = trace.count(call -> call.syncs() && isLog(call) && call.begin() > first);
      System.out.println(
          "group commit: " + CLIENTS * OF_EACH + " interactions in at most " + syncs + " syncs");
      assertThat(syncs).isPositive().isLessThan(CLIENTS * OF_EACH);
    }
  }
}
