package dev.hone.lab.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;
import dev.hone.lab.data.Parts;
import dev.hone.lab.data.Question;
import dev.hone.lab.run.JsonLines;
import dev.hone.lab.server.HoneClient;
import dev.hone.lab.server.LabHone;
import dev.hone.lab.server.Work;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import me.tongfei.progressbar.ProgressBar;

/**
 * Lives through a stream of queries as a deployed Hone does: each is asked with what is known so
 * far and judged; batch by batch is learned from; the pool is refined when it has grown by a
 * factor. A stream that was stopped in the middle is lived through anew.
 *
 * @param queries in all
 * @param windows into which they are divided
 * @param batch queries between one time that is learned from and the next
 */
record Streaming(LabRun run, int queries, int windows, int batch) {

  private static final String SPACE = "default";
  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  /** The stream of a seed, lived through with this growth; at once if it was before. */
  LivedStream live(JsonLines kept, long seed, double growth) throws IOException {
    var before = kept.find(String.valueOf(seed), String.valueOf(growth));
    if (before.isPresent()) {
      return LivedStream.of(before.get());
    }
    String pool = "seed-" + seed + "-growth-" + growth;
    run.folder().drop(pool);
    try (LabHone hone = run.start(pool, Map.of())) {
      LivedStream lived = live(hone.client(), run.folder().pool(pool), seed, growth);
      kept.add(lived.line());
      return lived;
    } finally {
      run.done(pool);
    }
  }

  private List<Question> questions(long seed) {
    Parts parts = run.parts(seed);
    List<Question> questions = new ArrayList<>(parts.asked());
    questions.addAll(parts.lived());
    return questions;
  }

  private LivedStream live(HoneClient client, Path folder, long seed, double growth) {
    List<Question> drawn = new QueryStream(questions(seed), seed).next(queries);
    Set<String> known =
        run.firstAnswers(client).to(drawn.stream().distinct().toList()).stream()
            .filter(first -> first.correction().isEmpty())
            .map(first -> first.question().id())
            .collect(Collectors.toSet());
    Life life = new Life(client.as("visitor"), folder, growth);
    List<StreamWindow> lived = new ArrayList<>();
    String title = "seed " + seed + "/" + run.options().seeds() + ", growth " + growth;
    try (ProgressBar bar = Work.bar(title, queries)) {
      for (int window = 0; window < windows; window++) {
        int from = queries * window / windows;
        int to = queries * (window + 1) / windows;
        int right = 0;
        int control = 0;
        long injected = 0;
        for (int i = from; i < to; i++) {
          Question question = drawn.get(i);
          HoneClient.Said said = life.ask(question);
          right += question.answeredBy(said.text()) ? 1 : 0;
          control += known.contains(question.id()) ? 1 : 0;
          injected += said.tokens();
          if ((i + 1) % batch == 0 || i + 1 == to) {
            life.learn();
          }
          bar.step();
        }
        lived.add(
            life.window(to - from, right, control, (double) injected / Math.max(1, to - from)));
      }
    }
    return new LivedStream(seed, growth, lived);
  }

  /** One pool, as it grows. */
  private static final class Life {

    private final HoneClient client;
    private final Path folder;
    private final double growth;
    private int refinedAt;
    private int refinements;
    private long learning;
    private long refining;

    Life(HoneClient client, Path folder, double growth) {
      this.client = client;
      this.folder = folder;
      this.growth = growth;
    }

    private HoneClient.Said ask(Question question) {
      HoneClient.Said said = client.ask(SPACE, question.prompt(), "augment", "");
      ObjectNode feedback = client.object().put("interaction_id", said.interaction());
      if (question.answeredBy(said.text())) {
        feedback.put("metric", "correct").put("value", true);
      } else {
        feedback.put("correction", question.answer());
      }
      client.post(SPACE, "/api/v1/feedback", feedback);
      return said;
    }

    private void learn() {
      long start = PROCESS.getProcessCpuTime();
      client.post(SPACE, "/api/v1/learning/settle", client.object().put("timeout_seconds", 3_600));
      long learned = PROCESS.getProcessCpuTime();
      learning += learned - start;
      int items = items();
      if (refinedAt == 0) {
        refinedAt = items;
      } else if (growth > 0 && items >= growth * refinedAt) {
        long before = PROCESS.getProcessCpuTime();
        boolean changed =
            client.post(SPACE, "/api/v1/refinements", client.object()).path("commit").isTextual();
        refinements += changed ? 1 : 0;
        refining += PROCESS.getProcessCpuTime() - before;
        refinedAt = items();
      }
    }

    private int items() {
      return client.get(SPACE, "/api/v1/stats").path("active").asInt();
    }

    private StreamWindow window(int queries, int right, int control, double injected) {
      JsonNode stats = client.get(SPACE, "/api/v1/stats");
      StreamWindow window =
          new StreamWindow(
              queries,
              right,
              control,
              injected,
              stats.path("active").asInt(),
              stats.path("commits").asInt(),
              refinements,
              stats.path("database_bytes").asLong() + indexed(),
              stats.path("journal_bytes").asLong(),
              learning / 1e9,
              refining / 1e9,
              stats.path("learning_today").path("tokens").asLong());
      learning = 0;
      refining = 0;
      return window;
    }

    /** Bytes of the index. */
    private long indexed() {
      try (Stream<Path> files = Files.walk(folder.resolve("index"))) {
        return files.filter(Files::isRegularFile).mapToLong(Life::size).sum();
      } catch (IOException e) {
        throw new UncheckedIOException(folder + " cannot be read", e);
      }
    }

    /** Of a file that a running server may delete any time. */
    private static long size(Path file) {
      try {
        return Files.size(file);
      } catch (IOException e) {
        return 0;
      }
    }
  }
}
