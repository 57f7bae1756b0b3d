package dev.hone.lab.environment;

import dev.hone.lab.environment.Trajectory.Turn;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Recorded runs that went well, played again: at each turn the agent says which tool it would call,
 * or that it would respond; what was recorded earns 1, anything else 0 and is told what was
 * recorded. The recording goes on as it was recorded, whatever the agent does, so what is measured
 * is agreement with runs that went well, turn by turn, not what the agent's own runs would earn.
 */
public final class Replay implements Environment {

  /** The reward from which a run went well. */
  public static final double WELL = 0.5;

  private final String name;
  private final List<Trajectory> runs;
  private final List<String> actions;
  private @Nullable Trajectory run;
  private int turn;

  /**
   * @param recorded at least one of them with a reward of {@link #WELL} or more
   */
  public Replay(String name, List<Trajectory> recorded) {
    this.name = name;
    this.runs = recorded.stream().filter(each -> each.reward() >= WELL).toList();
    this.actions =
        runs.stream()
            .flatMap(each -> each.turns().stream())
            .map(Turn::action)
            .distinct()
            .sorted()
            .toList();
    if (runs.isEmpty()) {
      throw new EnvironmentFailed(
          name + " holds no run with a reward of " + WELL + " or more, so nothing to agree with.");
    }
  }

  @Override
  public String name() {
    return name;
  }

  /** How many runs are played. */
  public int runs() {
    return runs.size();
  }

  @Override
  public Situation reset(long seed) {
    Trajectory drawn = runs.get(new SplittableRandom(seed).nextInt(runs.size()));
    run = drawn;
    turn = 0;
    return situation(drawn);
  }

  @Override
  public Step step(String action) {
    Trajectory played = run;
    if (played == null) {
      throw new IllegalStateException("no run is being played");
    }
    String recorded = played.turns().get(turn).action();
    boolean agrees = recorded.equals(action);
    turn++;
    boolean over = turn == played.turns().size();
    if (over) {
      run = null;
    }
    return new Step(
        over ? Situation.end("The run is over.") : situation(played),
        OptionalDouble.of(agrees ? 1 : 0),
        agrees ? Optional.empty() : Optional.of(recorded),
        over,
        false);
  }

  private Situation situation(Trajectory played) {
    return new Situation(
        played.turns().get(turn).observation(),
        actions,
        played.instructions().isEmpty()
            ? Map.of("id", played.id())
            : Map.of("id", played.id(), Situation.INSTRUCTIONS, played.instructions()));
  }
}
