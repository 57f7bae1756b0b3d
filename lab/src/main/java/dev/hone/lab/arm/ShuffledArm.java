package dev.hone.lab.arm;

import dev.hone.lab.data.Question;
import dev.hone.lab.server.HoneClient;
import java.util.List;

/** Another arm, which is told the answers to other questions: a control. */
record ShuffledArm(Arm arm, long seed) implements Arm {

  @Override
  public void live(String part, List<Lived> past) {
    arm.live(part, Lived.shuffled(past, seed));
  }

  @Override
  public HoneClient.Said ask(Question question) {
    return arm.ask(question);
  }
}
