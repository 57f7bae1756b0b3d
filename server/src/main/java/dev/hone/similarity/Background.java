package dev.hone.similarity;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is known of English before a pool has grown: its function words. They are counted as
 * frequent in {@link #WEIGHT} imagined documents, so that a small pool does not take "which" for a
 * telling word; a large pool's own counts outweigh them. Words of other languages are weighed by
 * the pool's own counts alone.
 */
public final class Background {

  /** How many imagined documents the prior counts for. */
  public static final int WEIGHT = 100;

  private static final double COMMON_SHARE = 0.4;
  private static final double OTHER_SHARE = 0.002;

  private static final String FUNCTION_WORDS =
      """
      a about above after again against all also am an and another any are as at be because been before being below \
      between both but by called can cannot could did do does doing done down during each either else etc ever every few \
      following for from further get gets give given gives go goes got had has have having he her here hers herself him \
      himself his how i if in into is it its itself just kind know known let like made make makes many may me might mine \
      more most much must my myself name neither no nor not now of off often on once one ones only or other others our \
      ours ourselves out over own per please put rather same say says see seem she should since so some something such \
      take tell than that the their theirs them themselves then there these they thing things this those through to too \
      type typically under until up upon us use used uses using usually very via was way we well were what whatever when \
      where whether which while who whom whose why will with within without would yes yet you your yours yourself \
      yourselves don t s re ve ll d m doesn didn isn aren wasn weren won wouldn shouldn couldn hasn haven hadn ain\
      """;

  private final Set<String> common;

  /** The function words as the analysis gives them. */
  public Background(Analysis analysis) {
    common =
        Stream.of(FUNCTION_WORDS.split("\\s+"))
            .flatMap(word -> analysis.terms(word).stream())
            .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Whether the term is a function word; a single Latin letter (the label of a choice, say) counts
   * as one.
   */
  public boolean common(String term) {
    return common.contains(term)
        || (term.length() == 1 && term.charAt(0) < 0x250 && !Character.isDigit(term.charAt(0)));
  }

  /** Whether all of these terms are function words. */
  boolean common(List<String> terms) {
    return terms.stream().allMatch(this::common);
  }

  /** In how many of the imagined documents the term occurs. */
  public double documents(String term) {
    return WEIGHT * (common(term) ? COMMON_SHARE : OTHER_SHARE);
  }

  /**
   * The inverse document frequency of BM25 (Robertson and Spärck Jones, in Lucene's non-negative
   * form), with the imagined documents added to the real ones: {@code ln(1 + (N - df + 0.5) / (df +
   * 0.5))}.
   *
   * @param term the term
   * @param frequency real documents with the term
   * @param documents all real documents
   */
  public double idf(String term, double frequency, double documents) {
    double df = frequency + documents(term);
    double n = documents + WEIGHT;
    return Math.log1p((n - df + 0.5) / (df + 0.5));
  }
}
