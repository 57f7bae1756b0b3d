package dev.hone.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.crash.Ledger.Acknowledged;
import dev.hone.e2e.Await;
import dev.hone.e2e.HoneClient;
import dev.hone.e2e.HoneProcess;
import dev.hone.e2e.StubUpstream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real process under concurrent load is killed at random moments and started again on the same
 * folder, again and again: what was acknowledged is there, and is learned from once.
 *
 * <p>{@code hone.crash.kills} says how often, {@code hone.crash.seed} draws the same moments and
 * requests again.
 */
class CrashTest {

  private static final int KILLS = Integer.getInteger("hone.crash.kills", 20);
  private static final int LONGEST_LOAD_MILLIS = 900;
  private static final int LONGEST_START_MILLIS = 1_200;
  private static final int UNDER_WAY = 5;
  private static final int MOST_SEARCHED = 60;

  @TempDir private Path folder;
  private final Ledger ledger = new Ledger();
  private final CrashReport report = new CrashReport();

  @Test
  void whatWasAcknowledgedSurvivesEveryKill() throws Exception {
    long seed = Long.getLong("hone.crash.seed", System.nanoTime());
    System.out.println("crash test: seed " + seed + ", " + KILLS + " kills");
    SplittableRandom random = new SplittableRandom(seed);
    long begin = System.nanoTime();
    HoneProcess.Launcher launcher = QuickStart.prepare(folder);
    Path data = folder.resolve("data");

    while (report.kills() < KILLS) {
      round(launcher, data, random);
    }
    try (StubUpstream model = new StubUpstream(Model::answer)) {
      int interrupted = end(launcher, data, model, random);
      write(seed, interrupted, Duration.ofNanos(System.nanoTime() - begin));
      assertThat(interrupted).as("interrupted").isPositive();
    }
    assertThat(report.killsWithStreams()).isGreaterThan(KILLS / 4);
    assertThat(report.killsDuring("load")).isGreaterThan(KILLS / 2);
    assertThat(ledger.count(Acknowledged.OPENED)).isGreaterThan(KILLS / 4);
    assertThat(ledger.count(Acknowledged.COMPLETED)).isGreaterThan(KILLS / 4);
    assertThat(ledger.count(Acknowledged.TAKEN)).isGreaterThan(KILLS / 4);
    assertThat(ledger.judgements()).hasSizeGreaterThan(KILLS / 4);
  }

  /** Starts, compares what is there with the ledger, puts load on, kills. */
  private void round(HoneProcess.Launcher launcher, Path data, SplittableRandom random)
      throws Exception {
    try (StubUpstream model = new StubUpstream(Model::answer)) {
      if (report.kills() > 0 && random.nextInt(5) == 0) {
        long after = random.nextInt(LONGEST_START_MILLIS);
        launcher.startAndKill(data, Duration.ofMillis(after), arguments(model));
        report.kill("start", after, 0, 0);
      }
      if (report.kills() > 0 && random.nextInt(5) == 0) {
        Index.delete(data);
      }
      long start = System.nanoTime();
      try (HoneProcess hone = launcher.start(data, arguments(model))) {
        final long started = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        if (report.kills() == 0) {
          hone.client().post("/api/v1/spaces", "{\"name\":\"" + Load.SECOND_SPACE + "\"}");
        }
        verify(hone.client(), data, random);
        int before = ledger.entries().size();
        Load load = Load.begin(hone.client(), ledger, report.kills(), random);
        if (random.nextInt(4) > 0) {
          Await.until("the load is on", () -> ledger.entries().size() >= before + UNDER_WAY);
        }
        long after = 50L + random.nextInt(LONGEST_LOAD_MILLIS);
        TimeUnit.MILLISECONDS.sleep(after);
        int streams = ledger.streaming();
        hone.kill();
        load.end();
        report.kill("load", after, streams, started);
      }
    }
  }

  /**
   * Refinement is asked for by the load only, so that nothing changes while answers are compared.
   */
  private static String[] arguments(StubUpstream model) {
    return new String[] {
      "--upstream", model.url(), "--set", "learning.idle=1ms", "--set", "refine.growth=0"
    };
  }

  private void verify(HoneClient client, Path data, SplittableRandom random) throws Exception {
    Promises.read(client).assertKept(ledger);
    try (Truth truth = Truth.open(data)) {
      truth.assertWhole();
    }
    client.settle();
    client.space(Load.SECOND_SPACE).settle();
    try (Truth truth = Truth.open(data)) {
      List<Truth.Shown> active = truth.active();
      Index.assertEquals(client, some(active, random), active);
    }
  }

  private static List<Truth.Shown> some(List<Truth.Shown> all, SplittableRandom random) {
    List<Truth.Shown> shuffled = new ArrayList<>(all);
    Collections.shuffle(shuffled, new Random(random.nextLong()));
    return shuffled.subList(0, Math.min(MOST_SEARCHED, shuffled.size()));
  }

  /** Lets everything be learned, and compares all there is; returns what was interrupted. */
  private int end(
      HoneProcess.Launcher launcher, Path data, StubUpstream model, SplittableRandom random)
      throws Exception {
    List<String> found;
    List<Truth.Shown> asked;
    int interrupted;
    try (HoneProcess hone = launcher.start(data, arguments(model))) {
      verify(hone.client(), data, random);
      Promises promises = Promises.read(hone.client());
      promises.assertKept(ledger);
      promises.assertLearned();
      interrupted = promises.interrupted();
      report.figure("receipts", promises.size());
      report.figure("lost", promises.lost(ledger));
      try (Truth truth = Truth.open(data)) {
        truth.assertWhole();
        assertThat(truth.count("episode", "state <> 'LEARNED'")).isZero();
        asked = truth.active();
        found = Index.assertEquals(hone.client(), asked, asked);
        report.figure("commits", truth.count("pool_commit"));
        report.figure("items", asked.size());
        report.figure("refinements", truth.count("pool_commit", "kind = 'REFINE'"));
        report.figure("restores", truth.count("pool_commit", "kind = 'ROLLBACK'"));
      }
      hone.stop();
    }
    Index.delete(data);
    try (HoneProcess hone = launcher.start(data, arguments(model))) {
      assertThat(Index.assertEquals(hone.client(), asked, asked))
          .as("the index made anew finds the same with the same scores")
          .isEqualTo(found);
    }
    return interrupted;
  }

  private void write(long seed, int interrupted, Duration took) throws Exception {
    report.figure("seed", seed);
    report.figure("kills", report.kills());
    report.figure("kills during start", report.killsDuring("start"));
    report.figure("kills with streams in flight", report.killsWithStreams());
    report.figure("acknowledged opened only", ledger.count(Acknowledged.OPENED));
    report.figure("acknowledged completed", ledger.count(Acknowledged.COMPLETED));
    report.figure("acknowledged native", ledger.count(Acknowledged.TAKEN));
    report.figure("acknowledged corrections", ledger.judgements().size());
    report.figure("answered without a promise", ledger.unpromised());
    report.figure("interrupted", interrupted);
    report.figure("seconds", took.toSeconds());
    report.write(Path.of("target"));
  }
}
