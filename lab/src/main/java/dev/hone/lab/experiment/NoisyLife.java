package dev.hone.lab.experiment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.lab.arm.Answering;
import dev.hone.lab.arm.Examination;
import dev.hone.lab.arm.Lived;
import dev.hone.lab.data.Question;
import dev.hone.lab.run.Asked;
import dev.hone.lab.server.HoneClient;
import dev.hone.lab.server.Space;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A pool whose clients ask the same questions in several epochs. Each answer is judged right or
 * wrong, truly; after each epoch a share of the questions is corrected, and some of the corrections
 * are wrong. The last epoch, and some before it, is followed by an examination, of which nothing is
 * learned and in which nothing is held back.
 */
final class NoisyLife {

  private static final String LIFE = "life";
  private static final String EXAM = "exam";

  /**
   * How it is lived.
   *
   * @param epochs how often each question is asked
   * @param corrected share of the questions corrected after an epoch, others each time
   * @param wrong share of the corrections that are wrong
   * @param exams how many examinations there are, evenly spread
   */
  record Plan(int epochs, double corrected, double wrong, int exams) {

    boolean examines(int epoch) {
      return epoch * exams / epochs > (epoch - 1) * exams / epochs;
    }

    List<Integer> examined() {
      return IntStream.rangeClosed(1, epochs).filter(this::examines).boxed().toList();
    }
  }

  private final LabRun run;
  private final String name;
  private final long seed;
  private final List<Question> questions;
  private final Plan plan;

  /**
   * @param name of the arm
   */
  NoisyLife(LabRun run, String name, long seed, List<Question> questions, Plan plan) {
    this.run = run;
    this.name = name;
    this.seed = seed;
    this.questions = questions;
    this.plan = plan;
  }

  /** The answers of an examination. */
  static boolean examined(Asked asked, String arm, int epoch) {
    return asked.round().arm().equals(arm)
        && asked.round().epoch() == epoch
        && asked.round().client().equals(EXAM);
  }

  private Asked.Round round(int epoch, String of) {
    return new Asked.Round(seed, name, epoch, of);
  }

  /** Whether everything was asked. */
  boolean done() {
    return run.examination().done(round(plan.epochs, EXAM), questions);
  }

  /** Lives; what was asked is not asked again. */
  void live(HoneClient hone) {
    HoneClient client = hone.as(name.replace(' ', '-'));
    Space space = new Space(client, name.replace(", ", "-").replace(' ', '-'));
    space.create("distill");
    Examination examination = run.examination();
    for (int epoch = 1; epoch <= plan.epochs; epoch++) {
      String told = "seed " + seed + ": " + name + " " + epoch + "/" + plan.epochs;
      examination.ask(told, new Judged(client, space), round(epoch, LIFE), questions);
      client.post(space.name(), "/api/v1/lift", client.object());
      correct(space, epoch);
      if (plan.examines(epoch)) {
        examination.ask(
            told + " exam", new Unlearned(client, space), round(epoch, EXAM), questions);
      }
    }
  }

  /** Asks as any client does, and says whether the answer was right. */
  private record Judged(HoneClient client, Space space) implements Answering {

    @Override
    public HoneClient.Said ask(Question question) {
      HoneClient.Said said = client.ask(space.name(), question.prompt(), "augment", "");
      ObjectNode outcome =
          client
              .object()
              .put("interaction_id", said.interaction())
              .put("metric", "correct")
              .put("value", question.answeredBy(said.text()));
      client.post(space.name(), "/api/v1/feedback", outcome);
      return said;
    }
  }

  /** Asks what nothing is learned of. */
  private record Unlearned(HoneClient client, Space space) implements Answering {

    @Override
    public HoneClient.Said ask(Question question) {
      return client.ask(space.name(), question.prompt(), "read", "");
    }
  }

  private void correct(Space space, int epoch) {
    Map<String, Question> others = others();
    Random random = new Random(10_000 * seed + epoch);
    List<Lived> told = new ArrayList<>();
    for (Question question : chosen(epoch)) {
      String said = run.folder().said(round(epoch, LIFE), question.id());
      Question other = others.getOrDefault(question.id(), question);
      boolean wrong = random.nextDouble() < plan.wrong;
      String mistake = mistake(question, other, random);
      told.add(
          wrong ? new Lived(question, said, Optional.of(mistake)) : Lived.judged(question, said));
    }
    space.tell("epoch-" + epoch, told.stream().map(Lived::interaction).toList());
    space.settle();
  }

  /** Another choice; of an open question, the answer to another. */
  private static String mistake(Question question, Question other, Random random) {
    List<String> choices =
        question.choices().stream().filter(each -> !each.equals(question.answer())).toList();
    return choices.isEmpty() ? other.answer() : choices.get(random.nextInt(choices.size()));
  }

  /** To each question another one. */
  private Map<String, Question> others() {
    Map<String, Question> others = new HashMap<>();
    for (int i = 0; i < questions.size(); i++) {
      others.put(questions.get(i).id(), questions.get((i + 1) % questions.size()));
    }
    return others;
  }

  private List<Question> chosen(int epoch) {
    List<Question> order = new ArrayList<>(questions);
    Collections.shuffle(order, new Random(1_000 * seed));
    int share = Math.max(1, (int) Math.round(plan.corrected * order.size()));
    return IntStream.range(0, share)
        .mapToObj(i -> order.get(((epoch - 1) * share + i) % order.size()))
        .toList();
  }
}
