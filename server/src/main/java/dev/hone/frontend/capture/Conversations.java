package dev.hone.frontend.capture;

import dev.hone.experience.Anchor;
import dev.hone.experience.Block;
import dev.hone.experience.Digest;
import dev.hone.experience.Message;
import dev.hone.experience.Role;
import dev.hone.experience.Scope;
import dev.hone.port.Ids;
import dev.hone.port.Journal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Recognises the conversation that a request goes on with: by the application's session, else by
 * the digests of the messages that it sends again. A request without history and without session
 * begins a new one.
 */
public final class Conversations {

  private static final int MOST_PROBES = 8;

  private final Journal journal;
  private final Ids ids;

  public Conversations(Journal journal, Ids ids) {
    this.journal = journal;
    this.ids = ids;
  }

  /**
   * Where a request stands in its conversation.
   *
   * @param conversation its id
   * @param parent the interaction before
   * @param newFrom index of the first message that the parent does not hold
   * @param anchors the blocks frozen in the conversation, by the chain they belong to
   */
  public record Place(
      String conversation, @Nullable String parent, int newFrom, Map<Digest, Block> anchors) {}

  /**
   * The place of a request whose history cannot be looked up: in the conversation of its session,
   * or in a new one.
   */
  public Place unlocated(Scope scope) {
    return new Place(ofSession(scope).orElseGet(ids::next), null, 0, Map.of());
  }

  private static Optional<String> ofSession(Scope scope) {
    return Optional.ofNullable(scope.session())
        .map(
            session ->
                Digest.of("session", scope.space(), scope.principal(), session)
                    .value()
                    .substring(0, 32));
  }

  /** Finds the place of a request, given its messages and their chain digests. */
  public Place locate(Scope scope, List<Message> messages, List<Digest> chain) {
    String space = scope.space();
    String parent = null;
    Optional<String> conversation = ofSession(scope);
    int newFrom = 0;
    int probes = 0;
    for (int i = messages.size() - 1; i >= 0 && probes < MOST_PROBES && parent == null; i--) {
      if (messages.get(i).role() == Role.ASSISTANT) {
        probes++;
        Optional<Journal.Turn> turn = journal.endedWith(space, scope.principal(), chain.get(i));
        if (turn.isPresent()) {
          parent = turn.get().interaction();
          conversation = conversation.or(() -> turn.map(Journal.Turn::conversation));
          newFrom = i + 1;
        }
      }
    }
    if (conversation.isEmpty()) {
      return unlocated(scope);
    }
    Map<Digest, Block> anchors = new HashMap<>();
    for (Anchor anchor : journal.anchors(space, conversation.get())) {
      anchors.put(anchor.chain(), anchor.block());
    }
    return new Place(conversation.get(), parent, newFrom, anchors);
  }
}
