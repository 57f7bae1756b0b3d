package dev.hone.backend.store;

import static dev.hone.testing.Samples.ANN;
import static dev.hone.testing.Samples.SPACE;
import static dev.hone.testing.Samples.START;
import static dev.hone.testing.Samples.answered;
import static dev.hone.testing.Samples.assistant;
import static dev.hone.testing.Samples.block;
import static dev.hone.testing.Samples.opening;
import static dev.hone.testing.Samples.scope;
import static dev.hone.testing.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.experience.Anchor;
import dev.hone.experience.Block;
import dev.hone.experience.Digest;
import dev.hone.experience.Scope;
import dev.hone.port.Journal;
import dev.hone.testing.Stores;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How every {@link Journal} recognises conversations, and what Hone itself put into them. */
abstract class ConversationsContract {

  private static final Scope MINE = scope(SPACE, ANN);
  private static final Digest END = Digest.of("after", "Yes.");

  abstract Stores stores();

  private Journal journal() {
    return stores().journal();
  }

  private void said(String id, Scope scope, String answer) {
    journal().recorded(opening(id, scope, user("Is it?")), answered(assistant(answer)), List.of());
  }

  private void opened(String id, Scope scope, String conversation, Anchor anchor) {
    journal().opened(opening(id, scope, conversation, null, anchor, START, user("Is it?")));
  }

  @Test
  void theNewestInteractionThatEndedInAChainIsFound() {
    said("i1", MINE, "Yes.");
    said("i2", MINE, "Yes.");
    said("i3", MINE, "No.");

    assertThat(journal().endedWith(SPACE, ANN, END)).contains(new Journal.Turn("of-i2", "i2"));
    assertThat(journal().endedWith(SPACE, ANN, Digest.of("else"))).isEmpty();
  }

  @Test
  void conversationsOfOtherPrincipalsAndSpacesAreNotFound() {
    said("i1", scope(SPACE, "bob"), "Yes.");
    said("i2", scope("other", ANN), "Yes.");

    assertThat(journal().endedWith(SPACE, ANN, END)).isEmpty();
  }

  @Test
  void anAnchorComesBackByteForByte() {
    Block block =
        new Block(
            "\n\n‹ünï› 🙂",
            List.of(new Block.Shown("a", 1, 5), new Block.Shown("b", 12, 7)),
            30,
            List.of());
    Anchor first = new Anchor(Digest.of("m1"), block);
    Anchor second = new Anchor(Digest.of("m2"), Block.NONE);
    opened("i1", MINE, "talk", first);
    opened("i2", MINE, "talk", second);
    opened("i3", MINE, "elsewhere", new Anchor(Digest.of("m3"), Block.NONE));

    assertThat(journal().anchors(SPACE, "talk")).containsExactlyInAnyOrder(first, second);
    assertThat(journal().anchors("other", "talk")).isEmpty();
  }

  @Test
  void aBlockThatTheModelRefusedIsTakenBackForGood() {
    Block block = new Block("\n\nA note.", List.of(new Block.Shown("a", 1, 5)), 30, List.of());
    Digest chain = opening("i1", MINE, user("Is it?")).chain();
    Journal.Opening opening =
        opening("i1", MINE, "talk", null, new Anchor(chain, block), START, user("Is it?"));
    journal().opened(opening);
    assertThat(journal().receipt(SPACE, ANN, "i1").orElseThrow().block()).isEqualTo("\n\nA note.");

    journal().withoutExperience(opening);

    assertThat(journal().anchors(SPACE, "talk")).containsExactly(new Anchor(chain, Block.NONE));
    assertThat(journal().receipt(SPACE, ANN, "i1").orElseThrow().block()).isEmpty();
    assertThat(journal().receipt(SPACE, ANN, "i1").orElseThrow().exposures()).isEmpty();
  }

  @Test
  void anAnchorIsFrozen() {
    Anchor first = new Anchor(Digest.of("m1"), block("first"));
    opened("i1", MINE, "talk", first);
    opened("i2", MINE, "talk", new Anchor(Digest.of("m1"), block("second")));

    assertThat(journal().anchors(SPACE, "talk")).containsExactly(first);
  }

  @Test
  void sentencesPutIntoAPromptAreKnownOfThatPrincipalInThatSpaceOnly() {
    opened("i1", MINE, "talk", new Anchor(Digest.of("m1"), block("x", "six legs", "no wings")));

    assertThat(emitted(SPACE, ANN, "i1", "six legs", "eight legs", "six legs"))
        .containsExactly("six legs");
    assertThat(emitted(SPACE, ANN, "i1")).isEmpty();
    assertThat(emitted(SPACE, "bob", "i1", "six legs")).isEmpty();
    assertThat(emitted("other", ANN, "i1", "six legs")).isEmpty();
  }

  private Set<String> emitted(String space, String principal, String until, String... sentences) {
    return journal().emitted(space, principal, until, List.of(sentences));
  }

  @Test
  void aSentenceIsKnownFromTheInteractionOnThatItWasFirstPutInto() {
    opened("i2", MINE, "talk", new Anchor(Digest.of("m2"), block("x", "six legs")));
    opened("i3", MINE, "other talk", new Anchor(Digest.of("m3"), block("y", "six legs")));

    assertThat(emitted(SPACE, ANN, "i1", "six legs")).isEmpty();
    assertThat(emitted(SPACE, ANN, "i2", "six legs")).hasSize(1);
    assertThat(emitted(SPACE, ANN, "i3", "six legs")).hasSize(1);
  }

  @Test
  void theBlocksOfAConversationAreKnownUpToAnInteraction() {
    opened("i1", MINE, "talk", new Anchor(Digest.of("m1"), block("first")));
    opened("i2", MINE, "talk", new Anchor(Digest.of("m2"), Block.NONE));
    opened("i3", MINE, "talk", new Anchor(Digest.of("m3"), block("third")));
    opened("i4", MINE, "elsewhere", new Anchor(Digest.of("m4"), block("fourth")));

    assertThat(journal().blocks(SPACE, "i2")).containsExactly("first");
    assertThat(journal().blocks(SPACE, "i3")).containsExactly("first", "third");
    assertThat(journal().blocks("other", "i3")).isEmpty();
  }
}
