package dev.hone.lab.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.lab.data.Question;
import dev.hone.lab.server.HoneClient;
import dev.hone.lab.server.Work;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Lets a Hone live through questions: each is asked, in mode {@code capture}, and when the answer
 * is wrong, corrected. The same records, as they are or with the corrections shuffled among the
 * questions, go to the spaces of the other arms.
 */
final class LivedThrough {

  static final String EXPERIENCE = "default";
  static final String RAW = "raw";
  static final String SHUFFLED = "shuffled";

  private final Work work;
  private final HoneClient client;

  LivedThrough(Work work, HoneClient client) {
    this.work = work;
    this.client = client;
  }

  /** A question with what the model answered. */
  private record Lived(Question question, String answer) {}

  /** Lives through the questions in all three spaces; the corrections are shuffled by this seed. */
  void live(List<Question> questions, long seed) {
    client.post(EXPERIENCE, "/api/v1/spaces", space(RAW, "raw"));
    client.post(EXPERIENCE, "/api/v1/spaces", space(SHUFFLED, "distill"));
    List<Lived> records =
        work.each("asked and corrected", questions, question -> askAndCorrect(question));
    work.each("raw records", records, record -> tell(RAW, record, record.question().answer()));
    List<String> answers = new ArrayList<>(questions.stream().map(Question::answer).toList());
    Collections.shuffle(answers, new Random(seed));
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < records.size(); i++) {
      numbers.add(i);
    }
    work.each("corrections shuffled", numbers, i -> tell(SHUFFLED, records.get(i), answers.get(i)));
  }

  private ObjectNode space(String name, String learning) {
    return client.object().put("name", name).put("learning", learning);
  }

  private Lived askAndCorrect(Question question) {
    HoneClient.Said said = client.ask(EXPERIENCE, question.prompt(), "capture", "");
    ObjectNode feedback = client.object().put("interaction_id", said.interaction());
    if (question.answeredBy(said.text())) {
      feedback.put("metric", "correct").put("value", true);
    } else {
      feedback.put("correction", question.answer());
    }
    client.post(EXPERIENCE, "/api/v1/feedback", feedback);
    return new Lived(question, said.text());
  }

  private String tell(String space, Lived record, String correction) {
    ObjectNode interaction = client.object();
    interaction
        .putArray("messages")
        .addObject()
        .put("role", "user")
        .put("content", record.question().prompt());
    interaction.put("answer", record.answer()).put("correction", correction);
    return client.post(space, "/api/v1/interactions", interaction).path("id").asText();
  }
}
