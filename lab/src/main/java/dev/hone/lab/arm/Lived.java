package dev.hone.lab.arm;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.lab.data.Question;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A question lived through.
 *
 * @param question what was asked
 * @param said what the model said
 * @param correction what it was told; empty when it was told that it is right
 */
public record Lived(Question question, String said, Optional<String> correction) {

  /** Told the truth: corrected where the model was wrong. */
  public static Lived judged(Question question, String said) {
    return new Lived(
        question,
        said,
        question.answeredBy(said) ? Optional.empty() : Optional.of(question.answer()));
  }

  /** The same questions, each corrected by the answer to another: a control. */
  public static List<Lived> shuffled(List<Lived> past, long seed) {
    List<String> answers =
        new ArrayList<>(past.stream().map(each -> each.question().answer()).toList());
    Collections.shuffle(answers, new Random(seed));
    List<Lived> shuffled = new ArrayList<>();
    for (int i = 0; i < past.size(); i++) {
      shuffled.add(
          new Lived(past.get(i).question(), past.get(i).said(), Optional.of(answers.get(i))));
    }
    return shuffled;
  }

  /** The answer that it was told is right. */
  public String answer() {
    return correction.orElse(question.answer());
  }

  /** The interaction, as in {@code POST /api/v1/interactions}. */
  public ObjectNode interaction() {
    ObjectNode interaction = JsonNodeFactory.instance.objectNode();
    interaction
        .putArray("messages")
        .addObject()
        .put("role", "user")
        .put("content", question.prompt());
    interaction.put("answer", said);
    correction.ifPresentOrElse(
        text -> interaction.put("correction", text),
        () -> interaction.put("metric", "correct").put("value", true));
    return interaction;
  }
}
