package dev.hone.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import dev.hone.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * No key, of a client, of Hone or of a model, is ever written to the data folder or to the log: not
 * as it is, not encoded, not in part, also where an upstream that refuses it repeats it.
 */
class KeysAreNotKeptTest {

  private static final String QUESTION = "How is the cooling loop of the Kestrel rig closed?";
  private static final String CLIENTS = "sk-proj-CLIENTS1a2b3c4d5e6fTAIL7g8h9i";
  private static final String MODELS = "sk-live-MODELSz9y8x7w6v5u4TAIL3t2s1r";
  private static final String OTHERS = "sk-live-OTHERSq1w2e3r4t5y6TAIL7u8i9o";
  private static final String LEARNERS = "sk-live-LEARNERa1s2d3f4g5h6TAIL7j8k9l";
  private static final int PIECE = 14;

  @TempDir Path data;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();

  /** All that Hone itself could say, down to its finest level, and what libraries say as usual. */
  @BeforeEach
  void listen() {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(root.getLoggerContext());
    encoder.setPattern("%level %logger %msg%n%ex");
    encoder.start();
    appender.setContext(root.getLoggerContext());
    appender.setEncoder(encoder);
    appender.setOutputStream(log);
    appender.start();
    root.addAppender(appender);
    ((Logger) LoggerFactory.getLogger("dev.hone")).setLevel(Level.TRACE);
  }

