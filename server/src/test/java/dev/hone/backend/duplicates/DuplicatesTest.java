package dev.hone.backend.duplicates;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every training question of SciQ, told again and again in other words. */
class DuplicatesTest {

  private static final Logger LOG = LoggerFactory.getLogger(DuplicatesTest.class);
  private static final int TIMES = 5;

  @TempDir private Path folder;

  @Test
  void theEditorsWordsAreHeldOutFromTheRulesOwnList() throws IOException {
    try (InputStream file =
        Objects.requireNonNull(getClass().getResourceAsStream("/similarity/decisive.txt"))) {
      List<String> lines =
          new String(file.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.startsWith("#"))
              .toList();
      Set<String> listed =
          lines.stream().flatMap(DuplicatesTest::words).collect(Collectors.toSet());
      assertThat(Editor.ADDED).doesNotContainAnyElementsOf(listed);
      List<Set<String>> synonyms =
          lines.stream()
              .filter(line -> line.matches("\\p{L}.*"))
              .map(line -> words(line).collect(Collectors.toSet()))
              .toList();
      assertThat(synonyms).isNotEmpty();
      assertThat(Editor.SYNONYMS.lines().map(line -> words(line).toList()))
          .allSatisfy(
              ones ->
                  assertThat(synonyms)
                      .allSatisfy(
                          known ->
                              assertThat(ones.stream().filter(known::contains))
                                  .hasSizeLessThan(2)));
    }
  }

  private static Stream<String> words(String line) {
    return Pattern.compile("[\\p{L}']+").matcher(line).results().map(MatchResult::group);
  }

  @Test
  void editedCopiesBecomeHardlyMoreItemsThanTheQuestionsThemselves() throws IOException {
    List<Pair> pairs = Pair.sciqTraining();
    int distinct = new HashSet<>(pairs).size();
    int once;
    try (Feeding feeding = new Feeding(folder.resolve("once"))) {
      feeding.feed(pairs);
      once = feeding.active().size();
      feeding.reasons.forEach((why, count) -> LOG.info("once: {} {}", count, why));
    }
    int edited;
    try (Feeding feeding = new Feeding(folder.resolve("edited"))) {
      Editor editor = new Editor(7);
      for (int i = 0; i < TIMES; i++) {
        List<Pair> copies = new ArrayList<>();
        pairs.forEach(pair -> copies.add(new Pair(editor.edited(pair.question()), pair.answer())));
        feeding.feed(copies);
        LOG.info("round {}: {} items", i + 1, feeding.active().size());
      }
      edited = feeding.active().size();
      feeding.reasons.forEach((why, count) -> LOG.info("edited: {} {}", count, why));
    }
    LOG.info(
        "{} pairs, {} distinct: fed once {} items; {} edited copies of each {} items, {} times as"
            + " many",
        pairs.size(),
        distinct,
        once,
        TIMES,
        edited,
        String.format("%.3f", (double) edited / once));

    assertThat((double) once).as("distinct pairs stay apart").isGreaterThan(0.95 * distinct);
    assertThat((double) edited).isBetween(0.97 * once, 1.15 * once);
  }

  @Test
  void pairsThatDifferInOneNumberNameOrNegationStaySeparate() throws IOException {
    List<Twins> twins = Twins.of(Pair.sciqTraining(), 500, new Random(11));
    try (Feeding feeding = new Feeding(folder)) {
      for (Twins each : twins) {
        feeding.feed(List.of(each.one()));
        feeding.feed(List.of(each.other()));
      }
      LOG.info(
          "{} pairs planted, {}: {} items",
          twins.size(),
          twins.stream()
              .collect(Collectors.groupingBy(Twins::differ, TreeMap::new, Collectors.counting())),
          feeding.active().size());

      assertThat(twins.size()).isEqualTo(500);
      assertThat(feeding.active().size()).isEqualTo(1_000);
    }
  }
}
