package dev.hone;

import static dev.hone.testing.Samples.ANN;
import static dev.hone.testing.Samples.SPACE;
import static dev.hone.testing.Samples.block;
import static dev.hone.testing.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.experience.Anchor;
import dev.hone.experience.Digest;
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
import dev.hone.testing.CountingIds;
import dev.hone.testing.FakeBackend;
import dev.hone.testing.FakeJournal;
import dev.hone.testing.Listening;
import dev.hone.testing.SettableClock;
import dev.hone.wire.ChatRequest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The online path when a part of it is slow. */
class InferenceTest {

  private static final Scope SESSION = new Scope(SPACE, ANN, null, "s", null);
  private static final String BODY =
      """
      {"model":"m","messages":[{"role":"user","content":"One?"},\
      {"role":"assistant","content":"Yes."},{"role":"user","content":"Two?"}]}\
      """;

  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final FakeJournal journal = new FakeJournal();
  private final CountDownLatch stuck = new CountDownLatch(1);
  private final List<String> asked = new ArrayList<>();
  private final Listening client = new Listening();

  @AfterEach
  void close() {
    stuck.countDown();
    executor.close();
  }

  /** Never finds anything in time. */
  private final class StuckBackend extends FakeBackend {
    @Override
    public List<Hit> retrieve(Query query) {
      try {
        stuck.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return List.of();
    }
  }

  private void answer(String body) throws Exception {
    Upstream upstream =
        request -> {
          asked.add(new String(request.body(), StandardCharsets.UTF_8));
          return InMemoryAnswer.json(200, "{}".getBytes(StandardCharsets.UTF_8));
        };
    Inference inference =
        new Inference(
            new Conversations(journal, new CountingIds()),
            new AnyType(),
            new Network(new StuckBackend()),
            new Offers(
                new Augmenter(800, String::length),
                new Assignment(0, 0, text -> text),
                Asking.NOTHING),
            new Recorder(journal, executor, Duration.ofMillis(250), missed -> {}),
            new NamedUpstreams(List.of(), upstream),
            new Deadline(executor, Duration.ofSeconds(2)),
            new Foreground(),
            new Meters(new SimpleMeterRegistry()),
            new Credentials(List.of()),
            new CountingIds(),
            new SettableClock(),
            Limits.of(5));
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    inference.answer(
        new Call(
            ChatRequest.parse(bytes),
            new Upstream.Request("POST", "/v1/chat/completions", Map.of(), bytes, () -> false),
            SESSION,
            Mode.READ,
            Pin.NONE,
            System.nanoTime()),
        client);
  }

  @Test
  void aSearchThatIsLateCostsNewExperienceOnly() throws Exception {
    String conversation =
        new Conversations(journal, new CountingIds()).unlocated(SESSION).conversation();
    journal.anchors.put(
        conversation,
        List.of(new Anchor(Digest.of().then(user("One?").digest()), block("\n\nA note."))));

    answer(BODY);

    assertThat(client.headers()).containsEntry("x-hone-mode", List.of("failed-open"));
    assertThat(asked)
        .as("the block that was frozen in the conversation is put back all the same")
        .containsExactly(BODY.replace("One?", "One?\\n\\nA note."));
  }

  @Test
  void aSearchThatIsLateLeavesTheRequestAsItCame() throws Exception {
    answer(BODY);

    assertThat(client.headers()).containsEntry("x-hone-mode", List.of("failed-open"));
    assertThat(asked).containsExactly(BODY);
  }
}
