package dev.hone.experience;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Where a query is sent.
 *
 * @param types the types searched, likeliest first; empty for all
 * @param likely the likeliest types with their probabilities, likeliest first; empty when there is
 *     nothing to decide, or nothing to decide by
 */
public record Routing(Set<String> types, List<Likely> likely) {

  /** To all types. */
  public static final Routing EVERYWHERE = new Routing(Set.of(), List.of());

  private static final double SURE = 0.8;
  private static final int MOST_TYPES = 3;
  private static final int MOST_TOLD = 5;

  /**
   * A type.
   *
   * @param probability that a text belongs to it, in [0, 1]
   */
  public record Likely(String type, double probability) {}

  public Routing {
    types = Collections.unmodifiableSet(new LinkedHashSet<>(types));
    likely = List.copyOf(likely);
  }

  /**
   * To the likeliest type when it is likely enough, else to the two or three likeliest.
   *
   * @param all types with probabilities that sum to 1, likeliest first
   */
  public static Routing by(List<Likely> all) {
    Set<String> chosen = new LinkedHashSet<>();
    double sum = 0;
    for (Likely each : all.subList(0, Math.min(MOST_TYPES, all.size()))) {
      if (sum < SURE) {
        chosen.add(each.type());
        sum += each.probability();
      }
    }
    return new Routing(chosen, all.subList(0, Math.min(MOST_TOLD, all.size())));
  }
}
