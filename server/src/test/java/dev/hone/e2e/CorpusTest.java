package dev.hone.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every shape of the corpus passes byte for byte in both directions, but for the block that is put
 * at the one place where it may stand.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CorpusTest {

  private static final Path CORPUS = Path.of("src", "test", "resources", "corpus");
  private static final String KEY = "sk-corpus";

  /** Shapes of status 200 whose answer cannot be read, or holds an error. */
  private static final Set<String> WITHOUT_ANSWER =
      Set.of("bytes-answer-no-json", "bytes-answer-not-utf8", "stream-error-event");

  /** How a request comes: what its header says, and the space with what was learned there. */
  private enum Mode {
    OFF("off", "fertile"),
    CAPTURE("capture", "fertile"),
    NOTHING_RELEVANT("augment", "barren"),
    RELEVANT("augment", "fertile"),
    READ("read", "fertile");

    private final String header;
    private final String space;

    Mode(String header, String space) {
      this.header = header;
      this.space = space;
    }

    boolean captures() {
      return this != OFF && this != READ;
    }

    boolean augments(Shape shape) {
      return (this == RELEVANT || this == READ) && shape.place().isPresent();
    }

    String outcome(Shape shape) {
      return header.equals("off") || header.equals("capture")
          ? "bypassed"
          : augments(shape) ? "augmented" : "nothing-relevant";
    }
  }

  private List<Shape> shapes;
  private RawUpstream upstream;
  private HoneFixture hone;

  /** Nothing but what is taught here is learned: episodes stay open. */
  @BeforeAll
  void start(@TempDir Path data) throws Exception {
    shapes = Shape.all(CORPUS);
    upstream = new RawUpstream(RawUpstream.json("200 OK", "{}"));
    hone =
        HoneFixture.start(
            data,
            "upstream.url=" + upstream.url(),
            "episode.idle=1h",
            "episode.size=100000",
            "episode.run=100000");
    HoneClient barren = space("barren");
    barren.teach("Zyx qwv ptk?", "Jmf glb.");
    barren.settle();
    HoneClient fertile = space("fertile");
    for (Shape shape : shapes) {
      if (shape.place().isPresent()) {
        fertile.teach(shape.asked(), "Remember lever " + shape.name() + ".");
      }
    }
    fertile.settle();
  }

  private HoneClient space(String name) throws Exception {
    HoneClient client = hone.client(KEY);
    HoneClient.Answer made =
        client.post("/api/v1/spaces", Json.object("name", name, "learning", "raw"));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    return client.space(name);
  }

  @AfterAll
  void stop() throws Exception {
    hone.close();
    upstream.close();
  }

  @Test
  void itHasAtLeastSixtyShapes() {
    assertThat(shapes).hasSizeGreaterThanOrEqualTo(60);
  }

  @Test
  void aShapeOfWhichAFileIsMissingOrEmptyIsRefused(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("request.http"), "POST /v1/x HTTP/1.1\nContent-Type: a/b\n");
    Files.writeString(folder.resolve("answer.http"), "HTTP/1.1 200 OK\n");

    assertThatThrownBy(() -> Shape.load(folder)).hasMessageContaining("request.body");
    Files.createFile(folder.resolve("request.body"));
    assertThatThrownBy(() -> Shape.load(folder)).hasMessageContaining("is empty");
    Files.writeString(folder.resolve("request.body"), "x");
    assertThat(Shape.load(folder).requestBody()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not JSON",
        "[]",
        "{\"model\":\"m\"}",
        "{\"messages\":[{\"role\":\"user\",\"content\":\"no model\"}]}",
        "{\"model\":\"m\",\"messages\":[{\"role\":\"latest_reminder\",\"content\":\"x\"}]}",
        "{\"model\":\"m\",\"stream\":1,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}"
      })
  void withModeOffEvenWhatHoneCannotReadPasses(String body) throws Exception {
    String refusal = "{\"error\":{\"message\":\"The model server says what it thinks of it.\"}}";
    upstream.script(RawUpstream.json("400 Bad Request", refusal));

    WireMessage answer = WireClient.chat(hone.url(), body, "x-hone-mode: off");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).isEqualTo(refusal);
    assertThat(upstream.last().text()).isEqualTo(body);
  }

  @TestFactory
  Stream<DynamicContainer> everyShapePassesInEveryMode() {
    return Stream.of(Mode.values())
        .map(
            mode ->
                DynamicContainer.dynamicContainer(
                    mode.name(),
                    shapes.stream()
                        .map(
                            shape ->
                                DynamicTest.dynamicTest(shape.name(), () -> passes(shape, mode)))));
  }

  private void passes(Shape shape, Mode mode) throws Exception {
    Optional<JsonNode> announced =
        mode == Mode.READ && mode.augments(shape)
            ? Optional.of(receipt(ask(shape, Mode.RELEVANT, "announced")))
            : Optional.empty();

    WireMessage answer = ask(shape, mode, "asked");

    WireMessage sent = upstream.last();
    assertThat(answer.status()).as(answer.text()).isEqualTo(shape.status());
    assertThat(answer.complete()).isTrue();
    assertThat(new String(answer.body(), ISO_8859_1))
        .isEqualTo(new String(shape.answerBody(), ISO_8859_1));
    assertThat(answer.endToEnd()).isEqualTo(shape.answer().endToEnd());
    assertThat(sent.startLine()).isEqualTo(shape.requestLine());
    assertThat(sent.endToEnd()).isEqualTo(shape.request().endToEnd());
    if (shape.isChat()) {
      assertThat(answer.header("x-hone-mode")).isEqualTo(mode.outcome(shape));
      assertThat(answer.header("x-hone-capture")).isEqualTo(mode.captures() ? "durable" : "none");
    }
    if (mode.augments(shape)) {
      JsonNode receipt = announced.isPresent() ? announced.get() : receipt(answer);
      onlyTheBlockIsAdded(shape, sent, receipt.path("block").asText());
    } else {
      assertThat(new String(sent.body(), ISO_8859_1))
          .isEqualTo(new String(shape.requestBody(), ISO_8859_1));
    }
    if (shape.isChat() && mode.captures()) {
      assertThat(receipt(answer).path("state").asText())
          .isEqualTo(
              shape.status() == 200 && !WITHOUT_ANSWER.contains(shape.name())
                  ? "completed"
                  : "failed");
    }
  }

  private WireMessage ask(Shape shape, Mode mode, String session) throws IOException {
    upstream.script(shape.script());
    return WireClient.exchange(
        hone.url(),
        shape.requestHead()
            + "x-hone-mode: "
            + mode.header
            + "\nx-hone-space: "
            + mode.space
            + "\nx-hone-session: "
            + String.join("-", shape.name(), mode.name(), session),
        shape.requestBody());
  }

  private JsonNode receipt(WireMessage answer) throws Exception {
    HoneClient client = hone.client(KEY);
    HoneClient.Answer found =
        client
            .space("fertile")
            .get("/api/v1/interactions/" + answer.header("x-hone-interaction-id"));
    return found.status() == 200
        ? found.json()
        : client.space("barren").receipt(answer.header("x-hone-interaction-id"));
  }

  /**
   * Before and behind the one place, all is as the client sent it; at the place stands the block.
   */
  private static void onlyTheBlockIsAdded(Shape shape, WireMessage sent, String block) {
    int place = shape.place().orElseThrow().offset();
    String was = new String(shape.requestBody(), ISO_8859_1);
    String is = new String(sent.body(), ISO_8859_1);
    int added = is.length() - was.length();
    assertThat(added).isPositive();
    assertThat(is.substring(0, place)).isEqualTo(was.substring(0, place));
    assertThat(is.substring(place + added)).isEqualTo(was.substring(place));
    String insert = new String(sent.body(), place, added, UTF_8);
    assertThat(block).contains("<experience>").contains("Remember lever " + shape.name() + ".");
    String text = "{\"type\":\"text\",\"text\":" + Json.quoted(block) + "}";
    switch (shape.place().orElseThrow().as()) {
      case "string" -> assertThat(Json.read('"' + insert + '"').asText()).isEqualTo(block);
      case "part" -> {
        assertThat(insert).startsWith(",");
        assertThat(Json.read(insert.substring(1))).isEqualTo(Json.read(text));
      }
      case "first-part" -> assertThat(Json.read(insert)).isEqualTo(Json.read(text));
      default -> throw new AssertionError(shape + ": unknown place");
    }
  }
}
