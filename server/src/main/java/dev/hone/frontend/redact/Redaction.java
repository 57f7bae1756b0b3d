package dev.hone.frontend.redact;

import dev.hone.experience.Episode;
import dev.hone.experience.Interaction;
import dev.hone.experience.Message;
import dev.hone.experience.Outcome;
import dev.hone.experience.Part;
import dev.hone.experience.Placeholder;
import dev.hone.port.Secrets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An episode without its secrets. What is a secret in one text of the episode is one in all of
 * them, also where nothing near it gives it away.
 */
final class Redaction {

  /** A shorter secret is taken out where it was found only: elsewhere it may be a common word. */
  private static final int TELLING = 8;

  /** The longest first, so that a secret within another does not cut it. */
  private final Map<String, String> placeholders =
      new TreeMap<>(
          Comparator.comparingInt(String::length)
              .reversed()
              .thenComparing(Comparator.naturalOrder()));

  private final Secrets secrets;

  Redaction(Secrets secrets) {
    this.secrets = secrets;
  }

  Episode of(Episode episode) {
    Episode cut = mapped(episode, this::cut);
    return placeholders.isEmpty() ? episode : mapped(cut, this::swept);
  }

  /** The text without what is known as a secret where it stands. */
  private String cut(String text) {
    List<Secrets.Span> spans = secrets.in(text);
    if (spans.isEmpty()) {
      return text;
    }
    StringBuilder left = new StringBuilder();
    int end = 0;
    for (Secrets.Span span : spans) {
      String placeholder = Placeholder.of(span.kind());
      placeholders.putIfAbsent(text.substring(span.start(), span.end()), placeholder);
      left.append(text, end, span.start()).append(placeholder);
      end = span.end();
    }
    return left.append(text, end, text.length()).toString();
  }

  /** The text without what is a secret in some other text. */
  private String swept(String text) {
    String left = text;
    for (Map.Entry<String, String> each : placeholders.entrySet()) {
      if (each.getKey().length() >= TELLING) {
        left = left.replace(each.getKey(), each.getValue());
      }
    }
    return left;
  }

  private static Episode mapped(Episode episode, UnaryOperator<String> text) {
    List<Interaction> interactions = new ArrayList<>();
    for (Interaction each : episode.interactions()) {
      interactions.add(mapped(each, text));
    }
    return new Episode(
        episode.id(), episode.revision(), episode.space(), episode.principal(), interactions);
  }

  private static Interaction mapped(Interaction interaction, UnaryOperator<String> text) {
    Message answer = interaction.answer();
    return new Interaction(
        interaction.id(),
        interaction.scope(),
        interaction.conversation(),
        interaction.parent(),
        interaction.state(),
        interaction.model(),
        interaction.messages().stream().map(message -> mapped(message, text)).toList(),
        answer == null ? null : mapped(answer, text),
        interaction.outcomes().stream().map(outcome -> mapped(outcome, text)).toList(),
        interaction.openedAt(),
        interaction.episode());
  }

  private static Message mapped(Message message, UnaryOperator<String> text) {
    return new Message(
        message.role(), message.parts().stream().map(part -> mapped(part, text)).toList());
  }

  private static Part mapped(Part part, UnaryOperator<String> text) {
    return switch (part) {
      case Part.Text said -> new Part.Text(text.apply(said.text()));
      case Part.Reasoning thought -> new Part.Reasoning(text.apply(thought.text()));
      case Part.ToolCall call ->
          new Part.ToolCall(call.id(), text.apply(call.name()), text.apply(call.arguments()));
      case Part.Other other -> new Part.Other(other.type(), text.apply(other.json()));
    };
  }

  private static Outcome mapped(Outcome outcome, UnaryOperator<String> text) {
    return new Outcome(
        outcome.id(),
        outcome.interaction(),
        text.apply(outcome.metric()),
        outcome.value(),
        mapped(outcome.correction(), text),
        mapped(outcome.comment(), text),
        outcome.principal(),
        outcome.at());
  }

  private static @Nullable String mapped(@Nullable String words, UnaryOperator<String> text) {
    return words == null ? null : text.apply(words);
  }
}
