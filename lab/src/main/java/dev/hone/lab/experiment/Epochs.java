package dev.hone.lab.experiment;

import dev.hone.lab.arm.Examination;
import dev.hone.lab.arm.Lived;
import dev.hone.lab.arm.SpaceArm;
import dev.hone.lab.data.Question;
import dev.hone.lab.run.Asked;
import dev.hone.lab.server.HoneClient;
import dev.hone.lab.server.Space;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Several clients ask the same questions in several epochs. After each epoch every client is told
 * the truth about a share of them, other ones each time, until it was told about all.
 */
final class Epochs {

  static final String SHARED = "shared";
  static final String PRIVATE = "private";

  private final LabRun run;
  private final long seed;
  private final List<Question> questions;
  private final int clients;
  private final int epochs;
  private final double corrected;

  Epochs(
      LabRun run, long seed, List<Question> questions, int clients, int epochs, double corrected) {
    this.run = run;
    this.seed = seed;
    this.questions = questions;
    this.clients = clients;
    this.epochs = epochs;
    this.corrected = corrected;
  }

  /** Whether everything was asked. */
  boolean done() {
    Examination examination = run.examination();
    for (String pool : List.of(SHARED, PRIVATE)) {
      for (int client = 1; client <= clients; client++) {
        if (!examination.done(round(pool, epochs, client), questions)) {
          return false;
        }
      }
    }
    return true;
  }

  private Asked.Round round(String pool, int epoch, int client) {
    return new Asked.Round(seed, pool, epoch, name(client));
  }

  private static String name(int client) {
    return "client-" + client;
  }

  /** Goes through all epochs; what was asked is not asked again. */
  void live(HoneClient hone) {
    for (String pool : List.of(SHARED, PRIVATE)) {
      List<SpaceArm> arms = arms(hone, pool);
      arms.forEach(arm -> arm.live("begin", List.of()));
      for (int epoch = 1; epoch <= epochs; epoch++) {
        ask(pool, arms, epoch);
        if (epoch < epochs) {
          correct(pool, arms, epoch);
        }
      }
    }
  }

  private List<SpaceArm> arms(HoneClient hone, String pool) {
    List<SpaceArm> arms = new ArrayList<>();
    for (int client = 1; client <= clients; client++) {
      HoneClient self = hone.as(name(client));
      String space = pool.equals(SHARED) ? SHARED : PRIVATE + "-" + client;
      arms.add(new SpaceArm(new Space(self, space), self, "distill", false));
    }
    return arms;
  }

  private void ask(String pool, List<SpaceArm> arms, int epoch) {
    for (int client = 1; client <= clients; client++) {
      run.examination()
          .ask(
              "seed " + seed + ": " + pool + " " + epoch + "/" + client,
              arms.get(client - 1),
              round(pool, epoch, client),
              questions);
    }
  }

  /** All clients are told before any asks again. */
  private void correct(String pool, List<SpaceArm> arms, int epoch) {
    for (int client = 1; client <= clients; client++) {
      Asked.Round round = round(pool, epoch, client);
      List<Lived> told =
          chosen(epoch, client).stream()
              .map(question -> Lived.judged(question, run.folder().said(round, question.id())))
              .toList();
      arms.get(client - 1).live("epoch-" + epoch + "/" + name(client), told);
    }
    arms.forEach(SpaceArm::look);
  }

  private List<Question> chosen(int epoch, int client) {
    List<Question> order = new ArrayList<>(questions);
    Collections.shuffle(order, new Random(1_000 * seed + client));
    int share = Math.max(1, (int) Math.round(corrected * order.size()));
    List<Question> chosen = new ArrayList<>();
    for (int i = 0; i < share; i++) {
      chosen.add(order.get(((epoch - 1) * share + i) % order.size()));
    }
    return chosen;
  }
}
