package dev.hone.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that never leave the frontend idle do not keep it from learning. */
class ConstantLoadTest {

  private static final int LESSONS = 40;

  @TempDir Path data;

  private static String question(int number) {
    return "Which torque has flange " + word(number) + " of the Kestrel rig?";
  }

  /** A word for each number that shares no term with others. */
  private static String word(int number) {
    return "qu" + (char) ('a' + number / 26) + (char) ('a' + number % 26) + "zzen";
  }

  @Test
  void theBacklogDrainsWhileRequestsNeverEnd() throws Exception {
    try (HoneFixture hone =
            HoneFixture.start(
                data,
                "learning.idle=1h",
                "learning.overdue=1s",
                "episode.idle=1s",
                "episode.outcome=100ms");
        ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
      HoneClient client = hone.client();
      AtomicBoolean enough = new AtomicBoolean();
      AtomicInteger asked = new AtomicInteger();
      Future<Boolean> load =
          others.submit(
              () -> {
                while (!enough.get()) {
                  client.ask("What of the glaze number " + asked.incrementAndGet() + "?");
                }
                return true;
              });
      List<String> corrected = new ArrayList<>();
      try {
        for (int i = 0; i < LESSONS; i++) {
          String id = client.ask(question(i)).interaction();
          client.correct(id, "It has " + (i + 11) + " newton metres.");
          corrected.add(id);
        }
        int before = asked.get();
        for (String id : corrected) {
          Await.until(
              "what was corrected is learned from",
              () -> client.receipt(id).at("/learning/status").asText().equals("distilled"));
        }
        assertThat(asked.get()).as("requests went on meanwhile").isGreaterThan(before);
        assertThat(load.isDone()).isFalse();
      } finally {
        enough.set(true);
      }
      load.get();
    }
  }
}
