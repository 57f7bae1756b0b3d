package dev.hone.lab.arm;

import dev.hone.lab.data.Question;
import dev.hone.lab.server.HoneClient;
import java.util.List;

/** The model alone. */
record PlainArm(HoneClient client) implements Arm {

  @Override
  public void live(String part, List<Lived> past) {}

  @Override
  public HoneClient.Said ask(Question question) {
    return client.ask("default", question.prompt(), "off", "");
  }
}
