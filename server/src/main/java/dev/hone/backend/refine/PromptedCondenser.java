package dev.hone.backend.refine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.experience.Experience;
import dev.hone.experience.Lesson;
import dev.hone.port.Condenser;
import dev.hone.port.LearningModel;
import dev.hone.wire.JsonAnswer;
import dev.hone.wire.Malformed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Condenses with a language model: one call a group, a versioned prompt ({@code prompts/condense}).
 */
public final class PromptedCondenser implements Condenser {

  private final LearningModel model;
  private final String instructions;

  public PromptedCondenser(LearningModel model, String instructions) {
    this.model = model;
    this.instructions = instructions;
  }

  @Override
  public Condensed condense(List<Experience> group) {
    StringBuilder material = new StringBuilder();
    int number = 0;
    for (Experience item : group) {
      material.append("Item ").append(++number).append('\n');
      material.append("when: ").append(item.lesson().when()).append('\n');
      material.append("content: ").append(item.lesson().content()).append("\n\n");
    }
    return switch (model.ask(group.getFirst().space(), instructions, material.toString())) {
      case LearningModel.Reply.Unavailable later -> new Condensed.Later(later.why());
      case LearningModel.Reply.NotAsked later -> new Condensed.Later(later.why());
      case LearningModel.Reply.Refused refused -> new Condensed.Unreadable(refused.why());
      case LearningModel.Reply.Text text -> {
        try {
          yield new Condensed.Made(read(group, text.text()));
        } catch (Malformed e) {
          yield new Condensed.Unreadable(e.reason());
        }
      }
    };
  }

  private static List<Condensation> read(List<Experience> group, String answer) throws Malformed {
    List<Condensation> results = new ArrayList<>();
    Set<Integer> used = new HashSet<>();
    for (JsonNode result : JsonAnswer.list(JsonAnswer.object(answer), "results")) {
      List<Experience> parents = new ArrayList<>();
      for (JsonNode number : JsonAnswer.list(result, "items")) {
        int index = number.asInt(0) - 1;
        if (index < 0 || index >= group.size() || !used.add(index)) {
          throw new Malformed("item " + number + " is not there, or was used before");
        }
        parents.add(group.get(index));
      }
      if (parents.size() > 1) {
        Lesson first = parents.getFirst().lesson();
        results.add(
            new Condensation(
                parents,
                new Lesson(
                    JsonAnswer.text(result, "title"),
                    JsonAnswer.text(result, "when"),
                    JsonAnswer.text(result, "content"),
                    first.kind(),
                    first.type())));
      }
    }
    return results;
  }
}
