package dev.hone.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Waiting until what was captured is learned from. */
class SettleTest {

  private static final String QUESTION = "How is the kiln vented?";
  private static final int CLIENTS = 2;
  private static final int TIMES = 5;

  @TempDir Path data;

  @Test
  void whatComesLaterIsNotWaitedFor() throws Exception {
    try (HoneFixture hone = HoneFixture.start(data);
        ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
      AtomicBoolean enough = new AtomicBoolean();
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        running.add(
            others.submit(
                () -> {
                  for (int n = 0; !enough.get(); n++) {
                    hone.client().ask("What of the glaze number " + n + "?");
                  }
                  return true;
                }));
      }
      try {
        for (int i = 0; i < TIMES; i++) {
          String id = hone.client().teach(QUESTION, "Open flap V" + i + ".");
          hone.client().settle();
          assertThat(hone.client().receipt(id).at("/learning/status").asText())
              .isEqualTo("distilled");
          assertThat(hone.client().search(QUESTION).toString()).contains("Open flap V" + i);
        }
      } finally {
        enough.set(true);
      }
      for (Future<?> client : running) {
        client.get();
      }
    }
  }
}
