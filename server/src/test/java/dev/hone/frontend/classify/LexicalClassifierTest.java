package dev.hone.frontend.classify;

import static dev.hone.testing.Samples.ANN;
import static dev.hone.testing.Samples.SPACE;
import static dev.hone.testing.Samples.fact;
import static dev.hone.testing.Samples.judged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hone.experience.Change;
import dev.hone.experience.Commit;
import dev.hone.experience.State;
import dev.hone.port.Pool;
import dev.hone.similarity.Analysis;
import dev.hone.similarity.Background;
import dev.hone.testing.SettableClock;
import dev.hone.testing.Stores;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts are sorted into types by their words. */
class LexicalClassifierTest {

  private static final Map<String, String> TWO =
      Map.of("biology", "animals, plants and cells", "geography", "rivers, mountains, countries");

  @TempDir private Path folder;
  private Stores stores;

  @BeforeEach
  void open() {
    stores = Stores.in(folder, new SettableClock());
  }

  @AfterEach
  void close() {
    stores.close();
  }

  private LexicalClassifier of(Map<String, String> types) {
    Analysis analysis = new Analysis();
    return new LexicalClassifier(types, stores.pool(), analysis, new Background(analysis));
  }

  private void add(String space, String id, String type, State state, String content) {
    assertThat(
            stores
                .pool()
                .apply(
                    new Pool.ChangeSet(
                        space,
                        Commit.Kind.DISTILL,
                        "test",
                        "test",
                        List.of(
                            new Change.Add(
                                id,
                                fact(content, content).ofType(type),
                                state,
                                ANN,
                                List.of(judged("in-" + space, ANN, "x")),
                                List.of())),
                        null)))
        .isPresent();
  }

  @Test
  void withOneTypeThereIsNothingToDecide() {
    LexicalClassifier one = of(Map.of("general", "everything"));

    assertThat(one.type(SPACE, "whatever")).isEqualTo("general");
    assertThat(one.types(SPACE, "whatever")).isEmpty();
    assertThatThrownBy(() -> of(Map.of())).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void descriptionsSuffice() {
    LexicalClassifier two = of(TWO);

    assertThat(two.type(SPACE, "How do the cells of a plant grow?")).isEqualTo("biology");
    assertThat(two.type(SPACE, "The longest river of the country")).isEqualTo("geography");
    assertThat(two.types(SPACE, "animals with cells, and plants")).containsExactly("biology");
  }

  @Test
  void anUnsureQueryGoesToSeveralTypesTheLikeliestFirst() {
    LexicalClassifier two = of(TWO);

    assertThat(two.types(SPACE, "plants of the mountains, rivers and countries in it"))
        .startsWith("geography");
    assertThat(two.types(SPACE, "entirely foreign words"))
        .containsExactlyInAnyOrder("biology", "geography");
  }

  @Test
  void aQueryThatFitsManyTypesAlikeGoesToAll() {
    assertThat(
            of(Map.of("a", "apples", "b", "pears", "c", "plums", "d", "figs"))
                .types(SPACE, "entirely foreign words"))
        .isEmpty();
  }

  @Test
  void probabilitiesSumToOneLikeliestFirst() {
    List<LexicalClassifier.Likely> likely = of(TWO).likely(SPACE, "plants and cells by a river");

    assertThat(likely)
        .extracting(LexicalClassifier.Likely::type)
        .containsExactly("biology", "geography");
    assertThat(likely.stream().mapToDouble(LexicalClassifier.Likely::probability).sum())
        .isCloseTo(1, within(1e-9));
  }

  private double probability(LexicalClassifier two, String text) {
    return two.likely(SPACE, text).getFirst().probability();
  }

  @Test
  void theItemsOfThePoolTeachMoreWords() {
    LexicalClassifier two = of(TWO);
    assertThat(probability(two, "volcano")).isCloseTo(0.5, within(1e-9));

    add(SPACE, "a", "geography", State.ACTIVE, "The volcano Etna");
    add(SPACE, "b", "geography", State.ACTIVE, "A volcano spits lava");

    assertThat(two.type(SPACE, "volcano")).isEqualTo("geography");
    assertThat(probability(two, "volcano")).isGreaterThan(0.6);
  }

  @Test
  void theFirstItemTeachesAtOnce() {
    LexicalClassifier two = of(TWO);
    two.catchUp(SPACE);
    add(SPACE, "a", "geography", State.ACTIVE, "The volcano Etna");
    two.catchUp(SPACE);

    assertThat(probability(two, "volcano")).isGreaterThan(0.55);
  }

  @Test
  void aLittleGrowthTeachesNothingYet() {
    LexicalClassifier two = of(TWO);
    for (int i = 0; i < 8; i++) {
      add(SPACE, "a" + i, "geography", State.ACTIVE, "The glacier of number " + i);
    }
    two.catchUp(SPACE);
    add(SPACE, "b", "geography", State.ACTIVE, "The volcano Etna");
    add(SPACE, "c", "geography", State.ACTIVE, "The volcano Fuji");
    assertThat(two.type(SPACE, "volcano")).isNotEmpty();
    assertThat(probability(two, "volcano")).isCloseTo(0.5, within(1e-9));

    add(SPACE, "d", "geography", State.ACTIVE, "The volcano Hekla");
    assertThat(two.type(SPACE, "volcano")).isEqualTo("geography");
  }

  @Test
  void aQueryIsClassifiedByTheCountsThereAreWithoutThePool() {
    LexicalClassifier fresh = of(TWO);
    LexicalClassifier learned = of(TWO);
    add(SPACE, "a", "geography", State.ACTIVE, "The volcano Etna, volcano of volcanoes");
    learned.catchUp(SPACE);
    stores.close();
    stores = Stores.in(folder, new SettableClock());

    assertThat(learned.types(SPACE, "a volcano, a volcano, a volcano"))
        .containsExactly("geography");
    assertThat(fresh.types(SPACE, "a volcano, a volcano, a volcano")).hasSize(2);
    assertThat(fresh.types(SPACE, "animals with cells, and plants")).containsExactly("biology");
  }

  @Test
  void candidatesAndOtherSpacesTeachNothing() {
    LexicalClassifier two = of(TWO);
    add(SPACE, "a", "geography", State.CANDIDATE, "The volcano Etna");
    add("other", "b", "geography", State.ACTIVE, "A volcano spits lava");
    two.catchUp(SPACE);
    two.catchUp("other");

    assertThat(probability(two, "volcano")).isCloseTo(0.5, within(1e-9));
  }
}
