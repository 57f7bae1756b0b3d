package dev.hone.experience;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One message with its typed parts.
 *
 * @param role who speaks
 * @param parts what is said, in order
 */
public record Message(Role role, List<Part> parts) {

  public Message {
    parts = List.copyOf(parts);
  }

  /** A message of one text part. */
  public static Message text(Role role, String text) {
    return new Message(role, List.of(new Part.Text(text)));
  }

  /** The text parts, joined by line ends. */
  public String text() {
    return parts.stream()
        .filter(Part.Text.class::isInstance)
        .map(part -> ((Part.Text) part).text())
        .collect(Collectors.joining("\n"));
  }

  /**
   * What it says, each a text in which evidence can be quoted: its text parts as one, and each call
   * of a tool as the tool's name, a space, and the arguments.
   */
  public List<String> spans() {
    List<String> spans = new ArrayList<>();
    if (!text().isBlank()) {
      spans.add(text());
    }
    for (Part part : parts) {
      if (part instanceof Part.ToolCall call) {
        spans.add(call.name() + " " + call.arguments());
      }
    }
    return spans;
  }

  /** Whether the message asks for a tool. */
  public boolean callsTools() {
    return parts.stream().anyMatch(Part.ToolCall.class::isInstance);
  }

  /**
   * The digest that identifies the message: over role and parts, without reasoning (clients drop it
   * when they send a conversation again). A text given as a string and as a single text part have
   * the same digest.
   */
  public Digest digest() {
    List<String> canonical = new ArrayList<>();
    canonical.add(role.name());
    for (Part part : parts) {
      switch (part) {
        case Part.Text text -> {
          if (!text.text().isEmpty()) {
            canonical.add("text");
            canonical.add(text.text());
          }
        }
        case Part.ToolCall call -> {
          canonical.add("call");
          canonical.add(call.id());
          canonical.add(call.name());
          canonical.add(call.arguments());
        }
        case Part.Other other -> {
          canonical.add(other.type());
          canonical.add(other.json());
        }
        case Part.Reasoning ignored -> {}
      }
    }
    return Digest.of(canonical.toArray(String[]::new));
  }
}
