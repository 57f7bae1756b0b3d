package dev.hone;

import static dev.hone.testing.Samples.ANN;
import static dev.hone.testing.Samples.SPACE;
import static dev.hone.testing.Samples.fact;
import static dev.hone.testing.Samples.item;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.experience.Hit;
import dev.hone.experience.Limits;
import dev.hone.experience.Mode;
import dev.hone.experience.Pin;
import dev.hone.experience.Query;
import dev.hone.experience.Scope;
import dev.hone.frontend.augment.Asking;
import dev.hone.frontend.augment.Augmenter;
import dev.hone.frontend.capture.Conversations;
import dev.hone.frontend.capture.Recorder;
import dev.hone.model.InMemoryAnswer;
import dev.hone.model.NamedUpstreams;
import dev.hone.network.Deadline;
import dev.hone.network.Network;
import dev.hone.outcome.Assignment;
import dev.hone.port.Upstream;
import dev.hone.testing.AnyType;
import dev.hone.testing.FakeBackend;
import dev.hone.testing.Listening;
import dev.hone.testing.SettableClock;
import dev.hone.testing.Stores;
import dev.hone.wire.ChatRequest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two frontends over one journal serve one conversation as one would. */
class TwoFrontendsTest {

  private static final String ANSWER =
      "{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"Yes.\"}}]}";

  @TempDir Path folder;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final SettableClock clock = new SettableClock();
  private Stores stores;
  private String seen = "";

  @BeforeEach
  void open() {
    stores = Stores.in(folder, clock);
  }

  @AfterEach
  void close() {
    stores.close();
    executor.close();
  }

  /** Finds one item for whatever is asked, named after the frontend that looks. */
  private static final class Finding extends FakeBackend {
    private final String name;
    private int found;

    Finding(String name) {
      this.name = name;
    }

    @Override
    public List<Hit> retrieve(Query query) {
      String id = name + found++;
      return List.of(new Hit(item(id, fact("It is asked.", "Say " + id + "."), 1), 1, 1));
    }
  }

  private Inference frontend(String name) {
    Upstream upstream =
        request -> {
          seen = new String(request.body(), UTF_8);
          return InMemoryAnswer.json(200, ANSWER.getBytes(UTF_8));
        };
    return new Inference(
        new Conversations(stores.journal(), () -> UUID.randomUUID().toString()),
        new AnyType(),
        new Network(new Finding(name)),
        new Offers(
            new Augmenter(800, String::length), new Assignment(0, 0, text -> text), Asking.NOTHING),
        new Recorder(stores.journal(), executor, Duration.ofSeconds(30), missed -> {}),
        new NamedUpstreams(List.of(), upstream),
        new Deadline(executor, Duration.ofSeconds(30)),
        new Foreground(),
        new Meters(new SimpleMeterRegistry()),
        new Credentials(List.of()),
        () -> UUID.randomUUID().toString(),
        clock,
        Limits.of(5));
  }

  /** What the model sees of the conversation up to its newest message. */
  private String turn(Inference frontend, Scope scope, String messages) throws Exception {
    byte[] body = ("{\"model\":\"m\",\"messages\":[" + messages + "]}").getBytes(UTF_8);
    frontend.answer(
        new Call(
            ChatRequest.parse(body),
            new Upstream.Request("POST", "/v1/chat/completions", Map.of(), body, () -> false),
            scope,
            Mode.AUGMENT,
            Pin.NONE,
            System.nanoTime()),
        new Listening());
    return seen.substring(0, seen.length() - "]}".length());
  }

  private static String user(String text) {
    return "{\"role\":\"user\",\"content\":\"" + text + "\"}";
  }

  private void assertOneConversation(Scope scope) throws Exception {
    Inference one = frontend("one");
    Inference other = frontend("other");
    String messages = user("First?");
    String before = turn(one, scope, messages);
    assertThat(before).contains("Say one0.");
    for (int turn = 1; turn < 8; turn++) {
      messages += ",{\"role\":\"assistant\",\"content\":\"Yes.\"}," + user("Then " + turn + "?");

      String now = turn(turn % 2 == 0 ? one : other, scope, messages);

      assertThat(now).startsWith(before);
      assertThat(now.substring(before.length()))
          .contains("Say " + (turn % 2 == 0 ? "one" : "other"));
      before = now;
    }
  }

  @Test
  void aConversationKnownByItsSessionKeepsItsBlocksAtEither() throws Exception {
    assertOneConversation(new Scope(SPACE, ANN, null, "s", null));
  }

  @Test
  void aConversationKnownByItsMessagesKeepsItsBlocksAtEither() throws Exception {
    assertOneConversation(new Scope(SPACE, ANN, null, null, null));
  }
}
