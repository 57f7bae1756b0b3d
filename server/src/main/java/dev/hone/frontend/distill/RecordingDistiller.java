package dev.hone.frontend.distill;

import dev.hone.experience.Draft;
import dev.hone.experience.Episode;
import dev.hone.experience.Evidence;
import dev.hone.experience.Interaction;
import dev.hone.experience.Kind;
import dev.hone.experience.Lesson;
import dev.hone.experience.Message;
import dev.hone.experience.Outcome;
import dev.hone.experience.Role;
import dev.hone.port.Distiller;
import dev.hone.similarity.Sentences;
import java.util.ArrayList;
import java.util.List;

/** Keeps each record as it is, distilling nothing: the paper's memory-based baseline. */
public final class RecordingDistiller implements Distiller {

  @Override
  public Distillation distill(Episode episode) {
    List<Draft> drafts = new ArrayList<>();
    for (Interaction interaction : episode.interactions()) {
      StringBuilder asked = new StringBuilder();
      StringBuilder followed = new StringBuilder();
      List<Evidence> evidence = new ArrayList<>();
      String principal = interaction.scope().principal();
      for (Message message : interaction.messages()) {
        add(asked, evidence, interaction, message.role(), message.text(), principal);
      }
      Message answer = interaction.answer();
      if (answer != null) {
        add(followed, evidence, interaction, Role.ASSISTANT, answer.text(), principal);
      }
      for (Outcome outcome : interaction.outcomes()) {
        String words = outcome.words().isEmpty() ? "" : outcome.words().getFirst();
        add(followed, evidence, interaction, Role.OUTCOME, words, outcome.principal());
      }
      if (!asked.isEmpty()) {
        String when = Sentences.folded(asked.toString());
        String content = followed.isEmpty() ? when : Sentences.folded(followed.toString());
        drafts.add(new Draft(new Lesson("Record", when, content, Kind.INSIGHT, ""), evidence));
      }
    }
    return drafts.isEmpty()
        ? new Distillation.Nothing("nothing was said")
        : new Distillation.Lessons(drafts, List.of());
  }

  private static void add(
      StringBuilder record,
      List<Evidence> evidence,
      Interaction interaction,
      Role role,
      String text,
      String principal) {
    if (!text.isBlank()) {
      record.append(text.strip()).append('\n');
      evidence.add(new Evidence(interaction.id(), role, text.strip(), principal));
    }
  }
}
