package dev.hone.lab.power;

import dev.hone.outcome.Belief;
import dev.hone.outcome.Discoveries;
import dev.hone.outcome.Lift;
import dev.hone.outcome.LiftEstimator;
import dev.hone.outcome.Posterior;
import dev.hone.outcome.Trial;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * One history of a space in which an item is demoted, and no more retrieved, once its harm is
 * established, and seldom retrieved while it is doubted; that is looked at whenever a session
 * closes. For one run.
 *
 * <p>Sessions that are held out say nothing of an item: in them the others are not shown either.
 */
final class ItemSimulation {

  /**
   * What had come of it when so many sessions had closed.
   *
   * @param trials of an item on average
   * @param harmful items that were demoted, and do harm
   * @param harmless items that were demoted, and do none
   * @param helpful those of them that even help
   * @param established items that help, and of which this is established now
   * @param doubted items that do harm, and are doubted now
   * @param wronged items that do none, and are doubted now
   */
  record Look(
      int sessions,
      double trials,
      int harmful,
      int harmless,
      int helpful,
      int established,
      int doubted,
      int wronged) {}

  private record Coin(int item, boolean shown) {}

  private record Session(List<Coin> coins, OptionalDouble value) {}

  /** Sessions that close before what is believed of items is taken up again. */
  private static final int BELIEF = 50;

  private final ItemWorld world;
  private final double level;
  private final List<Integer> noted;
  private final SplittableRandom random;
  private final List<LiftEstimator> estimators;
  private final List<Integer> retrieved;
  private final Map<Integer, Double> harm = new HashMap<>();
  private final List<Belief> beliefs = new ArrayList<>();
  private final Set<Integer> demoted = new TreeSet<>();
  private final List<Look> looks = new ArrayList<>();
  private int closed;
  private int trials;

  /**
   * @param level of false demotions among demotions
   * @param noted the numbers of sessions at which a look is noted, rising; the last ends the
   *     history
   */
  ItemSimulation(ItemWorld world, double level, List<Integer> noted, long seed) {
    this.world = world;
    this.level = level;
    this.noted = noted;
    this.random = new SplittableRandom(seed);
    this.estimators =
        IntStream.range(0, world.items()).mapToObj(_ -> new LiftEstimator(level)).toList();
    this.retrieved = new ArrayList<>(IntStream.range(0, world.items()).boxed().toList());
    retrieved.forEach(item -> harm.put(item, 1.0));
    believe();
  }

  List<Look> run() {
    Timeline.run(noted.getLast(), random, this::open, this::close);
    return looks;
  }

  private Session open(int number) {
    if (random.nextDouble() < world.heldOut()) {
      return new Session(List.of(), Visit.outcome(random, 0, world.missing()));
    }
    List<Coin> coins = new ArrayList<>();
    double lift = 0;
    for (int item : some()) {
      Coin coin = new Coin(item, random.nextDouble() >= world.dropout());
      coins.add(coin);
      lift += coin.shown() ? world.lift(item) : 0;
    }
    return new Session(coins, Visit.outcome(random, lift, world.missing()));
  }

  /** Different items, any as likely as any other that was not demoted, and is not left out. */
  private Set<Integer> some() {
    Set<Integer> looked = new HashSet<>();
    Set<Integer> some = new TreeSet<>();
    while (some.size() < ItemWorld.RETRIEVED && looked.size() < retrieved.size()) {
      int item = retrieved.get(random.nextInt(retrieved.size()));
      if (looked.add(item) && !leftOut(beliefs.get(item))) {
        some.add(item);
      }
    }
    return some;
  }

  private boolean leftOut(Belief belief) {
    return belief.doubted()
        && belief.leavesOut(
            belief.posterior().draw(random.nextDouble(Double.MIN_VALUE, 1)), random.nextDouble());
  }

  /** Takes up what is known by now. */
  private void believe() {
    List<Lift> lifts = estimators.stream().map(LiftEstimator::lift).toList();
    Posterior newcomer = Posterior.among(lifts);
    beliefs.clear();
    lifts.forEach(lift -> beliefs.add(Belief.of(lift, newcomer)));
  }

  private void close(Session session) {
    closed++;
    if (closed % BELIEF == 0) {
      believe();
    }
    session.value().ifPresent(value -> session.coins().forEach(coin -> judge(coin, value)));
    if (noted.contains(closed)) {
      looks.add(look());
    }
  }

  /** What is demoted keeps the e-value that it was demoted with, also if late sessions close. */
  private void judge(Coin coin, double value) {
    if (demoted.contains(coin.item())) {
      return;
    }
    LiftEstimator estimator = estimators.get(coin.item());
    estimator.add(new Trial(coin.shown(), 1 - world.dropout(), value));
    trials++;
    harm.put(coin.item(), estimator.harm());
    if (estimator.harm() >= 1 / level && demoted.addAll(Discoveries.among(harm, level))) {
      retrieved.removeAll(demoted);
    }
  }

  private Look look() {
    Map<Integer, Double> help = new HashMap<>();
    for (int item = 0; item < world.items(); item++) {
      help.put(item, estimators.get(item).help());
    }
    believe();
    List<Integer> doubted =
        IntStream.range(0, world.items())
            .filter(item -> beliefs.get(item).doubted())
            .boxed()
            .toList();
    int harmful = (int) demoted.stream().filter(world::harms).count();
    return new Look(
        closed,
        (double) trials / world.items(),
        harmful,
        demoted.size() - harmful,
        (int) demoted.stream().filter(world::helps).count(),
        (int) Discoveries.among(help, level).stream().filter(world::helps).count(),
        (int) doubted.stream().filter(world::harms).count(),
        (int) doubted.stream().filter(item -> !world.harms(item)).count());
  }
}
