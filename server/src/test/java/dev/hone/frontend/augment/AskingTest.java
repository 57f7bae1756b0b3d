package dev.hone.frontend.augment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.experience.Block;
import dev.hone.testing.Samples;
import org.junit.jupiter.api.Test;

/** The sentence that asks a model how sure it is. */
class AskingTest {

  private final Asking asking = new Asking("Say how sure you are.\n", text -> 7);

  @Test
  void itStandsAfterTheBlockAndCountsAmongItsTokens() {
    Block block = Samples.block("\n\n<experience>…</experience>", "it is so");

    Block asked = asking.after(block);

    assertThat(asked.text()).isEqualTo(block.text() + "\n\nSay how sure you are.");
    assertThat(asked.items()).isEqualTo(block.items());
    assertThat(asked.tokens()).isEqualTo(block.tokens() + 7);
    assertThat(asked.sentences()).hasSize(2).contains("it is so");
  }

  @Test
  void itStandsAloneWhereNothingIsShown() {
    assertThat(asking.asks()).isTrue();
    assertThat(asking.after(Block.NONE).text()).isEqualTo("\n\nSay how sure you are.");
    assertThat(asking.after(Block.NONE).items()).isEmpty();
  }

  @Test
  void whereNothingIsAskedTheBlockStaysAsItIs() {
    Block block = Samples.block("x", "y");

    assertThat(Asking.NOTHING.asks()).isFalse();
    assertThat(Asking.NOTHING.after(block)).isEqualTo(block);
  }
}
