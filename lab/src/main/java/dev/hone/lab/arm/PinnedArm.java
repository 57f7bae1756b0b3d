package dev.hone.lab.arm;

import dev.hone.lab.data.Question;
import dev.hone.lab.server.HoneClient;
import java.util.List;

/**
 * A pool as it stands, whoever made it.
 *
 * @param client who asks
 * @param space where the pool is
 * @param head the commit that is asked
 */
public record PinnedArm(HoneClient client, String space, String head) implements Arm {

  /** The pool as it stands now. */
  public static PinnedArm of(HoneClient client, String space) {
    return new PinnedArm(client, space, client.head(space));
  }

  @Override
  public void live(String part, List<Lived> past) {
    throw new UnsupportedOperationException("the pool is what it is");
  }

  @Override
  public HoneClient.Said ask(Question question) {
    return client.ask(space, question.prompt(), "read", head);
  }
}
