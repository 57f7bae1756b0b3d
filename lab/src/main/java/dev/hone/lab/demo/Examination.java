package dev.hone.lab.demo;

import dev.hone.lab.data.Question;
import dev.hone.lab.server.HoneClient;
import dev.hone.lab.server.Work;
import dev.hone.wire.Confidence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Asks held-out questions, so that nothing is learned from them: in mode {@code read}, of a pinned
 * commit; or in mode {@code off}, for what the model can do alone.
 */
final class Examination {

  private final Work work;
  private final HoneClient client;

  Examination(Work work, HoneClient client) {
    this.work = work;
    this.client = client;
  }

  /**
   * How it went.
   *
   * @param score how the model did
   * @param injected questions that came with experience
   * @param tokens injected, mean over all questions
   * @param overheads of Hone in milliseconds, ascending
   */
  record Result(Score score, int injected, double tokens, List<Double> overheads) {

    /** The overhead that this share of the requests stayed within. */
    double overhead(double share) {
      int index = (int) Math.ceil(share * overheads.size()) - 1;
      return overheads.isEmpty() ? 0 : overheads.get(Math.max(0, index));
    }
  }

  /** What the model can do alone. */
  Result plain(String name, List<Question> questions) {
    return run(name, questions, "default", "off", "");
  }

  /** What it can do with the experience of a space, as of its newest commit. */
  Result with(String name, List<Question> questions, String space) {
    return run(name, questions, space, "read", client.head(space));
  }

  private Result run(String name, List<Question> questions, String space, String mode, String pin) {
    List<HoneClient.Said> said =
        work.each(name, questions, question -> client.ask(space, question.prompt(), mode, pin));
    List<Score.Asked> asked = new ArrayList<>();
    List<Double> overheads = new ArrayList<>();
    for (int i = 0; i < said.size(); i++) {
      String text = said.get(i).text();
      asked.add(new Score.Asked(questions.get(i).answeredBy(text), Confidence.of(text)));
      overheads.add(said.get(i).overhead());
    }
    Collections.sort(overheads);
    return new Result(
        Score.of(asked),
        (int) said.stream().filter(each -> each.mode().equals("augmented")).count(),
        said.stream().mapToInt(HoneClient.Said::tokens).average().orElse(0),
        overheads);
  }
}
