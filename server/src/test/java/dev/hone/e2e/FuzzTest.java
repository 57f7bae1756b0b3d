package dev.hone.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is sent to whatever endpoint, Hone never fails, loses nothing that it acknowledged, and
 * keeps its memory. {@code -Dhone.fuzz.seed=N} repeats a run, {@code -Dhone.fuzz.requests=N} makes
 * it longer.
 */
class FuzzTest {

  private static final int REQUESTS = Integer.getInteger("hone.fuzz.requests", 2_000);
  private static final long SEED = Long.getLong("hone.fuzz.seed", System.nanoTime());
  private static final long MOST_MEMORY = 200L << 20;
  private static final Pattern STATUS = Pattern.compile("^HTTP/1\\.1 (\\d{3})");
  private static final Pattern DURABLE = Pattern.compile("(?im)^x-hone-capture: *durable\\r?$");
  private static final Pattern INTERACTION =
      Pattern.compile("(?im)^x-hone-interaction-id: *(\\S+)\\r?$");
  private static final Pattern TAKEN = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");

  @TempDir Path data;
  private final Mischief mischief = new Mischief(SEED);
  private final Map<String, Integer> statuses = new TreeMap<>();
  private final List<String> acknowledged = new ArrayList<>();
  private StubUpstream stub;
  private HoneFixture hone;
  private String key;

  @BeforeEach
  void start() throws Exception {
    System.out.println("hone.fuzz.seed=" + SEED);
    stub = new StubUpstream(StubUpstream.says("Fine."));
    hone =
        HoneFixture.start(
            data, "upstream.url=" + stub.url(), "server.silence=500ms", "server.body=1000000");
    key = hone.client().makeKey("admin", "*");
  }

  @AfterEach
  void stop() {
    hone.close();
    stub.close();
  }

  /** One of the things that can be asked. */
  private record Door(String method, String path, String example) {}

