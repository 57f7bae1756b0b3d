package dev.hone.lab.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * A data set that says what is lived through and what is asked; the seed changes the order lived
 * through.
 */
public record GivenSplit(String name, String about, List<Question> lived, List<Question> asked)
    implements Dataset {

  @Override
  public Parts parts(long seed) {
    List<Question> order = new ArrayList<>(lived);
    Collections.shuffle(order, new Random(seed));
    return new Parts(order, asked);
  }
}
