package dev.hone.outcome;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which of many hypotheses may be rejected together: e-BH (Wang and Ramdas 2022, "False discovery
 * rate control with e-values").
 */
public final class Discoveries {

  private Discoveries() {}

  /**
   * Those whose e-value is at least {@code m / (level k)}, for the largest k for which there are k
   * such of the m given. However they depend on one another, the expected share of false ones among
   * them is at most the level. What was rejected earlier keeps the e-value that it had then and
   * stays among those given: so it remains rejected, and the level holds for all of them together.
   *
   * @param evidence the e-value of each hypothesis, rejected or not; of this many are some chosen
   * @param level in (0, 1)
   * @return the strongest first
   */
  public static <K> Set<K> among(Map<K, Double> evidence, double level) {
    List<Map.Entry<K, Double>> strongest =
        evidence.entrySet().stream()
            .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
            .toList();
    int found = 0;
    for (int k = 1; k <= strongest.size(); k++) {
      if (strongest.get(k - 1).getValue() >= strongest.size() / (level * k)) {
        found = k;
      }
    }
    Set<K> names = new LinkedHashSet<>();
    strongest.subList(0, found).forEach(each -> names.add(each.getKey()));
    return names;
  }
}
