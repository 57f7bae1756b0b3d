package dev.hone.experience;

import java.util.List;

/**
 * The text that augments one user message.
 *
 * @param text as put into the request, byte for byte; empty when nothing was put in
 * @param items the items shown, in order of rank; none when the text shows nothing
 * @param tokens what it costs, estimated
 * @param sentences what it says: none of it is ever evidence when it comes back
 */
public record Block(String text, List<Shown> items, int tokens, List<String> sentences) {

  /** One item in a block. */
  public record Shown(String id, int version, int tokens) {}

  /** Nothing to add. */
  public static final Block NONE = new Block("", List.of(), 0, List.of());

  public Block {
    items = List.copyOf(items);
    sentences = List.copyOf(sentences);
  }

  public boolean isEmpty() {
    return text.isEmpty();
  }
}
