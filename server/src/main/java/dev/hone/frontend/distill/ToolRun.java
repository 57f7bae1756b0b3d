package dev.hone.frontend.distill;

import dev.hone.experience.Evidence;
import dev.hone.experience.Interaction;
import dev.hone.experience.Message;
import dev.hone.experience.Part;
import dev.hone.experience.Role;
import dev.hone.similarity.Sentences;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The tools that an assistant called in a conversation, in order; what it called several times in a
 * row counts once.
 *
 * @param task what the conversation began with, as the user said it
 * @param calls names, each quoted where it was called
 */
record ToolRun(Evidence task, List<Evidence> calls) {

  /** Of a longer run the beginning is told. */
  private static final int LONGEST = 40;

  private static final String THEN = " → ";

  /** The run of a conversation; empty when no tool was called, or no user began it. */
  static Optional<ToolRun> of(List<Interaction> conversation) {
    List<Evidence> calls = new ArrayList<>();
    for (Interaction interaction : conversation) {
      for (Message message : interaction.turns()) {
        for (Part part : message.parts()) {
          if (message.role() == Role.ASSISTANT
              && part instanceof Part.ToolCall call
              && !call.name().isBlank()
              && (calls.isEmpty() || !calls.getLast().quote().equals(call.name()))) {
            calls.add(quote(interaction, Role.ASSISTANT, call.name()));
          }
        }
      }
    }
    return calls.isEmpty()
        ? Optional.empty()
        : task(conversation).map(task -> new ToolRun(task, calls));
  }

  private static Optional<Evidence> task(List<Interaction> conversation) {
    return conversation.stream()
        .flatMap(
            interaction ->
                interaction.messages().stream()
                    .filter(message -> message.role() == Role.USER && !message.text().isBlank())
                    .map(message -> quote(interaction, Role.USER, message.text().strip())))
        .findFirst();
  }

  private static Evidence quote(Interaction interaction, Role role, String quote) {
    return new Evidence(interaction.id(), role, quote, interaction.scope().principal());
  }

  /** The names in order. */
  String steps() {
    List<String> names = calls.stream().limit(LONGEST).map(Evidence::quote).toList();
    return Sentences.folded(
        String.join(THEN, names) + (calls.size() > LONGEST ? THEN + Material.LEFT_OUT : ""));
  }

  /** Where the names that are told stand, each name of an interaction once. */
  List<Evidence> evidence() {
    return calls.stream().limit(LONGEST).distinct().toList();
  }
}
