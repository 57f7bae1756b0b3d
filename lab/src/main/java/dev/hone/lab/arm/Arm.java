package dev.hone.lab.arm;

import dev.hone.lab.data.Question;
import dev.hone.lab.server.HoneClient;
import java.util.List;

/** A way to show a model its past. All arms have the same model and the same token budget. */
public interface Arm extends Answering {

  /**
   * Takes in what was lived through, in this order; once, however often it is called with the same.
   *
   * @param part tells it from what else is lived through, before or later
   */
  void live(String part, List<Lived> past);

  /** Asks; nothing is learned from it. By any thread, after {@link #live}. */
  @Override
  HoneClient.Said ask(Question question);
}
