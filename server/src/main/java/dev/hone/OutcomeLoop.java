package dev.hone;

import dev.hone.experience.Commit;
import dev.hone.network.Network;
import dev.hone.outcome.Lifts;
import dev.hone.outcome.Standing;
import dev.hone.port.ClosedSessions;
import dev.hone.port.Spaces;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The outcome loop: sessions that are over are closed, what they tell of each item's lift is added
 * up, and items whose harm or help is established change their standing, by a commit.
 */
final class OutcomeLoop {

  private static final Logger LOG = LoggerFactory.getLogger(OutcomeLoop.class);

  /** Interactions looked at in one transaction: capture waits for it. */
  private static final int AT_ONCE = 50;

  /**
   * @param quiet how long nothing was asked in a session that is closed
   * @param acts whether items change their standing
   */
  record Policy(Duration quiet, boolean acts) {}

  private final ClosedSessions sessions;
  private final Lifts lifts;
  private final Standing standing;
  private final Network network;
  private final Spaces spaces;
  private final InstantSource clock;
  private final Policy policy;

  OutcomeLoop(
      ClosedSessions sessions,
      Lifts lifts,
      Standing standing,
      Network network,
      Spaces spaces,
      InstantSource clock,
      Policy policy) {
    this.sessions = sessions;
    this.lifts = lifts;
    this.standing = standing;
    this.network = network;
    this.spaces = spaces;
    this.clock = clock;
    this.policy = policy;
  }

  /** Looks once. */
  synchronized void look() {
    Instant now = clock.instant();
    boolean more;
    do {
      more = sessions.close(now.minus(policy.quiet), now, AT_ONCE);
    } while (more);
    for (Spaces.Space space : spaces.list()) {
      lifts.refresh(space.name());
      if (policy.acts) {
        act(space.name());
      }
    }
  }

  /** Looks before the pool is held, since hardly ever anything is due; and once more then. */
  private void act(String space) {
    List<Standing.Due> due = standing.due(space);
    if (due.isEmpty()) {
      return;
    }
    Optional<Commit> commit =
        network.backend().alone(space, () -> standing.carryOut(space, standing.due(space)));
    commit.ifPresent(
        made -> LOG.info("space {}: {} ({})", space, made.reason(), made.id().substring(0, 12)));
  }
}
