package dev.hone.frontend.classify;

import static dev.hone.testing.Samples.judged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hone.experience.Change;
import dev.hone.experience.Commit;
import dev.hone.experience.Kind;
import dev.hone.experience.Lesson;
import dev.hone.experience.Routing;
import dev.hone.experience.State;
import dev.hone.port.Pool;
import dev.hone.similarity.Analysis;
import dev.hone.similarity.Background;
import dev.hone.testing.SettableClock;
import dev.hone.testing.Stores;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The 57 subjects of MMLU (Hendrycks et al. 2021) as types: half of the questions with their
 * answers are the pool, the other half are asked. Skipped where the data set is absent.
 */
class SubjectsTest {

  private static final Path QUESTIONS = Path.of("..", "..", "shared", "data", "mmlu.jsonl.gz");
  private static final int ITEMS_OF_A_COMMIT = 500;
  private static final int ROUNDS = 3;

  @TempDir private Path folder;

  private record Question(String subject, String words, String answer) {}

  /** What was counted of the questions asked. */
  private static final class Tally {
    private int asked;
    private int first;
    private int amongThree;
    private int searched;
    private int types;
    private final double[] confidence = new double[10];
    private final int[] right = new int[10];

    void add(Question question, List<Routing.Likely> likely, Routing routing) {
      asked++;
      boolean hit = likely.getFirst().type().equals(question.subject);
      first += hit ? 1 : 0;
      amongThree +=
          likely.subList(0, 3).stream().anyMatch(each -> each.type().equals(question.subject))
              ? 1
              : 0;
      boolean everywhere = routing.types().isEmpty();
      searched += everywhere || routing.types().contains(question.subject) ? 1 : 0;
      types += everywhere ? likely.size() : routing.types().size();
      int bin = Math.min(9, (int) (10 * likely.getFirst().probability()));
      confidence[bin] += likely.getFirst().probability();
      right[bin] += hit ? 1 : 0;
    }

    /** The mean distance of the probabilities told from the shares that were right, by tenths. */
    double calibrationError() {
      double error = 0;
      for (int bin = 0; bin < right.length; bin++) {
        error += Math.abs(confidence[bin] - right[bin]);
      }
      return error / asked;
    }
  }

  private static List<Question> questions() throws IOException {
    assumeTrue(Files.exists(QUESTIONS), "the data set mmlu.jsonl.gz is not here");
    ObjectMapper json = new ObjectMapper();
    Set<Question> questions = new LinkedHashSet<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(QUESTIONS)), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        JsonNode row = json.readTree(line);
        questions.add(
            new Question(
                row.path("subject").asText(),
                row.path("question").asText(),
                row.path("choices").path(row.path("answer").asInt()).asText()));
      }
    }
    List<Question> shuffled = new ArrayList<>(questions);
    Collections.shuffle(shuffled, new Random(1));
    return shuffled;
  }

  private static void learn(Pool pool, List<Question> questions) {
    List<Change> changes = new ArrayList<>();
    for (Question question : questions) {
      String words = question.words.isBlank() ? "?" : question.words;
      String answer = question.answer.isBlank() ? "?" : question.answer;
      changes.add(
          new Change.Add(
              "item-%05d".formatted(changes.size()),
              new Lesson("A title", words, answer, Kind.FACT, question.subject),
              State.ACTIVE,
              "ann",
              List.of(judged("lectures", "ann", "as taught")),
              List.of()));
    }
    for (int from = 0; from < changes.size(); from += ITEMS_OF_A_COMMIT) {
      pool.apply(
          new Pool.ChangeSet(
              "main",
              Commit.Kind.IMPORT,
              "test",
              "test",
              changes.subList(from, Math.min(changes.size(), from + ITEMS_OF_A_COMMIT)),
              null));
    }
  }

  @Test
  void aQuestionThatWasNotSeenIsMostlySentToItsSubject() throws Exception {
    List<Question> questions = questions();
    List<Question> seen = questions.subList(0, questions.size() / 2);
    List<Question> asked = questions.subList(questions.size() / 2, questions.size());
    Map<String, String> types = new TreeMap<>();
    questions.forEach(each -> types.put(each.subject, each.subject.replace('_', ' ')));
    Analysis analysis = new Analysis();
    try (Stores stores = Stores.in(folder, new SettableClock())) {
      learn(stores.pool(), seen);
      LexicalClassifier classifier =
          new LexicalClassifier(types, stores.pool(), analysis, new Background(analysis));
      classifier.catchUp("main");
      Tally tally = new Tally();
      asked.forEach(
          question ->
              tally.add(
                  question,
                  classifier.likely("main", question.words),
                  classifier.route("main", question.words)));

      double n = tally.asked;
      System.out.printf(
          "routing of %d questions to %d subjects, pool of %d items (no model; words only): first"
              + " %.3f, among the first three %.3f, among those searched %.3f (%.2f types on"
              + " average), calibration error %.3f%n",
          tally.asked,
          types.size(),
          seen.size(),
          tally.first / n,
          tally.amongThree / n,
          tally.searched / n,
          tally.types / n,
          tally.calibrationError());
      time(classifier, analysis, asked);
      assertThat(types).hasSize(57);
      assertThat(tally.first / n).as("chance is 1 in 57").isGreaterThan(0.5);
      assertThat(tally.amongThree / n).isGreaterThan(0.7);
      assertThat(tally.searched / n).isGreaterThan(0.7);
      assertThat(tally.types / n).isLessThan(3);
      assertThat(tally.calibrationError()).isLessThan(0.15);
    }
  }

  /** Prints how long routing takes, as a multiple of analysing the same questions. */
  private static void time(
      LexicalClassifier classifier, Analysis analysis, List<Question> questions) {
    Set<Integer> results = new TreeSet<>();
    for (int round = 1; round <= ROUNDS; round++) {
      long start = System.nanoTime();
      questions.forEach(each -> results.add(analysis.terms(each.words).size()));
      long analysed = System.nanoTime();
      questions.forEach(each -> results.add(classifier.route("main", each.words).types().size()));
      long routed = System.nanoTime();
      System.out.printf(
          "round %d: analysis %.1f us, analysis and routing %.1f us a question (%.2f times)%n",
          round,
          (analysed - start) / 1e3 / questions.size(),
          (routed - analysed) / 1e3 / questions.size(),
          (double) (routed - analysed) / (analysed - start));
    }
    assertThat(results).isNotEmpty();
  }
}
