package dev.hone.lab.arm;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hone.lab.data.Question;
import dev.hone.lab.run.JsonLines;
import dev.hone.lab.server.HoneClient;
import dev.hone.lab.server.Work;
import java.util.List;

/**
 * What the model says to questions before it has learned anything. They are asked once, whichever
 * arms and seeds live through them.
 *
 * @param kept where answers are kept
 */
public record FirstAnswers(JsonLines kept, HoneClient client, Work work) {

  /** The questions as they were lived through, in this order, each told the truth. */
  public List<Lived> to(List<Question> questions) {
    work.each(
        "asked first",
        questions.stream().filter(question -> kept.find(question.id()).isEmpty()).toList(),
        question -> {
          String said = client.ask("default", question.prompt(), "off", "").text();
          kept.add(
              JsonNodeFactory.instance.objectNode().put("id", question.id()).put("said", said));
          return said;
        });
    return questions.stream()
        .map(
            question ->
                Lived.judged(
                    question, kept.find(question.id()).orElseThrow().path("said").asText()))
        .toList();
  }
}
