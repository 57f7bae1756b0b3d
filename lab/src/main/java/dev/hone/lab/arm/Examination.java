package dev.hone.lab.arm;

import dev.hone.lab.data.Question;
import dev.hone.lab.run.Asked;
import dev.hone.lab.run.RunFolder;
import dev.hone.lab.server.HoneClient;
import dev.hone.lab.server.Work;
import dev.hone.wire.Confidence;
import java.util.List;

/**
 * Asks what was not asked yet, and keeps each answer as it comes.
 *
 * @param folder where answers are kept
 * @param work how many are asked at a time
 */
public record Examination(RunFolder folder, Work work) {

  /** Whether all of these were asked. */
  public boolean done(Asked.Round round, List<Question> questions) {
    return questions.stream().allMatch(question -> folder.has(round, question.id()));
  }

  /** Asks the questions. */
  public void ask(String name, Answering asked, Asked.Round round, List<Question> questions) {
    work.each(
        name,
        questions.stream().filter(question -> !folder.has(round, question.id())).toList(),
        question -> {
          folder.add(ask(asked, round, question));
          return question.id();
        });
  }

  private static Asked ask(Answering asked, Asked.Round round, Question question) {
    long start = System.nanoTime();
    HoneClient.Said said = asked.ask(question);
    return new Asked(
        round,
        question.id(),
        question.topic(),
        said.text(),
        question.answeredBy(said.text()),
        Confidence.of(said.text()),
        said.tokens(),
        (System.nanoTime() - start) / 1e6);
  }
}
