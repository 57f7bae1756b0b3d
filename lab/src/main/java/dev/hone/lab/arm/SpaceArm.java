package dev.hone.lab.arm;

import dev.hone.lab.data.Question;
import dev.hone.lab.server.HoneClient;
import dev.hone.lab.server.Space;
import java.util.List;

/**
 * What a space of Hone made of the past. Questions are asked in mode {@code read}, of the newest
 * commit.
 */
public final class SpaceArm implements Arm {

  private final Space space;
  private final HoneClient asking;
  private final String learning;
  private final boolean refined;
  private volatile String head = "";

  /**
   * @param space where it is lived through
   * @param asking who asks
   * @param learning how the space learns, as in {@code POST /api/v1/spaces}
   * @param refined whether it is refined after it was learned from
   */
  public SpaceArm(Space space, HoneClient asking, String learning, boolean refined) {
    this.space = space;
    this.asking = asking;
    this.learning = learning;
    this.refined = refined;
  }

  @Override
  public void live(String part, List<Lived> past) {
    space.create(learning);
    space.tell(part, past.stream().map(Lived::interaction).toList());
    space.settle();
    if (refined) {
      space.refine();
    }
    look();
  }

  /** Asks from now on as of the newest commit, which another client may have brought about. */
  public void look() {
    head = space.head();
  }

  @Override
  public HoneClient.Said ask(Question question) {
    return asking.ask(space.name(), question.prompt(), "read", head);
  }
}
