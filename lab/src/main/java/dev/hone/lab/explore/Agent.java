package dev.hone.lab.explore;

import dev.hone.lab.environment.Environment;
import dev.hone.lab.environment.Situation;
import dev.hone.lab.environment.Step;
import dev.hone.lab.explore.Conversation.Verdict;
import dev.hone.lab.explore.LivedEpisode.End;
import dev.hone.lab.server.HoneClient;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Acts in an environment: asks the model what to do, refuses what is not allowed, does the rest,
 * and tells Hone what came of it.
 */
public final class Agent {

  private final Environment environment;
  private final AllowList allowed;
  private final double epsilon;
  private final int steps;
  private final Account account;

  /**
   * @param allowed actions that may reach the environment
   * @param epsilon the share of actions drawn at random from those offered, in [0, 1]
   * @param steps of one episode, at most
   */
  public Agent(
      Environment environment, AllowList allowed, double epsilon, int steps, Account account) {
    this.environment = environment;
    this.allowed = allowed;
    this.epsilon = epsilon;
    this.steps = steps;
    this.account = account;
  }

  /**
   * Lives one episode.
   *
   * @param seed of the environment and of what is drawn at random
   */
  public LivedEpisode live(Conversation conversation, long seed) {
    SplittableRandom random = new SplittableRandom(seed).split();
    Situation situation = environment.reset(seed);
    Optional.ofNullable(situation.info().get(Situation.INSTRUCTIONS))
        .ifPresent(conversation::instruct);
    Tally tally = new Tally();
    String before = "";
    while (true) {
      if (account.exhausted().isPresent()) {
        return tally.lived(End.BUDGET);
      }
      if (tally.steps == steps) {
        return tally.lived(End.STEPS);
      }
      tally.steps++;
      Offer offer = Offer.of(situation, allowed);
      String prompt = before + offer.prompt();
      boolean draws = random.nextDouble() < epsilon && !offer.actions().isEmpty();
      Step step;
      if (draws) {
        tally.drawn++;
        String action = offer.actions().get(random.nextInt(offer.actions().size()));
        conversation.act(prompt, offer.named(action));
        step = environment.step(action);
        conversation.tell(prompt, offer.named(action), verdict(step));
      } else {
        HoneClient.Turn said = conversation.ask(prompt);
        tally.tokens += said.modelTokens();
        account.spend(said.modelTokens());
        String action = offer.action(said.text());
        if (!permitted(situation, action)) {
          tally.refused++;
          before = "'" + action + "' is not allowed here.\n";
          continue;
        }
        step = environment.step(action);
        conversation.judge(said, verdict(step));
      }
      before = "";
      step.reward().ifPresent(tally::earn);
      if (step.done()) {
        return tally.lived(step.terminated() ? End.TERMINATED : End.TRUNCATED);
      }
      situation = step.next();
    }
  }

  private boolean permitted(Situation situation, String action) {
    return allowed.allows(action)
        && (situation.actions().isEmpty() || situation.actions().contains(action));
  }

  /** The environment's last word explains a failure for which it names no correction. */
  private static Verdict verdict(Step step) {
    boolean failed = step.reward().isPresent() && step.reward().getAsDouble() < 0.5;
    String last = step.next().observation();
    return new Verdict(
        step.reward().isPresent() ? Optional.of(step.reward().getAsDouble()) : Optional.empty(),
        step.correction(),
        failed && step.done() && step.correction().isEmpty() && !last.isBlank()
            ? Optional.of(last)
            : Optional.empty());
  }

  /** What an episode comes to. */
  private static final class Tally {

    private double earned;
    private int rewards;
    private int steps;
    private int refused;
    private int drawn;
    private long tokens;

    private void earn(double reward) {
      earned += reward;
      rewards++;
    }

    private LivedEpisode lived(End end) {
      return new LivedEpisode(
          rewards == 0 ? 0 : earned / rewards, steps, refused, drawn, tokens, end);
    }
  }
}
