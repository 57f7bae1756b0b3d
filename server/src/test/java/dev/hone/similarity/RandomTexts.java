package dev.hone.similarity;

import java.util.Random;

/** Short texts of few words, so that many are alike. */
final class RandomTexts {

  private static final String[] WORDS =
      ("amber basil cedar delta ember fjord grove haze iris jade kelp lilac maple north ocean pearl"
              + " quartz river stone tulip umber violet willow yarrow zinc 7 12 1900")
          .split(" ");

  private final Random random;

  RandomTexts(long seed) {
    random = new Random(seed);
  }

  /** Early words are frequent, late ones rare. */
  String next() {
    StringBuilder text = new StringBuilder();
    for (int i = 1 + random.nextInt(7); i > 0; i--) {
      int index = (int) (WORDS.length * random.nextDouble() * random.nextDouble());
      text.append(WORDS[index]).append(' ');
    }
    return text.toString();
  }

  int below(int bound) {
    return random.nextInt(bound);
  }
}
