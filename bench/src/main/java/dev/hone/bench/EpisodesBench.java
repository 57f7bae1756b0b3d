package dev.hone.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.experience.Interaction;
import dev.hone.experience.InteractionState;
import dev.hone.experience.Message;
import dev.hone.experience.Role;
import dev.hone.experience.Scope;
import dev.hone.frontend.episode.OpenEpisodes;
import dev.hone.similarity.Analysis;
import dev.hone.similarity.Background;
import dev.hone.similarity.Bm25;
import dev.hone.similarity.Statistics;
import dev.hone.similarity.TermVector;
import dev.hone.similarity.Vectors;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * How long does it take to find the episode of an interaction, when one principal has thousands of
 * open ones? The baseline compares the interaction with everything in every open episode.
 */
@Command(
    name = "episodes",
    description = "Finding the episode of an interaction, against comparing it with all.",
    mixinStandardHelpOptions = true)
final class EpisodesBench implements Callable<Integer> {

  private static final long SEED = 20_260_101;
  private static final int BASELINE = 300;
  private static final Scope SCOPE = new Scope("bench", "one", null, null, null);

  @Option(names = "--open", defaultValue = "5000", description = "Open episodes (5000).")
  private int open = 5_000;

  @Option(names = "--assign", defaultValue = "20000", description = "Interactions put (20000).")
  private int assigned = 20_000;

  @Option(
      names = "--check",
      arity = "0..1",
      fallbackValue = "1",
      paramLabel = "MILLIS",
      description = "End with code 1 if the 99th percentile is above this (1 ms).")
  private @Nullable Double most;

  @Option(names = "--json", description = "Print the figures as JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  private final Topics topics = new Topics(SEED);
  private final Random random = new Random(SEED);
  private final Deque<String> order = new ArrayDeque<>();
  private final Set<String> gathering = new HashSet<>();
  private final List<List<String>> recent = new ArrayList<>();
  private int number;

  @Override
  public Integer call() {
    Analysis analysis = new Analysis();
    Background background = new Background(analysis);
    Bm25 bm25 = new Bm25(1.2, 0.3);
    OpenEpisodes episodes =
        new OpenEpisodes(
            () -> "e" + number++,
            new OpenEpisodes.Policy(8, 16_000, 1_000, 0.5, 0.2, 0.1, Duration.ofSeconds(10)),
            analysis,
            background,
            bm25);
    Times ours = new Times();
    try (ProgressBar bar = new ProgressBar("episodes", open + assigned)) {
      while (episodes.size() < open) {
        step(episodes, new Times());
        bar.stepTo(episodes.size());
      }
      for (int i = 0; i < assigned; i++) {
        step(episodes, ours);
        bar.step();
      }
    }
    Times all = baseline(analysis, background, bm25, episodes);
    print(episodes, ours, all);
    String what = "the 99th percentile of an assignment, in milliseconds,";
    return Checked.atMost(spec, what, ours.millis(0.99), most) ? 0 : 1;
  }

  /** One interaction more; half of them are about something that was spoken of before. */
  private void step(OpenEpisodes episodes, Times times) {
    Interaction interaction = next();
    long start = System.nanoTime();
    OpenEpisodes.Assigned to = episodes.assign(interaction, interaction.openedAt());
    if (to.closes()) {
      episodes.close(to.episode());
      gathering.remove(to.episode());
    } else if (gathering.add(to.episode())) {
      order.add(to.episode());
    }
    while (gathering.size() > open) {
      String oldest = order.remove();
      if (gathering.remove(oldest)) {
        episodes.close(oldest);
      }
    }
    times.add(System.nanoTime() - start);
  }

  private Interaction next() {
    List<String> topic =
        recent.isEmpty() || random.nextBoolean()
            ? topics.topic()
            : recent.get(random.nextInt(recent.size()));
    if (recent.size() < open) {
      recent.add(topic);
    } else {
      recent.set(random.nextInt(open), topic);
    }
    String id = "i" + number++;
    return new Interaction(
        id,
        SCOPE,
        "of-" + id,
        null,
        InteractionState.COMPLETED,
        "m",
        List.of(Message.text(Role.USER, topics.question(topic))),
        Message.text(Role.ASSISTANT, "Answer " + id),
        List.of(),
        Instant.EPOCH.plusMillis(number),
        null);
  }

  /** As many texts as the open episodes hold at least, each compared with the new one. */
  private Times baseline(
      Analysis analysis, Background background, Bm25 bm25, OpenEpisodes episodes) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < episodes.size(); i++) {
      texts.add(topics.question(recent.get(i % recent.size())));
    }
    Vectors vectors =
        new Vectors(
            analysis,
            Statistics.of(background, texts.stream().map(analysis::terms).toList()),
            bm25);
    List<TermVector> all = texts.stream().map(vectors::of).toList();
    Times times = new Times();
    double most = 0;
    for (int i = 0; i < 2 * BASELINE; i++) {
      String text = topics.question(recent.get(random.nextInt(recent.size())));
      long start = System.nanoTime();
      TermVector vector = vectors.of(text);
      for (TermVector other : all) {
        most = Math.max(most, vector.similarity(other));
      }
      if (i >= BASELINE) {
        times.add(System.nanoTime() - start);
      }
    }
    if (most <= 0) {
      throw new IllegalStateException("the baseline found nothing alike");
    }
    return times;
  }

  private void print(OpenEpisodes episodes, Times ours, Times all) {
    ObjectNode figures = new ObjectMapper().createObjectNode();
    figures.put("bench", "episodes").put("open", episodes.size()).put("assigned", ours.count());
    figures.put("assignments_per_second", Math.round(ours.count() / ours.sumSeconds()));
    figures.put("p50_ms", ours.millis(0.5)).put("p99_ms", ours.millis(0.99));
    figures.put("max_ms", ours.millis(1));
    figures.put("baseline_p50_ms", all.millis(0.5)).put("baseline_p99_ms", all.millis(0.99));
    figures.put("ratio_p50", ours.millis(0.5) / all.millis(0.5));
    figures.put("ratio_p99", ours.millis(0.99) / all.millis(0.99));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(figures);
    } else {
      out.printf(
          "%d open episodes of one principal: %d assignments/s, p50 %.3f ms, p99 %.3f ms, longest"
              + " %.1f ms%n",
          episodes.size(),
          figures.path("assignments_per_second").asLong(),
          ours.millis(0.5),
          ours.millis(0.99),
          ours.millis(1));
      out.printf(
          "compared with one text of every open episode: p50 %.3f ms, p99 %.3f ms%n",
          all.millis(0.5), all.millis(0.99));
      out.printf(
          "ratio: p50 %.3f, p99 %.3f%n",
          figures.path("ratio_p50").asDouble(), figures.path("ratio_p99").asDouble());
    }
    out.flush();
  }
}
