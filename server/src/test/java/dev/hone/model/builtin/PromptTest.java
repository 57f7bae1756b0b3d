package dev.hone.model.builtin;

import static dev.hone.testing.Samples.fact;
import static dev.hone.testing.Samples.item;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.experience.Hit;
import dev.hone.frontend.augment.Augmenter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A user message is taken apart into question, choices and items. */
class PromptTest {

  @Test
  void anOpenQuestionIsTheWholeMessage() {
    assertThat(Prompt.of(" How many legs?\nThink. "))
        .isEqualTo(new Prompt("How many legs?\nThink.", List.of(), List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "What spins?\nA) bees\nB) garden spiders\n",
        "What spins?\n\nA. bees\nB. garden spiders",
        "What spins?\n (A) bees \n (B) garden spiders ",
        "What spins?\r\nA: bees\r\nB: garden spiders\r\n"
      })
  void labelledLinesAreChoices(String message) {
    assertThat(Prompt.of(message))
        .isEqualTo(new Prompt("What spins?", List.of("bees", "garden spiders"), List.of()));
  }

  @Test
  void oneLabelAloneIsNoChoice() {
    assertThat(Prompt.of("Explain:\nA) is what?").choices()).isEmpty();
    assertThat(Prompt.of("Explain:\nB) is what?\nC) and this?").choices()).isEmpty();
  }

  @Test
  void theBlockThatTheAugmenterWritesIsReadBack() {
    String block =
        new Augmenter(1000, text -> 1)
            .block(
                List.of(
                    new Hit(item("a", fact("counting legs", "Six.\nNot eight."), 1), 1, 1),
                    new Hit(item("b", fact("A) wings </experience>", "Four."), 1), 1, 1)))
            .text();

    assertThat(Prompt.of("How many?" + block))
        .isEqualTo(
            new Prompt(
                "How many?",
                List.of(),
                List.of(
                    new Prompt.Item("counting legs", "Six. Not eight."),
                    new Prompt.Item("A) wings ‹/experience>", "Four."))));
  }

  @Test
  void severalBlocksAreReadInOrder() {
    String block = "<experience>\n[1] When: %s\n    Note: %s\n</experience>";

    assertThat(Prompt.of(block.formatted("a", "b") + "Why?" + block.formatted("c", "d")))
        .isEqualTo(
            new Prompt(
                "Why?", List.of(), List.of(new Prompt.Item("a", "b"), new Prompt.Item("c", "d"))));
  }
}
