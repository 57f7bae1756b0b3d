package dev.hone.backend.refine;

import static dev.hone.testing.Samples.ANN;
import static dev.hone.testing.Samples.SPACE;
import static dev.hone.testing.Samples.fact;
import static dev.hone.testing.Samples.judged;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.experience.Change;
import dev.hone.experience.Commit;
import dev.hone.experience.Experience;
import dev.hone.experience.Lesson;
import dev.hone.experience.Limits;
import dev.hone.experience.Refinement;
import dev.hone.experience.Refinement.Measure;
import dev.hone.experience.State;
import dev.hone.port.Condenser;
import dev.hone.port.Pool;
import dev.hone.similarity.Analysis;
import dev.hone.similarity.Background;
import dev.hone.similarity.Bm25;
import dev.hone.similarity.Neighbourhood;
import dev.hone.similarity.Sameness;
import dev.hone.similarity.Scoring;
import dev.hone.testing.CountingIds;
import dev.hone.testing.SettableClock;
import dev.hone.testing.Stores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The periodic pass makes fewer items that say the same. */
class RefinerTest {

  private static final Lesson SIX = fact("How many legs do insects have?", "Insects have 6 legs.");
  private static final Lesson AGAIN = fact("How many legs has an insect?", "An insect has 6 legs!");
  private static final Lesson EIGHT =
      fact("How many legs do insects have?", "Insects have 8 legs.");

  @TempDir private Path folder;
  private Stores stores;
  private final Analysis analysis = new Analysis();
  private final Background background = new Background(analysis);
  private final Bm25 bm25 = new Bm25(1.2, 0.3);
  private final CountingIds ids = new CountingIds();

  @BeforeEach
  void open() {
    stores = Stores.in(folder, new SettableClock());
  }

  @AfterEach
  void close() {
    stores.close();
  }

  private Pool pool() {
    return stores.pool();
  }

  private void add(String id, Lesson lesson, State state, String owner) {
    change(
        new Change.Add(
            id, lesson, state, owner, List.of(judged("i-" + id, owner, "yes")), List.of()));
  }

  private void change(Change change) {
    assertThat(
            pool()
                .apply(
                    new Pool.ChangeSet(
                        SPACE, Commit.Kind.DISTILL, "test", "test", List.of(change), null)))
        .isPresent();
  }

  private Refiner.Policy policy =
      new Refiner.Policy(Measure.NORMALISED, 0.7, Map.of(), Limits.of(5), 0.15, true);

  private Refiner refiner(Condenser condenser) {
    return new Refiner(
        pool(), ids, condenser, query -> List.of(), new Sameness(analysis, background), policy);
  }

  private Refinement refine(Condenser condenser, boolean dryRun) {
    Map<String, String> texts = new LinkedHashMap<>();
    active().forEach(item -> texts.put(item.id(), item.lesson().text()));
    Refiner refiner = refiner(condenser);
    Neighbourhood epoch = Neighbourhood.of(analysis, background, bm25, 0.7, texts);
    Scoring scoring = new Scoring(analysis, background, epoch.statistics(), bm25);
    Refiner.Found found = refiner.condense(refiner.begin(SPACE, epoch, scoring), dryRun);
    return dryRun
        ? found.result(null)
        : refiner.commit(found, "test", "test", UnaryOperator.identity());
  }

  private Condenser extractive() {
    return new ExtractiveCondenser(analysis, background);
  }

  private List<Experience> active() {
    return pool().inStates(SPACE, List.of(State.ACTIVE));
  }

  /** Says something of its own, and counts how often it is asked. */
  private static final class SayingCondenser implements Condenser {
    private final String content;
    private final List<List<Experience>> asked = new ArrayList<>();

    SayingCondenser(String content) {
      this.content = content;
    }

    @Override
    public Condensed condense(List<Experience> group) {
      asked.add(group);
      return new Condensed.Made(
          List.of(new Condensation(group, fact(group.getFirst().lesson().when(), content))));
    }
  }

