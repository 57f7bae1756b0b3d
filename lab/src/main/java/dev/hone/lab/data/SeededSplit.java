package dev.hone.lab.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A data set of which 80 % of each topic are lived through and 20 % asked; the seed says which, and
 * in which order.
 */
public record SeededSplit(String name, String about, List<Question> questions) implements Dataset {

  private static final double LIVED = 0.8;

  @Override
  public Parts parts(long seed) {
    Random random = new Random(seed);
    List<Question> lived = new ArrayList<>();
    List<Question> asked = new ArrayList<>();
    Map<String, List<Question>> topics =
        questions.stream()
            .collect(Collectors.groupingBy(Question::topic, TreeMap::new, Collectors.toList()));
    for (List<Question> topic : topics.values()) {
      List<Question> order = new ArrayList<>(topic);
      Collections.shuffle(order, random);
      int split = (int) Math.round(LIVED * order.size());
      lived.addAll(order.subList(0, split));
      asked.addAll(order.subList(split, order.size()));
    }
    Collections.shuffle(lived, random);
    Collections.shuffle(asked, random);
    return new Parts(lived, asked);
  }
}
