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
import dev.hone.experience.Routing;
import dev.hone.experience.State;
import dev.hone.port.Pool;
import dev.hone.similarity.Analysis;
import dev.hone.similarity.Background;
import dev.hone.testing.SettableClock;
import dev.hone.testing.Stores;
import java.nio.file.Path;
import java.util.HashMap;
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
                                List.of(judged("i", ANN, "x")),
                                List.of())),
                        null)))
        .isPresent();
  }

  @Test
  void withOneTypeThereIsNothingToDecide() {
    LexicalClassifier one = of(Map.of("general", "everything"));

    assertThat(one.type(SPACE, "whatever")).isEqualTo("general");
    assertThat(one.route(SPACE, "whatever")).isEqualTo(Routing.EVERYWHERE);
    assertThatThrownBy(() -> of(Map.of())).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void descriptionsSuffice() {
    LexicalClassifier two = of(TWO);

    assertThat(two.type(SPACE, "How do the cells of a plant grow?")).isEqualTo("biology");
    assertThat(two.type(SPACE, "The longest river of the country")).isEqualTo("geography");
    assertThat(two.route(SPACE, "animals with cells, and plants").types())
        .containsExactly("biology");
  }

  @Test
  void anUnsureQueryGoesToSeveralTypesTheLikeliestFirst() {
    LexicalClassifier two = of(TWO);

    assertThat(
            two.route(SPACE, "plants of the mountains, and of animals in rivers and countries")
                .types())
        .startsWith("geography");
  }

  @Test
  void aQueryWithoutAKnownWordGoesToAll() {
    LexicalClassifier four = of(Map.of("a", "apples", "b", "pears", "c", "plums", "d", "figs"));

    assertThat(four.route(SPACE, "entirely foreign words")).isEqualTo(Routing.EVERYWHERE);
    assertThat(four.route(SPACE, "?!")).isEqualTo(Routing.EVERYWHERE);
    assertThat(four.route(SPACE, "which of the")).isEqualTo(Routing.EVERYWHERE);
  }

  @Test
  void aQueryThatFitsManyTypesAlikeGoesToTheThreeLikeliest() {
    Routing routing =
        of(Map.of("a", "apples", "b", "pears", "c", "plums", "d", "figs"))
            .route(SPACE, "apples, pears, plums or figs?");

    assertThat(routing.types()).containsExactly("a", "b", "c");
    assertThat(routing.likely())
        .allSatisfy(each -> assertThat(each.probability()).isCloseTo(0.25, within(1e-6)));
  }

  @Test
  void whatIsToldOfAQueryAreTheLikeliestTypesWithTheirProbabilities() {
    Map<String, String> many = new HashMap<>();
    for (int i = 0; i < 8; i++) {
      many.put("type-" + i, "thing" + i);
    }
    Routing routing = of(many).route(SPACE, "thing7 and thing7");

    assertThat(routing.types()).containsExactly("type-7");
    assertThat(routing.likely()).hasSize(5);
    assertThat(routing.likely().getFirst().type()).isEqualTo("type-7");
    assertThat(routing.likely().getFirst().probability()).isBetween(0.8, 1.0);
  }

  @Test
  void itemsOfATypeThatThereIsNoLongerTeachNothing() {
    LexicalClassifier two = of(TWO);
    add(SPACE, "a", "gone", State.ACTIVE, "The volcano Etna");
    two.catchUp(SPACE);

    assertThat(two.route(SPACE, "volcano")).isEqualTo(Routing.EVERYWHERE);
  }

  @Test
  void probabilitiesSumToOneLikeliestFirst() {
    List<Routing.Likely> likely = of(TWO).likely(SPACE, "plants and cells by a river");

    assertThat(likely).extracting(Routing.Likely::type).containsExactly("biology", "geography");
    assertThat(likely.stream().mapToDouble(Routing.Likely::probability).sum())
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

    assertThat(learned.route(SPACE, "a volcano, a volcano, a volcano").types())
        .containsExactly("geography");
    assertThat(fresh.route(SPACE, "a volcano, a volcano")).isEqualTo(Routing.EVERYWHERE);
    assertThat(fresh.route(SPACE, "animals with cells, and plants").types())
        .containsExactly("biology");
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