  @Test
  void nearRepeatsBecomeOneThatRestsOnAllTheirEvidence() {
    add("a", SIX, State.ACTIVE, ANN);
    add("b", AGAIN, State.ACTIVE, "bob");
    Refinement result = refine(extractive(), false);

    assertThat(result.itemsBefore()).isEqualTo(2);
    assertThat(result.itemsAfter()).isEqualTo(1);
    assertThat(result.pairs()).isEqualTo(1);
    assertThat(result.groups()).singleElement().matches(Refinement.Group::accepted);
    assertThat(active()).hasSize(1);
    Experience child = active().getFirst();
    assertThat(pool().evidence(SPACE, child.id()))
        .containsExactlyInAnyOrder(judged("i-a", ANN, "yes"), judged("i-b", "bob", "yes"));
    assertThat(List.of("a", "b"))
        .allSatisfy(
            id -> {
              Experience parent = pool().experience(SPACE, id).orElseThrow();
              assertThat(parent.state()).isEqualTo(State.WITHDRAWN);
              assertThat(parent.successor()).isEqualTo(child.id());
            });
    assertThat(pool().commit(SPACE, String.valueOf(result.commit())))
        .map(Commit::kind)
        .contains(Commit.Kind.REFINE);
  }

  @Test
  void nearTwinsThatDifferInANumberStay() {
    add("a", SIX, State.ACTIVE, ANN);
    add("b", EIGHT, State.ACTIVE, ANN);
    Refinement result = refine(extractive(), false);

    assertThat(result.pairs()).isEqualTo(1);
    assertThat(result.groups()).singleElement().matches(group -> !group.accepted());
    assertThat(result.commit()).isNull();
    assertThat(active()).extracting(Experience::id).containsExactly("a", "b");
  }

  @Test
  void aDryRunSaysWhatWouldBeAndChangesNothing() {
    add("a", SIX, State.ACTIVE, ANN);
    add("b", AGAIN, State.ACTIVE, ANN);
    add("c", fact("What are the wings of EIGHT?", "Wings come in 8 shades."), State.ACTIVE, ANN);
    long head = pool().head(SPACE);
    Refinement result = refine(extractive(), true);

    assertThat(result.dryRun()).isTrue();
    assertThat(result.itemsAfter()).isEqualTo(2);
    assertThat(result.commit()).isNull();
    assertThat(pool().head(SPACE)).isEqualTo(head);
    assertThat(active()).hasSize(3);
  }

  @Test
  void aDryRunRemembersNoRejection() {
    add("a", SIX, State.ACTIVE, ANN);
    add("b", EIGHT, State.ACTIVE, ANN);
    refine(extractive(), true);

    assertThat(pool().rejections(SPACE)).isEmpty();
  }

  @Test
  void aChildThatDropsANumberIsRejectedByTheProof() {
    add("a", SIX, State.ACTIVE, ANN);
    add("b", AGAIN, State.ACTIVE, ANN);
    Refinement result = refine(new SayingCondenser("Insects have legs."), false);

    assertThat(result.groups())
        .singleElement()
        .satisfies(group -> assertThat(group.accepted()).isFalse())
        .satisfies(group -> assertThat(group.proof()).contains("loses a number"));
    assertThat(active()).hasSize(2);
  }

  @Test
  void aRejectedGroupIsNotTriedAgainUntilAnItemChanges() {
    add("a", SIX, State.ACTIVE, ANN);
    add("b", AGAIN, State.ACTIVE, ANN);
    SayingCondenser condenser = new SayingCondenser("Insects have legs.");

    refine(condenser, false);
    Refinement again = refine(condenser, false);
    assertThat(condenser.asked).hasSize(1);
    assertThat(again.groups())
        .singleElement()
        .extracting(Refinement.Group::proof)
        .isEqualTo("rejected before");

    change(new Change.Revise("b", SIX, State.ACTIVE, List.of(judged("i9", ANN, "yes"))));
    refine(condenser, false);
    assertThat(condenser.asked).hasSize(2);
  }