  private List<Door> doors() throws Exception {
    List<Door> doors = new ArrayList<>();
    hone.client(key)
        .get("/openapi.json")
        .json()
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        each -> doors.add(door(each.getKey(), path.getKey(), each.getValue()))));
    doors.add(new Door("POST", "/v1/responses", "{\"model\":\"m\",\"input\":\"Why?\"}"));
    doors.add(new Door("POST", "/v1/embeddings", "{\"model\":\"m\",\"input\":[\"a\",\"b\"]}"));
    doors.add(new Door("POST", "/v1/completions", "{\"model\":\"m\",\"prompt\":\"Once\"}"));
    return doors;
  }

  private static Door door(String method, String path, JsonNode operation) {
    JsonNode content = operation.at("/requestBody/content");
    JsonNode example =
        content.elements().hasNext() ? content.elements().next().path("example") : content;
    return new Door(
        method.toUpperCase(Locale.ROOT), path, example.isMissingNode() ? "" : example.toString());
  }

  /** Sends bytes; what comes back until the connection ends. */
  private String exchange(byte[]... pieces) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), hone.port())) {
      socket.setSoTimeout(60_000);
      try {
        for (byte[] piece : pieces) {
          socket.getOutputStream().write(piece);
          socket.getOutputStream().flush();
        }
      } catch (IOException e) {
        return "";
      }
      try {
        return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
      } catch (IOException e) {
        return "";
      }
    }
  }

  private byte[] request(Door door, String interaction, boolean odd) {
    byte[] body =
        odd && mischief.chance(15)
            ? mischief.bytes(3_000)
            : odd && mischief.chance(80)
                ? mischief.damaged(
                    door.example
                        .replace("{interaction}", interaction)
                        .replace("{plan}", OpenApiTest.NO_PLAN))
                : door.example
                    .replace("{interaction}", interaction)
                    .replace("{plan}", OpenApiTest.NO_PLAN)
                    .getBytes(UTF_8);
    String path =
        door.path.replaceAll(
            "\\{[a-z]+}", Matcher.quoteReplacement(odd ? mischief.encoded() : interaction));
    if (odd && mischief.chance(20)) {
      path +=
          "?"
              + mischief.oneOf(
                  List.of("space", "limit", "cursor", "x", "state", "source", "format", "%00"));
      path += "=" + mischief.encoded();
    }
    StringBuilder head = new StringBuilder();
    head.append(odd && mischief.chance(5) ? "BREW" : door.method);
    head.append(' ').append(path).append(" HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n");
    head.append("Authorization: Bearer ").append(key).append("\r\n");
    if (!odd || !mischief.chance(10)) {
      head.append("Content-Type: application/json\r\n");
    }
    if (odd && mischief.chance(25)) {
      head.append(
              mischief.oneOf(
                  List.of(
                      "x-hone-mode",
                      "x-hone-session",
                      "x-hone-pin",
                      "x-hone-space",
                      "x-portkey-metadata",
                      "If-Match",
                      "If-None-Match",
                      "Idempotency-Key",
                      "Accept",
                      "Accept-Encoding",
                      "x-request-id",
                      "Content-Encoding")))
          .append(": ")
          .append(mischief.header())
          .append("\r\n");
    }
    head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(head.toString().getBytes(ISO_8859_1));
    all.writeBytes(body);
    return all.toByteArray();
  }

  /** Notes what was answered, and what was promised in it. */
  private void note(byte[] request, String answer) {
    Matcher status = STATUS.matcher(answer);
    String code = status.find() ? status.group(1) : "closed";
    statuses.merge(code, 1, Integer::sum);
    assertThat(code)
        .as(
            "seed %s: %s%nanswered: %s",
            SEED, new String(request, 0, Math.min(request.length, 2_000), ISO_8859_1), answer)
        .doesNotStartWith("5");
    Matcher interaction = INTERACTION.matcher(answer);
    if (DURABLE.matcher(answer).find() && interaction.find()) {
      acknowledged.add(interaction.group(1));
    }
    if (code.equals("201") && new String(request, 0, 40, ISO_8859_1).contains("/interactions ")) {
      Matcher taken = TAKEN.matcher(answer);
      while (taken.find()) {
        acknowledged.add(taken.group(1));
      }
    }
  }

  private static long memory() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  @Test
  void nothingThatIsSentMakesItFailOrForget() throws Exception {
    List<Door> doors = doors();
    HoneClient client = hone.client(key);
    String interaction = client.teach("How far is it to the rig?", "Nine.");
    for (Door door : doors) {
      byte[] request = request(door, interaction, false);
      note(request, exchange(request));
    }
    long before = memory();
    for (int i = 0; i < REQUESTS; i++) {
      byte[] request = request(mischief.oneOf(doors), interaction, true);
      note(request, exchange(request));
    }
    for (int i = 0; i < REQUESTS / 10; i++) {
      byte[] request = mischief.bytes(2_000);
      note(request, exchange(request));
    }
    long after = memory();

    System.out.println("fuzz: " + statuses + ", acknowledged " + acknowledged.size());
    assertThat(statuses).containsKeys("200", "201", "400", "404");
    assertThat(acknowledged).hasSizeGreaterThan(20);
    for (String id : acknowledged) {
      assertThat(client.receipt(id).path("id").asText()).isEqualTo(id);
    }
    assertThat(after - before).as("bytes that stay in memory").isLessThan(MOST_MEMORY);
    assertThat(client.ask("Is it still there?").status()).isEqualTo(200);
  }

  @Test
  void whoSendsSlowlyOrLiesAboutTheLengthHurtsNobodyElse() throws Exception {
    String head =
        String.join(
            "\r\n",
            "POST /api/v1/interactions HTTP/1.1",
            "Host: 127.0.0.1",
            "Content-Type: application/json",
            "Authorization: Bearer " + key,
            "");
    List<byte[]> ways =
        List.of(
            (head + "Content-Length: 500\r\n\r\n{\"messages\":").getBytes(ISO_8859_1),
            (head + "Transfer-Encoding: chunked\r\n\r\nzz\r\n").getBytes(ISO_8859_1),
            (head + "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\nx")
                .getBytes(ISO_8859_1),
            (head + "Content-Length: -5\r\n\r\n").getBytes(ISO_8859_1),
            (head + "Content-Length: 99999999999999999999\r\n\r\n").getBytes(ISO_8859_1),
            (head + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef").getBytes(ISO_8859_1),
            (head + "X-Long: " + "a".repeat(100_000) + "\r\n\r\n").getBytes(ISO_8859_1),
            ("GET /" + "a".repeat(100_000) + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
                .getBytes(ISO_8859_1),
            "GET /v1/models HTTP/9.9\r\n\r\n".getBytes(ISO_8859_1),
            "GET /v1/models HTTP/1.1\r\n\r\n".getBytes(ISO_8859_1),
            "POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1".getBytes(ISO_8859_1),
            new byte[] {0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, (byte) 0xfc, 0x03, 0x03});
    List<Future<String>> answers = new ArrayList<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      ways.forEach(way -> answers.add(executor.submit(() -> dribbled(way))));
      HoneClient client = hone.client(key);
      for (int i = 0; i < 20; i++) {
        assertThat(client.chat(Json.chat("m", "Question " + i)).status()).isEqualTo(200);
      }
    }
    for (int i = 0; i < ways.size(); i++) {
      note(ways.get(i), answers.get(i).get());
    }
    System.out.println("slow and lying: " + statuses);
    assertThat(statuses).containsKeys("400", "closed");
  }

  /** Sends a request a little at a time; what comes back until the connection ends. */
  private String dribbled(byte[] request) throws InterruptedException {
    byte[][] pieces = new byte[20][];
    int size = request.length / pieces.length + 1;
    for (int i = 0; i < pieces.length; i++) {
      int from = Math.min(i * size, request.length);
      pieces[i] = Arrays.copyOfRange(request, from, Math.min(from + size, request.length));
    }
    StringBuilder answer = new StringBuilder();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), hone.port())) {
      socket.setSoTimeout(5_000);
      for (byte[] piece : pieces) {
        socket.getOutputStream().write(piece);
        socket.getOutputStream().flush();
        Thread.sleep(20);
      }
      for (int next = socket.getInputStream().read();
          next >= 0;
          next = socket.getInputStream().read()) {
        answer.append((char) next);
      }
    } catch (IOException e) {
      return answer.toString();
    }
    return answer.toString();
  }
}
