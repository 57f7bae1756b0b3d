package dev.hone.model.builtin;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A user message as the reader takes it apart.
 *
 * @param question the question without choices and experience
 * @param choices what follows the labels {@code A)}, {@code B)}, …; empty for an open question
 * @param items the experience shown with it
 */
record Prompt(String question, List<String> choices, List<Item> items) {

  /** One item of the experience shown. */
  record Item(String when, String note) {}

  private static final Pattern BLOCK =
      Pattern.compile("<experience>(.*?)</experience>", Pattern.DOTALL);
  private static final Pattern ITEM = Pattern.compile("(?m)^\\[\\d+] When: (.*)\\R\\s+Note: (.*)$");
  private static final Pattern CHOICE =
      Pattern.compile("(?m)^\\s*\\(?([A-H])[).:]\\s+(.*\\S)\\s*$");

  /** The reader says its confidence anyway. */
  private static final Pattern CONFIDENCE =
      Pattern.compile("(?m)^End your answer with a line 'Confidence: '.*$");

  Prompt {
    choices = List.copyOf(choices);
    items = List.copyOf(items);
  }

  static Prompt of(String message) {
    List<Item> items = new ArrayList<>();
    Matcher block = BLOCK.matcher(message);
    while (block.find()) {
      Matcher item = ITEM.matcher(block.group(1));
      while (item.find()) {
        items.add(new Item(item.group(1), item.group(2)));
      }
    }
    String asked = CONFIDENCE.matcher(BLOCK.matcher(message).replaceAll("")).replaceAll("").strip();
    List<String> choices = new ArrayList<>();
    Matcher choice = CHOICE.matcher(asked);
    while (choice.find()) {
      if (choice.group(1).charAt(0) == 'A' + choices.size()) {
        choices.add(choice.group(2));
      }
    }
    return choices.size() < 2
        ? new Prompt(asked.strip(), List.of(), items)
        : new Prompt(CHOICE.matcher(asked).replaceAll("").strip(), choices, items);
  }
}
