package dev.hone.lab.power;

import dev.hone.outcome.Lift;
import dev.hone.outcome.LiftEstimator;
import dev.hone.outcome.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/** One history of a space, looked at whenever a session closes. For one run. */
final class SpaceSimulation {

  /**
   * What had been seen when so many sessions had closed.
   *
   * @param covered whether no look so far missed the truth of that look
   * @param found whether at some look so far 0 lay outside
   * @param lift at this look
   * @param missing the lift of outcomes being missing, at this look
   */
  record Look(int sessions, boolean covered, boolean found, Lift lift, Lift missing) {}

  private record Session(boolean shown, double lift, OptionalDouble value) {}

  private final SpaceWorld world;
  private final List<Integer> noted;
  private final SplittableRandom random;
  private final LiftEstimator estimator;
  private final LiftEstimator missing;
  private final List<Look> looks = new ArrayList<>();
  private int closed;
  private int counted;
  private double lifts;
  private boolean covered = true;
  private boolean found;

  /**
   * @param level of the intervals
   * @param noted the numbers of sessions at which a look is noted, rising; the last ends the
   *     history
   */
  SpaceSimulation(SpaceWorld world, double level, List<Integer> noted, long seed) {
    this.world = world;
    this.noted = noted;
    this.random = new SplittableRandom(seed);
    this.estimator = new LiftEstimator(level);
    this.missing = new LiftEstimator(level);
  }

  List<Look> run() {
    Timeline.run(noted.getLast(), random, this::open, this::close);
    return looks;
  }

  private Session open(int number) {
    double lift = world.lift() + world.drift() * (2.0 * number / noted.getLast() - 1);
    boolean shown = random.nextDouble() >= world.heldOut();
    double unknown = shown ? world.missingShown() : world.missingHeldOut();
    return new Session(shown, lift, Visit.outcome(random, shown ? lift : 0, unknown));
  }

  private void close(Session session) {
    closed++;
    double probability = 1 - world.heldOut();
    missing.add(Trial.ofMissing(session.shown(), probability, session.value().isEmpty()));
    if (session.value().isPresent()) {
      estimator.add(new Trial(session.shown(), probability, session.value().getAsDouble()));
      counted++;
      lifts += session.lift();
      covered &= !estimator.excludes(lifts / counted);
      found |= estimator.excludes(0);
    }
    if (noted.contains(closed)) {
      looks.add(new Look(closed, covered, found, estimator.lift(), missing.lift()));
    }
  }
}
