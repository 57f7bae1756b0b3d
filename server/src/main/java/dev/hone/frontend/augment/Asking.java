package dev.hone.frontend.augment;

import dev.hone.experience.Block;
import dev.hone.port.Tokens;
import dev.hone.similarity.Sentences;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks the model how sure it is: one sentence after the block, or where the block would stand. It
 * is frozen with the block, counts among its tokens, and is no evidence when it comes back.
 */
public final class Asking {

  /** Asks for nothing. */
  public static final Asking NOTHING = new Asking("", text -> 0);

  private final String text;
  private final List<String> sentences;
  private final int tokens;

  /**
   * @param sentence what to ask; blank for nothing
   */
  public Asking(String sentence, Tokens tokens) {
    this.text = sentence.isBlank() ? "" : "\n\n" + sentence.strip();
    this.sentences = Sentences.normal(sentence);
    this.tokens = tokens.count(text);
  }

  /** Whether it asks anything. */
  public boolean asks() {
    return !text.isEmpty();
  }

  /** The block with the sentence after it. */
  public Block after(Block block) {
    List<String> all = new ArrayList<>(block.sentences());
    all.addAll(sentences);
    return new Block(block.text() + text, block.items(), block.tokens() + tokens, all);
  }
}