  @Test
  void moreEvidenceForWhatAnItemSaysDoesNotClearARejection() {
    add("a", SIX, State.ACTIVE, ANN);
    add("b", AGAIN, State.ACTIVE, ANN);
    SayingCondenser condenser = new SayingCondenser("Insects have legs.");
    refine(condenser, false);

    change(new Change.Reinforce("b", State.ACTIVE, List.of(judged("i9", "bob", "yes"))));
    refine(condenser, false);

    assertThat(condenser.asked).hasSize(1);
  }

  @Test
  void aRollbackOfAnItemThatHadChangedIsAChangeToo() {
    add("a", SIX, State.ACTIVE, ANN);
    add("b", AGAIN, State.ACTIVE, ANN);
    SayingCondenser condenser = new SayingCondenser("Insects have legs.");
    refine(condenser, false);
    change(new Change.Revise("b", SIX, State.ACTIVE, List.of(judged("i9", ANN, "yes"))));
    refiner(condenser).takenBack(pool().restore(SPACE, 2, "test", "undo").orElseThrow());

    refine(condenser, false);

    assertThat(condenser.asked).hasSize(2);
  }

  @Test
  void whatWasRolledBackIsNotCondensedAgainUntilAnItemChanges() {
    add("a", SIX, State.ACTIVE, ANN);
    add("b", AGAIN, State.ACTIVE, "bob");
    add("c", EIGHT, State.ACTIVE, ANN);
    assertThat(refine(extractive(), false).itemsAfter()).isEqualTo(2);
    Commit rollback = pool().restore(SPACE, 3, "test", "undo").orElseThrow();
    refiner(extractive()).takenBack(rollback);
    assertThat(active()).extracting(Experience::lesson).containsExactly(SIX, AGAIN, EIGHT);

    Refinement again = refine(extractive(), false);

    assertThat(again.commit()).isNull();
    assertThat(again.groups())
        .singleElement()
        .extracting(Refinement.Group::proof)
        .isEqualTo("rejected before");
    assertThat(refine(extractive(), false).itemsAfter()).isEqualTo(3);

    change(new Change.Revise("a", AGAIN, State.ACTIVE, List.of(judged("i9", ANN, "yes"))));
    assertThat(refine(extractive(), false).itemsAfter()).isEqualTo(2);
  }

  @Test
  void aDryRunShowsThePairsTheChildAndTheProofOfEachGroup() {
    add("a", SIX, State.ACTIVE, ANN);
    add("b", AGAIN, State.ACTIVE, ANN);

    Refinement.Group group = refine(extractive(), true).groups().getFirst();

    assertThat(group.items()).extracting(Experience::lesson).containsExactly(SIX, AGAIN);
    assertThat(group.threshold()).isEqualTo(0.7);
    assertThat(group.pairs()).hasSize(1);
    assertThat(group.pairs().getFirst().similarity()).isEqualTo(group.leastSimilarity());
    assertThat(group.child()).isPresent();
    assertThat(group.proof()).contains("keeps the numbers").contains("retrieved for 2");
  }

  @Test
  void withoutTheProofWhatLosesANumberReplacesItsParentsAllTheSame() {
    add("a", SIX, State.ACTIVE, ANN);
    add("b", AGAIN, State.ACTIVE, ANN);
    Condenser losing = new SayingCondenser("Some volts.");
    assertThat(refine(losing, true).groups().getFirst().accepted()).isFalse();

    policy = new Refiner.Policy(Measure.NORMALISED, 0.7, Map.of(), Limits.of(5), 0.15, false);
    Refinement.Group group = refine(losing, true).groups().getFirst();

    assertThat(group.accepted()).isTrue();
    assertThat(group.proof()).contains("refine.proof is false");
  }

  @Test
  void aTypeMayHaveAThresholdOfItsOwn() {
    policy =
        new Refiner.Policy(
            Measure.NORMALISED, 0.7, Map.of("general", 0.999), Limits.of(5), 0, true);
    add("a", SIX, State.ACTIVE, ANN);
    add("b", EIGHT, State.ACTIVE, ANN);

    Refinement result = refine(extractive(), true);

    assertThat(result.pairs()).isZero();
    assertThat(result.threshold()).isEqualTo(0.7);
  }

