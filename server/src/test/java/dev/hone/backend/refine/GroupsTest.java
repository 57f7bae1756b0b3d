package dev.hone.backend.refine;

import static dev.hone.testing.Samples.fact;
import static dev.hone.testing.Samples.item;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.experience.Experience;
import dev.hone.similarity.Analysis;
import dev.hone.similarity.Background;
import dev.hone.similarity.Bm25;
import dev.hone.similarity.Neighbourhood;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Groups are the connected components over similar pairs of one type. */
class GroupsTest {

  private static Groups groups(double threshold, List<Experience> items) {
    Analysis analysis = new Analysis();
    Map<String, String> texts = new LinkedHashMap<>();
    items.forEach(item -> texts.put(item.id(), item.lesson().text()));
    return Groups.of(
        items,
        new Similarity.Normalised(
            Neighbourhood.of(analysis, new Background(analysis), new Bm25(1.2, 0.3), 0.3, texts)),
        type -> type.equals("strict") ? 1 : threshold);
  }

  private static Experience says(String id, String content) {
    return item(id, fact("flowers", content), 1);
  }

  @Test
  void similarItemsOfOneTypeAreGroupedInTheOrderOfTheOldest() {
    Groups groups =
        groups(
            0.7,
            List.of(
                says("a", "tulip violet iris lilac"),
                says("b", "quartz amber jade opal"),
                says("c", "iris lilac tulip violet"),
                says("d", "opal jade amber quartz"),
                says("e", "river stone"),
                item("f", fact("flowers", "tulip violet iris lilac").ofType("other"), 1)));

    assertThat(groups.groups())
        .extracting(Groups.Group::ids)
        .containsExactly(List.of("a", "c"), List.of("b", "d"));
    assertThat(groups.pairs()).isEqualTo(2);
    assertThat(groups.groups().getFirst().leastSimilarity()).isGreaterThan(0.99);
  }

  @Test
  void aChainOfPairsIsOneGroup() {
    Groups groups =
        groups(
            0.6,
            List.of(
                says("a", "tulip violet iris lilac"),
                says("b", "violet iris lilac jade"),
                says("c", "iris lilac jade opal")));

    assertThat(groups.groups())
        .singleElement()
        .extracting(Groups.Group::ids)
        .isEqualTo(List.of("a", "b", "c"));
    assertThat(groups.pairs()).isEqualTo(2);
    Groups.Group group = groups.groups().getFirst();
    assertThat(group.leastSimilarity()).isBetween(0.6, 0.9);
    assertThat(group.pairs())
        .as("those at or above the threshold, and no other")
        .extracting(pair -> pair.one() + pair.other())
        .containsExactlyInAnyOrder("ab", "bc");
    assertThat(group.pairs()).allSatisfy(pair -> assertThat(pair.similarity()).isBetween(0.6, 0.9));
    assertThat(group.threshold()).isEqualTo(0.6);
  }

  @Test
  void aTypeMayHaveAThresholdOfItsOwn() {
    Experience one = item("a", fact("flowers", "tulip violet iris lilac").ofType("strict"), 1);
    Experience other = item("b", fact("flowers", "tulip violet iris jade").ofType("strict"), 1);

    assertThat(groups(0.5, List.of(one, other)).groups()).isEmpty();
    assertThat(groups(0.5, List.of(of("general", one), of("general", other))).groups()).hasSize(1);
  }

  private static Experience of(String type, Experience item) {
    return item(item.id(), item.lesson().ofType(type), 1);
  }

  @Test
  void aLargeGroupIsCutIntoSmallOnes() {
    List<Experience> items = new ArrayList<>();
    for (int i = 0; i < 2 * Groups.LARGEST + 1; i++) {
      items.add(says("item-%02d".formatted(i), "tulip violet iris"));
    }
    Groups groups = groups(0.9, items);

    assertThat(groups.groups())
        .extracting(group -> group.ids().size())
        .containsExactly(Groups.LARGEST, Groups.LARGEST);
    assertThat(groups.pairs()).isEqualTo(41 * 40 / 2);
  }

  /** A chain of pairs, each sharing most words with the next; some are restated at its end. */
  private static List<Experience> chain(int length, int restated) {
    List<Experience> items = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      items.add(
          says(
              "item-%03d".formatted(i),
              IntStream.range(i, i + 4)
                  .mapToObj(word -> "flower" + (char) ('a' + word / 26) + (char) ('a' + word % 26))
                  .collect(Collectors.joining(" "))));
    }
    for (int i = 0; i < restated; i++) {
      items.add(says("twin-%03d".formatted(i), items.get(5 * i).lesson().content()));
    }
    return items;
  }

  @Test
  void aLargeGroupIsTakenApartWhereItIsLeastAlike() {
    List<Experience> items = chain(60, 12);
    Groups groups = groups(0.5, items);

    assertThat(groups.groups())
        .allSatisfy(group -> assertThat(group.ids()).hasSizeBetween(2, Groups.LARGEST));
    assertThat(groups.groups().stream().flatMap(group -> group.ids().stream()))
        .as("all are in one group and no other: nothing of a chain stays alone for being cut")
        .doesNotHaveDuplicates()
        .hasSizeGreaterThan(50);
    for (int i = 0; i < 12; i++) {
      List<String> twins = List.of("item-%03d".formatted(5 * i), "twin-%03d".formatted(i));
      assertThat(groups.groups())
          .as("twins %s stay together, however far apart in age", twins)
          .anySatisfy(group -> assertThat(group.ids()).containsAll(twins));
    }
  }

  @Test
  void twoCrowdsThatHardlyTouchAreParted() {
    List<Experience> items = new ArrayList<>();
    for (int i = 0; i < 15; i++) {
      items.add(
          says("item-%02d".formatted(2 * i), "tulip violet iris lilac rose " + "ab".repeat(i + 1)));
      items.add(
          says(
              "item-%02d".formatted(2 * i + 1),
              "quartz amber jade opal onyx " + "cd".repeat(i + 1)));
    }
    items.add(says("item-99", "tulip violet iris quartz amber jade"));
    Groups groups = groups(0.3, items);

    assertThat(groups.groups()).hasSizeBetween(2, 3);
    assertThat(groups.groups())
        .filteredOn(group -> group.ids().size() > 3)
        .as("each of one crowd, the oldest first")
        .allSatisfy(
            group -> {
              assertThat(group.ids()).isSorted();
              assertThat(
                      group.ids().stream()
                          .filter(id -> !id.equals("item-99"))
                          .map(id -> Integer.parseInt(id.substring(5)) % 2)
                          .distinct())
                  .hasSize(1);
            });
  }

  @Test
  void withoutPairsThereIsNoGroup() {
    assertThat(groups(0.7, List.of(says("a", "tulip"), says("b", "quartz"))).groups()).isEmpty();
    assertThat(groups(0.7, List.of())).isEqualTo(new Groups(List.of(), 0));
  }
}
