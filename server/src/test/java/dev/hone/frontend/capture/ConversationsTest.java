package dev.hone.frontend.capture;

import static dev.hone.testing.Samples.ANN;
import static dev.hone.testing.Samples.SPACE;
import static dev.hone.testing.Samples.assistant;
import static dev.hone.testing.Samples.block;
import static dev.hone.testing.Samples.scope;
import static dev.hone.testing.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.experience.Anchor;
import dev.hone.experience.Digest;
import dev.hone.experience.Message;
import dev.hone.experience.Scope;
import dev.hone.port.Journal.Turn;
import dev.hone.testing.CountingIds;
import dev.hone.testing.FakeJournal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A conversation is recognised by what the client sends again, or by its session. */
class ConversationsTest {

  private static final List<Message> TALK =
      List.of(user("one"), assistant("two"), user("three"), assistant("four"), user("five"));

  private final FakeJournal journal = new FakeJournal();
  private final Conversations conversations = new Conversations(journal, new CountingIds());

  private static List<Digest> chain(List<Message> messages) {
    List<Digest> chain = new ArrayList<>();
    Digest last = Digest.of();
    for (Message message : messages) {
      last = last.then(message.digest());
      chain.add(last);
    }
    return chain;
  }

  private Conversations.Place locate(Scope scope, List<Message> messages) {
    return conversations.locate(scope, messages, chain(messages));
  }

  private static Scope session(String principal, String session) {
    return new Scope(SPACE, principal, null, session, null);
  }

  @Test
  void aRequestWithoutHistoryBeginsAConversation() {
    assertThat(locate(scope(SPACE, ANN), List.of(user("one"))))
        .isEqualTo(new Conversations.Place("id-0001", null, 0, Map.of()));
    assertThat(locate(scope(SPACE, ANN), List.of(user("one"))).conversation()).isEqualTo("id-0002");
  }

  @Test
  void aRequestGoesOnWithTheNewestAnswerThatIsKnown() {
    journal.turns.put(chain(TALK).get(1), new Turn("talk", "i1"));
    assertThat(locate(scope(SPACE, ANN), TALK))
        .isEqualTo(new Conversations.Place("talk", "i1", 2, Map.of()));

    journal.turns.put(chain(TALK).get(3), new Turn("talk", "i2"));
    assertThat(locate(scope(SPACE, ANN), TALK))
        .isEqualTo(new Conversations.Place("talk", "i2", 4, Map.of()));
  }

  @Test
  void theBlocksFrozenInTheConversationComeWithIt() {
    Anchor anchor = new Anchor(chain(TALK).getFirst(), block("text"));
    journal.turns.put(chain(TALK).get(1), new Turn("talk", "i1"));
    journal.anchors.put("talk", List.of(anchor));

    assertThat(locate(scope(SPACE, ANN), TALK).anchors())
        .isEqualTo(Map.of(anchor.chain(), anchor.block()));
  }

  @Test
  void aHistoryThatNobodyKnowsBeginsAConversation() {
    assertThat(locate(scope(SPACE, ANN), TALK).parent()).isNull();
    assertThat(locate(scope(SPACE, ANN), TALK).newFrom()).isZero();
  }

  @Test
  void conversationsOfOthersAreNotGoneOnWith() {
    journal.turns.put(chain(TALK).get(1), new Turn("talk", "i1"));

    assertThat(locate(scope(SPACE, "bob"), TALK).parent()).isNull();
  }

  @Test
  void aSessionIsOneConversationOfItsPrincipalInItsSpace() {
    String conversation = locate(session(ANN, "s"), List.of(user("one"))).conversation();

    assertThat(locate(session(ANN, "s"), List.of(user("else"))).conversation())
        .isEqualTo(conversation);
    assertThat(
            List.of(
                locate(session(ANN, "t"), List.of(user("one"))).conversation(),
                locate(session("bob", "s"), List.of(user("one"))).conversation(),
                locate(new Scope("other", ANN, null, "s", null), List.of(user("one")))
                    .conversation()))
        .doesNotContain(conversation)
        .doesNotHaveDuplicates();
  }

  @Test
  void aSessionIsItsConversationAlsoWhenTheHistoryCannotBeLookedUp() {
    String conversation = locate(session(ANN, "s"), List.of(user("one"))).conversation();

    assertThat(conversations.unlocated(session(ANN, "s")))
        .isEqualTo(new Conversations.Place(conversation, null, 0, Map.of()));
    assertThat(conversations.unlocated(scope(SPACE, ANN)).conversation()).isEqualTo("id-0001");
  }

  @Test
  void insideASessionTheParentIsStillFoundByTheChain() {
    journal.turns.put(chain(TALK).get(3), new Turn("elsewhere", "i2"));
    Conversations.Place place = locate(session(ANN, "s"), TALK);

    assertThat(place.parent()).isEqualTo("i2");
    assertThat(place.newFrom()).isEqualTo(4);
    assertThat(place.conversation()).isNotEqualTo("elsewhere");
  }

  @Test
  void aLongUnknownHistoryIsLookedUpEightTimesAtMost() {
    List<Message> messages = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      messages.add(user("question " + i));
      messages.add(assistant("answer " + i));
    }
    locate(scope(SPACE, ANN), messages);

    assertThat(journal.probed).hasSize(8);
  }
}
