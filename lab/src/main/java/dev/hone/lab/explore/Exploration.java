package dev.hone.lab.explore;

import dev.hone.lab.explore.Conversation.Part;
import dev.hone.lab.server.HoneClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;

/**
 * Episodes lived twice each: by an agent with experience, which learns from them, and by a control
 * that has Hone out of the way.
 *
 * @param agent acts
 * @param client the Hone
 * @param instruction told to the model first, if it can be told anything
 * @param learnEvery episodes between one time that is learned from and the next
 */
public record Exploration(
    Agent agent, HoneClient client, Optional<String> instruction, int learnEvery) {

  private static final String SPACE = "default";

  /**
   * An episode, as both lived it.
   *
   * @param number from 0
   */
  public record Pair(int number, LivedEpisode control, LivedEpisode experience) {}

  /**
   * What was lived.
   *
   * @param pairs whole episodes, in order
   * @param stopped why there are no more than these; empty when all were lived
   */
  public record Result(List<Pair> pairs, Optional<String> stopped) {}

  /**
   * Lives episodes until there are enough, or the account is exhausted; an episode that is cut in
   * its middle is not told.
   *
   * @param seed says which episodes these are
   * @param progress told the number of episodes lived
   */
  public Result live(long seed, int episodes, Account account, IntConsumer progress) {
    SplittableRandom seeds = new SplittableRandom(seed);
    List<Pair> pairs = new ArrayList<>();
    Optional<String> stopped = Optional.empty();
    while (pairs.size() < episodes && stopped.isEmpty()) {
      int number = pairs.size();
      long episode = seeds.nextInt(Integer.MAX_VALUE);
      LivedEpisode control = live("control", number, episode, Part.CONTROL);
      LivedEpisode experience = live("experience", number, episode, Part.LEARNS);
      if (control.end() == LivedEpisode.End.BUDGET || experience.end() == LivedEpisode.End.BUDGET) {
        stopped = Optional.of(account.exhausted().orElse("the budget is used up"));
      } else {
        pairs.add(new Pair(number, control, experience));
        progress.accept(pairs.size());
        if (pairs.size() % learnEvery == 0) {
          learn();
        }
      }
    }
    learn();
    return new Result(pairs, stopped);
  }

  private LivedEpisode live(String name, int number, long seed, Part part) {
    Conversation conversation = new Conversation(client, SPACE, name + "-" + number, part);
    instruction.ifPresent(conversation::instruct);
    return agent.live(conversation, seed);
  }

  private void learn() {
    client.post(SPACE, "/api/v1/learning/settle", client.object().put("timeout_seconds", 3_600));
  }
}
