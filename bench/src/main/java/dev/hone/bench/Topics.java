package dev.hone.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Made-up questions: each topic has a few words of its own out of a vocabulary in which some are
 * frequent and most are rare (Zipf), and each question about it exchanges some of them.
 */
final class Topics {

  private static final int VOCABULARY = 20_000;
  private static final int WORDS = 10;
  private static final int EXCHANGED = 2;

  private final Random random;

  Topics(long seed) {
    random = new Random(seed);
  }

  /** The words of a new topic. */
  List<String> topic() {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < WORDS; i++) {
      words.add(word());
    }
    return words;
  }

  /** A question about a topic. */
  String question(List<String> topic) {
    List<String> words = new ArrayList<>(topic);
    for (int i = 0; i < EXCHANGED; i++) {
      words.set(random.nextInt(WORDS), word());
    }
    return "What is to be done with the " + String.join(" ", words) + " when it is on?";
  }

  /** Rank r is drawn about as often as 1/r. */
  private String word() {
    int rank = (int) Math.exp(random.nextDouble() * Math.log(VOCABULARY));
    return "w" + Integer.toString(rank, 36) + "q";
  }
}