  @Test
  void thePapersMeasureIsTheBm25ScoreInTheDirectionInWhichItIsHigher() {
    Scoring scoring = new Scoring(analysis, background, epoch(SIX, AGAIN).statistics(), bm25);
    double higher =
        Math.max(
            scoring.score(SIX.text(), AGAIN.text()).value(),
            scoring.score(AGAIN.text(), SIX.text()).value());
    add("a", SIX, State.ACTIVE, ANN);
    add("b", AGAIN, State.ACTIVE, ANN);

    policy = raw(higher);
    Refinement.Group group = refine(extractive(), true).groups().getFirst();
    assertThat(group.pairs()).singleElement().matches(pair -> pair.similarity() == higher);

    policy = raw(Math.nextUp(higher));
    assertThat(refine(extractive(), true).groups()).isEmpty();
  }

  private static Refiner.Policy raw(double threshold) {
    return new Refiner.Policy(Measure.RAW, threshold, Map.of(), Limits.of(5), 0.15, true);
  }

  private Neighbourhood epoch(Lesson... lessons) {
    Map<String, String> texts = new LinkedHashMap<>();
    List.of(lessons).forEach(lesson -> texts.put("item-" + texts.size(), lesson.text()));
    return Neighbourhood.of(analysis, background, bm25, 0.7, texts);
  }

  @Test
  void aModelThatCannotBeAskedIsNotAskedForMoreAndRejectsNothing() {
    add("a", SIX, State.ACTIVE, ANN);
    add("b", AGAIN, State.ACTIVE, ANN);
    add("c", fact("What do cats drink at night?", "Cats drink milk."), State.ACTIVE, ANN);
    add("d", fact("What do cats drink at night?", "Cats drink milk!"), State.ACTIVE, ANN);
    List<List<Experience>> asked = new ArrayList<>();
    Refinement result =
        refine(
            group -> {
              asked.add(group);
              return new Condenser.Condensed.Later("no route to host");
            },
            false);

    assertThat(asked).hasSize(1);
    assertThat(result.groups())
        .hasSize(2)
        .allSatisfy(group -> assertThat(group.proof()).contains("waits").contains("no route"));
    assertThat(pool().rejections(SPACE)).isEmpty();
    assertThat(refine(extractive(), false).itemsAfter()).isEqualTo(2);
  }

  @Test
  void anAnswerThatCannotBeReadRejectsNothing() {
    add("a", SIX, State.ACTIVE, ANN);
    add("b", AGAIN, State.ACTIVE, ANN);
    Refinement result = refine(group -> new Condenser.Condensed.Unreadable("no JSON"), false);

    assertThat(result.groups())
        .singleElement()
        .satisfies(group -> assertThat(group.proof()).contains("no JSON"));
    assertThat(pool().rejections(SPACE)).isEmpty();
  }

  @Test
  void whatChangedMeanwhileIsLeftAlone() {
    add("a", SIX, State.ACTIVE, ANN);
    add("b", AGAIN, State.ACTIVE, ANN);
    Condenser extractive = extractive();
    Refinement result =
        refine(
            group -> {
              change(new Change.Revise("b", EIGHT, State.ACTIVE, List.of(judged("i9", ANN, "8"))));
              return extractive.condense(group);
            },
            false);

    assertThat(result.commit()).isNull();
    assertThat(result.itemsAfter()).isEqualTo(2);
    assertThat(result.groups())
        .singleElement()
        .satisfies(group -> assertThat(group.accepted()).isFalse());
    assertThat(active()).extracting(Experience::lesson).containsExactly(SIX, EIGHT);
  }

  @Test
  void candidatesTakeNoPart() {
    add("a", SIX, State.ACTIVE, ANN);
    add("b", AGAIN, State.CANDIDATE, "bob");
    Refinement result = refine(extractive(), false);

    assertThat(result.itemsBefore()).isEqualTo(1);
    assertThat(result.groups()).isEmpty();
  }

  @Test
  void aPassThatFindsNothingMakesNoCommit() {
    assertThat(refine(extractive(), false))
        .isEqualTo(new Refinement(SPACE, false, Measure.NORMALISED, 0.7, 0, 0, 0, List.of(), null));
    assertThat(pool().head(SPACE)).isZero();
  }
}
