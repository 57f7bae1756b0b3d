package dev.hone.lab.arm;

import dev.hone.lab.data.Question;
import dev.hone.lab.server.HoneClient;

/**
 * A pool as it stands, whoever made it.
 *
 * @param client who asks
 * @param space where the pool is
 * @param head the commit that is asked
 */
public record PinnedArm(HoneClient client, String space, String head) implements Answering {

  /** The pool as it stands now. */
  public static PinnedArm of(HoneClient client, String space) {
    return new PinnedArm(client, space, client.head(space));
  }

  @Override
  public HoneClient.Said ask(Question question) {
    return client.ask(space, question.prompt(), "read", head);
  }
}