  @AfterEach
  void stopListening() {
    ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).detachAppender(appender);
    ((Logger) LoggerFactory.getLogger("dev.hone")).setLevel(null);
  }

  /** A key as it is, its ends, and what its bytes look like in hex and in base64. */
  private static List<String> formsOf(String key) {
    List<String> forms = new ArrayList<>();
    forms.add(key);
    forms.add(key.substring(0, PIECE));
    forms.add(key.substring(key.length() - PIECE));
    forms.add(HexFormat.of().formatHex(key.getBytes(UTF_8)));
    for (int shift = 0; shift < 3; shift++) {
      String shifted =
          Base64.getEncoder().encodeToString(("x".repeat(shift) + key).getBytes(UTF_8));
      forms.add(shifted.substring(4, shifted.length() - 4));
    }
    return forms;
  }

  private List<String> placesOf(String key) throws IOException {
    List<String> places = new ArrayList<>();
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (holds(Files.readString(file, ISO_8859_1), key)) {
          places.add(file.toString());
        }
      }
    }
    if (holds(log.toString(UTF_8), key)) {
      places.add("the log");
    }
    return places;
  }

  private static boolean holds(String text, String key) {
    String lower = text.toLowerCase(Locale.ROOT);
    return formsOf(key).stream().anyMatch(form -> lower.contains(form.toLowerCase(Locale.ROOT)));
  }

  /** Refuses the key that it was shown, and repeats it in every way that it can think of. */
  private static StubUpstream.Script repeats(int status) {
    return (request, exchange) -> {
      String shown = String.valueOf(request.headers().getFirst("Authorization"));
      String key = shown.replace("Bearer ", "");
      String ends =
          key.length() < PIECE
              ? key
              : key.substring(0, PIECE) + "****" + key.substring(key.length() - PIECE);
      String coded = Base64.getEncoder().encodeToString(shown.getBytes(UTF_8));
      StubUpstream.json(
              status,
              Json.object("error", "Incorrect API key provided: " + shown + ends + coded),
              "x-echo",
              ends)
          .answer(request, exchange);
    };
  }

  /** Says in the middle of an answer that it does not like the key that it was shown. */
  private static StubUpstream.Script repeatsInAStream() {
    return (request, exchange) -> {
      String shown = String.valueOf(request.headers().getFirst("Authorization"));
      String said = Json.object("error", "Incorrect API key provided: " + shown);
      StubUpstream.streams("data: " + said + "\n\n", "data: [DONE]\n\n").answer(request, exchange);
    };
  }

  private static void useUp(HoneFixture hone, StubUpstream stub, HoneClient client)
      throws Exception {
    stub.script(StubUpstream.says("The lever is blue."));
    HoneClient.Answer answer = client.chat(Json.chat("any", QUESTION));
    client.correct(answer.interaction(), "Turn the red lever V7 twice.");
    client.teach("Where is the spare fuse kept?", "In the lower drawer.");
    client.settle();
    for (int status : new int[] {401, 403, 400, 500}) {
      stub.script(repeats(status));
      assertThat(client.chat(Json.chat("any", QUESTION)).status()).isEqualTo(status);
      assertThat(client.chat(Json.chat("other", QUESTION)).status()).isEqualTo(status);
      client.get("/v1/models");
      client.get("/v1/files");
    }
    client.teach("Where is the other fuse kept?", "In the upper drawer.");
    for (int status : new int[] {401, 400}) {
      stub.script(repeats(status));
      client.post("/api/v1/learning/settle", "{\"timeout_seconds\":2}");
    }
    client.get("/api/v1/nothing");
    client.get("/api/v1/keys");
    hone.client().with("authorization", "Bearer " + CLIENTS + "x").get("/api/v1/stats");
    stub.script(StubUpstream.streams(StubUpstream.event("x"), "data: [DONE]\n\n"));
    client.chat(Json.chat("any", "And again?"));
    stub.script(repeatsInAStream());
    for (String model : List.of("any", "other")) {
      String told = client.chat(Json.chat(model, "And now?")).text();
      String shown = String.valueOf(stub.last().headers().getFirst("Authorization"));
      assertThat(told).as("the client's bytes are untouched").contains(shown);
    }
  }

  @Test
  void ofAClientOfAnOpenHoneNothingIsKept() throws Exception {
    try (StubUpstream stub = new StubUpstream(StubUpstream.says("Yes."));
        HoneFixture hone = HoneFixture.start(data, "upstream.url=" + stub.url())) {
      useUp(hone, stub, hone.client(CLIENTS));

      assertThat(stub.received())
          .as("the upstream does get it")
          .anyMatch(each -> ("Bearer " + CLIENTS).equals(each.headers().getFirst("Authorization")));
      assertThat(placesOf(CLIENTS)).isEmpty();
    }
    assertThat(placesOf(CLIENTS)).isEmpty();
  }

  @Test
  void ofHonesKeysAndOfThoseOfModelsNothingIsKept() throws Exception {
    List<String> keys = new ArrayList<>(List.of(CLIENTS, MODELS, OTHERS, LEARNERS));
    try (StubUpstream stub = new StubUpstream(StubUpstream.says("Yes."));
        HoneFixture hone =
            HoneFixture.start(
                data,
                "upstream.url=" + stub.url(),
                "upstream.key=" + MODELS,
                "upstreams.other.url=" + stub.url(),
                "upstreams.other.key=" + OTHERS,
                "upstreams.other.models=other",
                "learning.url=" + stub.url(),
                "learning.model=learner",
                "learning.key=" + LEARNERS)) {
      String admin = hone.client().makeKey("admin", "*");
      String revoked = hone.client(admin).makeKey("client", "default");
      String id = hone.client(admin).list("keys").getFirst().path("id").asText();
      hone.client(admin).ask("DELETE", "/api/v1/keys/" + id, "");
      assertThat(hone.client(revoked).get("/v1/models").status()).isEqualTo(401);
      useUp(hone, stub, hone.client(admin));
      byte[] secret = HexFormat.of().parseHex(Files.readString(data.resolve("secret")));
      keys.addAll(List.of(admin, revoked, new Secret(secret).administrator()));

      assertThat(stub.received())
          .extracting(each -> each.headers().getFirst("Authorization"))
          .as("models get their keys")
          .contains("Bearer " + MODELS, "Bearer " + OTHERS, "Bearer " + LEARNERS);
      for (String key : keys) {
        assertThat(placesOf(key)).as(key).isEmpty();
      }
    }
    for (String key : keys) {
      assertThat(placesOf(key)).as(key).isEmpty();
    }
  }

  @Test
  void theSearchFindsWhatIsThere() throws Exception {
    try (StubUpstream stub = new StubUpstream(StubUpstream.says("The lever is blue."));
        HoneFixture hone = HoneFixture.start(data, "upstream.url=" + stub.url())) {
      hone.client().chat(Json.chat("any", QUESTION));
      assertThat(placesOf(QUESTION)).isNotEmpty();
    }
    assertThat(placesOf("The lever is blue.")).isNotEmpty();
    assertThat(placesOf("Hone has stopped")).containsExactly("the log");
    Files.writeString(
        data.resolve("coded"),
        Base64.getEncoder().encodeToString(("Bearer " + CLIENTS).getBytes(UTF_8)));
    assertThat(placesOf(CLIENTS)).containsExactly(data.resolve("coded").toString());
  }
}
