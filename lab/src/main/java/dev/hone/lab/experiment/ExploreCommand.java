package dev.hone.lab.experiment;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.lab.data.BadData;
import dev.hone.lab.data.Parts;
import dev.hone.lab.data.Question;
import dev.hone.lab.environment.Environment;
import dev.hone.lab.environment.EnvironmentFailed;
import dev.hone.lab.environment.HttpEnvironment;
import dev.hone.lab.environment.QuestionAnswering;
import dev.hone.lab.environment.Replay;
import dev.hone.lab.environment.TrajectoryFile;
import dev.hone.lab.explore.Account;
import dev.hone.lab.explore.Agent;
import dev.hone.lab.explore.AllowList;
import dev.hone.lab.explore.Budget;
import dev.hone.lab.explore.Exploration;
import dev.hone.lab.report.Report;
import dev.hone.lab.run.JsonLines;
import dev.hone.lab.server.LabHone;
import dev.hone.lab.server.Work;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Does an agent that learns from rewards earn more? */
@Command(
    name = "explore",
    description = {
      "Let an agent act in an environment through the gateway and learn from what it earns.",
      "Without --environment and --replay, the environment asks the questions of --dataset."
    },
    mixinStandardHelpOptions = true)
public final class ExploreCommand extends ExperimentCommand {

  private static final String INSTRUCTION =
      "You act in an environment. You are told what you see and what you can do. Answer with the"
          + " one action you take, as it is written, and nothing else.";

  @Option(
      names = "--environment",
      paramLabel = "URL",
      description = "An environment behind HTTP: POST URL/reset, POST URL/step.")
  private @Nullable String environment;

  @Option(
      names = "--replay",
      paramLabel = "FILE",
      description = "Recorded runs: JSON Lines of messages and reward, may be gzipped.")
  private @Nullable Path replay;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "How long an environment behind HTTP may take for an answer (30).")
  private int timeout = 30;

  @Option(
      names = "--episodes",
      paramLabel = "N",
      defaultValue = "200",
      description = "Episodes of a seed, each lived with experience and without (200).")
  private int episodes = 200;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "20",
      description = "Steps of an episode at most (20).")
  private int steps = 20;

  @Option(
      names = "--tokens",
      paramLabel = "N",
      defaultValue = "0",
      description = "Tokens that the model may read and write in all; 0 for no limit (0).")
  private long tokens;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "0",
      description = "How long it may take in all; 0 for no limit (0).")
  private int seconds;

  @Option(
      names = "--allow",
      split = ",",
      paramLabel = "ACTION",
      description =
          "Actions that may reach the environment, separated by commas; * stands for anything. All,"
              + " unless said.")
  private List<String> allow = List.of();

  @Option(
      names = "--epsilon",
      paramLabel = "SHARE",
      defaultValue = "0",
      description = "Share of actions drawn at random from those offered, in [0, 1] (0).")
  private double epsilon;

  @Option(
      names = "--learn-every",
      paramLabel = "N",
      defaultValue = "10",
      description = "Episodes after which is learned from them (10).")
  private int learnEvery = 10;

  private final List<LivedSeed> lived = new ArrayList<>();

  @Override
  ObjectNode own() {
    refuse(environment != null && replay != null, "Give --environment or --replay, not both.");
    refuse(episodes < 1 || steps < 1, "--episodes and --steps are at least 1.");
    refuse(tokens < 0 || seconds < 0, "--tokens and --seconds are at least 0.");
    refuse(timeout < 1 || learnEvery < 1, "--timeout and --learn-every are at least 1.");
    refuse(!(epsilon >= 0 && epsilon <= 1), "--epsilon lies in [0, 1].");
    ObjectNode own = JsonNodeFactory.instance.objectNode();
    if (environment != null) {
      own.put("environment", environment);
    }
    if (replay != null) {
      own.put("replay", replay.toString());
    }
    own.put("episodes", episodes).put("steps", steps).put("tokens", tokens).put("seconds", seconds);
    own.put("epsilon", epsilon).put("learn_every", learnEvery);
    allow.forEach(own.putArray("allow")::add);
    return own;
  }

  @Override
  void run(LabRun run) throws IOException {
    Account account =
        new Account(
            new Budget(episodes, steps, tokens, Duration.ofSeconds(seconds)), System::nanoTime);
    try (JsonLines seeds =
            new JsonLines(run.folder().path().resolve("episodes.jsonl"), List.of("seed"));
        Environment world = world(run)) {
      Agent agent = new Agent(world, new AllowList(allow), epsilon, steps, account);
      for (long seed = 1; seed <= run.options().seeds(); seed++) {
        Optional<LivedSeed> before = seeds.find(String.valueOf(seed)).map(LivedSeed::of);
        if (before.isPresent()) {
          account.spend(before.get().tokens());
          lived.add(before.get());
        } else {
          LivedSeed now = live(run, agent, account, seed);
          seeds.add(now.line());
          lived.add(now);
        }
      }
    } catch (EnvironmentFailed e) {
      throw new BadData(
          e.getMessage()
              + " Seeds that were lived to their end are kept: give the same command to go on.");
    }
  }

  private LivedSeed live(LabRun run, Agent agent, Account account, long seed) throws IOException {
    String pool = "seed-" + seed;
    run.folder().drop(pool);
    try (LabHone hone = run.start(pool, Map.of());
        ProgressBar bar = Work.bar("seed " + seed + "/" + run.options().seeds(), episodes)) {
      Optional<String> instruction = run.options().model().map(any -> INSTRUCTION);
      Exploration exploration = new Exploration(agent, hone.client(), instruction, learnEvery);
      Exploration.Result result = exploration.live(seed, episodes, account, bar::stepTo);
      return new LivedSeed(seed, result.pairs(), result.stopped().orElse(""));
    } finally {
      run.done(pool);
    }
  }

  private Environment world(LabRun run) {
    if (environment != null) {
      return new HttpEnvironment(environment, Duration.ofSeconds(timeout));
    }
    if (replay != null) {
      return new Replay(String.valueOf(replay.getFileName()), TrajectoryFile.read(replay));
    }
    Parts parts = run.parts(1);
    List<Question> asked = parts.asked();
    return new QuestionAnswering("the questions of " + run.dataset().name(), asked);
  }

  @Override
  Report report(LabRun run) {
    String world =
        environment != null
            ? environment
            : replay != null ? String.valueOf(replay.getFileName()) : run.dataset().name();
    return new ExploreReport(run, world, episodes, lived).report();
  }
}
