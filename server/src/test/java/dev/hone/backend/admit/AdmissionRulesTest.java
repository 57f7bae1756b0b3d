package dev.hone.backend.admit;

import static dev.hone.testing.Samples.ANN;
import static dev.hone.testing.Samples.SPACE;
import static dev.hone.testing.Samples.asked;
import static dev.hone.testing.Samples.draft;
import static dev.hone.testing.Samples.fact;
import static dev.hone.testing.Samples.interaction;
import static dev.hone.testing.Samples.judged;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.experience.Admission;
import dev.hone.experience.Change;
import dev.hone.experience.Commit;
import dev.hone.experience.Draft;
import dev.hone.experience.Episode;
import dev.hone.experience.Experience;
import dev.hone.experience.Lesson;
import dev.hone.experience.State;
import dev.hone.port.Pool;
import dev.hone.similarity.Analysis;
import dev.hone.similarity.Background;
import dev.hone.similarity.Bm25;
import dev.hone.testing.CountingIds;
import dev.hone.testing.SettableClock;
import dev.hone.testing.Stores;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of drafts, by rule. */
class AdmissionRulesTest {

  private static final Lesson SIX = fact("How many legs do insects have?", "Insects have 6 legs.");
  private static final Lesson EIGHT =
      fact("How many legs do insects have?", "Insects have 8 legs.");
  private static final Lesson OTHER = fact("What is the capital of France?", "It is Paris.");

  @TempDir private Path folder;
  private Stores stores;
  private final Analysis analysis = new Analysis();
  private final Background background = new Background(analysis);
  private final Likeness likeness =
      new Likeness(analysis, background, new Bm25(1.2, 0.3), 0.8, 0.6);
  private final CountingIds ids = new CountingIds();

  @BeforeEach
  void open() {
    stores = Stores.in(folder, new SettableClock());
  }

  @AfterEach
  void close() {
    stores.close();
  }

  private AdmissionRules rules(int quorum) {
    return new AdmissionRules(stores.pool(), ids, likeness, quorum);
  }

  private static Episode episode(int revision, String principal, String... interactions) {
    return new Episode(
        "of-" + principal,
        revision,
        SPACE,
        principal,
        Stream.of(interactions).map(id -> interaction(id, "?", "!")).toList());
  }

  private List<Admission> admit(int quorum, Episode episode, Draft... drafts) {
    Known known = likeness.known();
    stores
        .pool()
        .inStates(SPACE, List.of(State.CANDIDATE, State.ACTIVE))
        .forEach(item -> known.put(item.id(), item.lesson()));
    Known suspects = likeness.known();
    stores
        .pool()
        .inStates(SPACE, List.of(State.QUARANTINED))
        .forEach(item -> suspects.put(item.id(), item.lesson()));
    AdmissionRules.Decided decided =
        rules(quorum).decide(known, suspects, episode, List.of(drafts));
    apply(decided.changes());
    return decided.admissions();
  }

  private void apply(List<Change> changes) {
    assertThat(
            stores
                .pool()
                .apply(
                    new Pool.ChangeSet(SPACE, Commit.Kind.DISTILL, "test", "test", changes, null)))
        .matches(commit -> commit.isPresent() == !changes.isEmpty());
  }

  private Experience item(Admission admission) {
    return stores.pool().experience(SPACE, admission.experience()).orElseThrow();
  }

  private Experience anns(Lesson lesson) {
    return item(
        admit(1, episode(1, ANN, "i1"), draft(lesson, judged("i1", ANN, "yes"))).getFirst());
  }

  @Test
  void whatIsUnlikeAllElseIsNew() {
    anns(OTHER);
    List<Admission> admissions =
        admit(1, episode(1, ANN, "i2"), draft(SIX, judged("i2", ANN, "6")));

    assertThat(admissions).singleElement().isInstanceOf(Admission.AddNew.class);
    assertThat(item(admissions.getFirst()).lesson()).isEqualTo(SIX);
    assertThat(item(admissions.getFirst()).owner()).isEqualTo(ANN);
  }

  @Test
  void whatSomebodyElseSaidAlreadyIsReinforced() {
    Experience known = anns(SIX);
    List<Admission> admissions =
        admit(
            1,
            episode(1, "bob", "i2"),
            draft(
                fact("How many legs do the insects have?", "An insect has 6 legs!"),
                judged("i2", "bob", "6")));

    assertThat(admissions).singleElement().isInstanceOf(Admission.Reinforce.class);
    assertThat(item(admissions.getFirst()).id()).isEqualTo(known.id());
    assertThat(item(admissions.getFirst()).support()).isEqualTo(2);
    assertThat(item(admissions.getFirst()).lesson()).isEqualTo(SIX);
  }

  @Test
  void aDifferentNumberMakesItNewHoweverSimilar() {
    anns(SIX);

    assertThat(admit(1, episode(1, "bob", "i2"), draft(EIGHT, judged("i2", "bob", "8"))))
        .singleElement()
        .isInstanceOf(Admission.AddNew.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Should I open valve C of the large cooling tank in the morning?",
        "Should I not open valve B of the large cooling tank in the morning?"
      })
  void aSituationWithAnotherNameOrNegationMakesItNew(String when) {
    anns(fact("Should I open valve B of the large cooling tank in the morning?", "Yes."));
    Draft first = draft(fact(when, "Yes."), judged("i2", "bob", "Yes."));
    Draft second = draft(first.lesson(), judged("i2", "bob", "Yes."));

    assertThat(admit(1, episode(1, "bob", "i2"), first, second))
        .hasExactlyElementsOfTypes(Admission.AddNew.class, Admission.Reinforce.class);
  }

  @Test
  void anotherTypeMakesItNew() {
    anns(SIX);

    assertThat(
            admit(1, episode(1, ANN, "i2"), draft(SIX.ofType("biology"), judged("i2", ANN, "6"))))
        .singleElement()
        .isInstanceOf(Admission.AddNew.class);
  }

  @Test
  void anItemIsActiveWhenEnoughPrincipalsJudgedAndElseACandidate() {
    Draft unjudged = draft(SIX, asked("i1", ANN, "6"));
    Draft once = draft(OTHER, judged("i1", ANN, "Paris"), judged("i2", ANN, "Paris"));
    Draft twice = draft(EIGHT, judged("i1", ANN, "8"), judged("i2", "bob", "8"));

    assertThat(admit(2, episode(1, ANN, "i1", "i2"), unjudged, once, twice))
        .extracting(admission -> item(admission).state())
        .containsExactly(State.CANDIDATE, State.CANDIDATE, State.ACTIVE);
    assertThat(admit(1, episode(1, "bob", "i3"), draft(SIX, judged("i3", "bob", "6"))))
        .extracting(admission -> item(admission).state())
        .containsExactly(State.ACTIVE);
  }

  @Test
  void anOwnCandidateBecomesActiveByAJudgement() {
    List<Admission> first = admit(1, episode(1, ANN, "i1"), draft(SIX, asked("i1", ANN, "6")));
    List<Admission> second = admit(1, episode(1, ANN, "i2"), draft(SIX, judged("i2", ANN, "6")));

    assertThat(second).singleElement().isInstanceOf(Admission.Reinforce.class);
    assertThat(item(second.getFirst()).id()).isEqualTo(item(first.getFirst()).id());
    assertThat(item(second.getFirst()).state()).isEqualTo(State.ACTIVE);
  }

  @Test
  void aCandidateOfSomebodyElseIsNotTouchedByAnotherCandidate() {
    admit(1, episode(1, ANN, "i1"), draft(SIX, asked("i1", ANN, "6")));

    assertThat(admit(1, episode(1, "bob", "i2"), draft(SIX, asked("i2", "bob", "6"))))
        .singleElement()
        .isInstanceOf(Admission.AddNew.class);
  }

  @Test
  void twoPrincipalsWhoJudgeAlikeReachAQuorumOfTwo() {
    admit(2, episode(1, ANN, "i1"), draft(SIX, judged("i1", ANN, "6")));
    List<Admission> second =
        admit(2, episode(1, "bob", "i2"), draft(SIX, judged("i2", "bob", "6")));

    assertThat(item(second.getFirst()).state()).isEqualTo(State.ACTIVE);
  }

  private static final Lesson SEA =
      fact("What small red algae live in the deep sea?", "Rhodophyta do.");
  private static final Lesson RED = fact("What red algae live in the deep sea?", "Rhodophyta do.");
  private static final Lesson SMALL =
      fact("What small algae live in the deep sea?", "Rhodophyta do.");

  @Test
  void whatADraftMadeActiveAnotherOfTheSameEpisodeLeavesSo() {
    Admission sea = admit(1, episode(1, ANN, "i1"), draft(SEA, asked("i1", ANN, "yes"))).getFirst();
    List<Admission> both =
        admit(
            1,
            episode(1, ANN, "i2", "i3"),
            draft(RED, judged("i2", ANN, "yes")),
            draft(SMALL, asked("i3", ANN, "yes")));

    assertThat(both).extracting(Admission::experience).containsOnly(sea.experience());
    assertThat(item(sea).state()).isEqualTo(State.ACTIVE);
  }

  @Test
  void theDraftsOfAnEpisodeReachAQuorumTogether() {
    Admission sea = admit(2, episode(1, ANN, "i1"), draft(SEA, asked("i1", ANN, "yes"))).getFirst();
    admit(
        2,
        episode(1, ANN, "i2", "i3"),
        draft(RED, judged("i2", ANN, "yes")),
        draft(SMALL, judged("i3", "bob", "yes")));

    assertThat(item(sea).state()).isEqualTo(State.ACTIVE);
    assertThat(item(sea).support()).isEqualTo(2);
  }

  @Test
  void whatIsSaidTwiceInAnEpisodeBecomesOneItem() {
    List<Admission> admissions =
        admit(
            1,
            episode(1, ANN, "i1", "i2"),
            draft(SIX, asked("i1", ANN, "6")),
            draft(SIX, judged("i2", ANN, "six")));

    assertThat(admissions.get(0)).isInstanceOf(Admission.AddNew.class);
    assertThat(admissions.get(1)).isInstanceOf(Admission.Reinforce.class);
    assertThat(item(admissions.get(0)).id()).isEqualTo(item(admissions.get(1)).id());
    assertThat(item(admissions.get(0)).state()).isEqualTo(State.ACTIVE);
    assertThat(stores.pool().evidence(SPACE, item(admissions.get(0)).id())).hasSize(2);
  }

  @Test
  void aLaterRevisionReplacesWhatItSaidAndTakesBackWhatItNoLongerSays() {
    List<Admission> before =
        admit(
            1,
            episode(1, ANN, "i1", "i2"),
            draft(SIX, judged("i1", ANN, "6")),
            draft(OTHER, asked("i2", ANN, "Paris")));
    List<Admission> after =
        admit(1, episode(2, ANN, "i1", "i2"), draft(EIGHT, judged("i1", ANN, "8")));

    assertThat(after).singleElement().isInstanceOf(Admission.Revise.class);
    assertThat(item(after.getFirst()).id()).isEqualTo(item(before.get(0)).id());
    assertThat(item(after.getFirst()).lesson()).isEqualTo(EIGHT);
    assertThat(item(before.get(1)).state()).isEqualTo(State.WITHDRAWN);
  }

  @Test
  void aLaterRevisionDoesNotTakeBackWhatOthersSupport() {
    Experience shared = anns(SIX);
    admit(1, episode(1, "bob", "i2"), draft(SIX, judged("i2", "bob", "6")));
    admit(1, episode(2, ANN, "i1"), draft(OTHER, judged("i1", ANN, "Paris")));

    assertThat(stores.pool().experience(SPACE, shared.id()).orElseThrow().state())
        .isEqualTo(State.ACTIVE);
  }

  @Test
  void aLaterRevisionTakesItsOwnEvidenceBackFromWhatOthersSupport() {
    Experience shared = anns(SIX);
    admit(1, episode(1, "bob", "i2"), draft(SIX, judged("i2", "bob", "6")));
    admit(1, episode(2, ANN, "i1"));

    assertThat(stores.pool().evidence(SPACE, shared.id()))
        .containsExactly(judged("i2", "bob", "6"));
    assertThat(stores.pool().experience(SPACE, shared.id()).orElseThrow().state())
        .isEqualTo(State.ACTIVE);
  }

  @Test
  void whatWasSharedByAnOutcomeThatWasTakenBackIsACandidateAgain() {
    Experience shared = anns(SIX);
    admit(1, episode(1, "bob", "i2"), draft(SIX, asked("i2", "bob", "6")));
    admit(1, episode(2, ANN, "i1"));

    assertThat(stores.pool().experience(SPACE, shared.id()).orElseThrow().state())
        .isEqualTo(State.CANDIDATE);
  }

  @Test
  void whatTwoPrincipalsSayStaysOneItemInALaterRevision() {
    Draft anns = draft(SIX, judged("i1", ANN, "6"));
    Draft bobs = draft(SIX, judged("i1", "bob", "6"));
    Experience item = item(admit(2, episode(1, ANN, "i1"), anns, bobs).getFirst());
    List<Admission> again =
        admit(2, episode(2, ANN, "i1"), anns, bobs, draft(OTHER, anns.evidence().getFirst()));

    assertThat(again).extracting(Admission::experience).startsWith(item.id(), item.id());
    assertThat(stores.pool().experience(SPACE, item.id()).orElseThrow().state())
        .isEqualTo(State.ACTIVE);
    assertThat(stores.pool().evidence(SPACE, item.id())).hasSize(2);
  }

  @Test
  void whatIsRevisedIsNotReinforcedBefore() {
    Lesson elsewhere = fact("How many legs do the insects of Fiji have?", "Insects have 6 legs.");
    Experience item =
        item(admit(1, episode(1, ANN, "i1", "i2"), draft(SIX, judged("i2", ANN, "6"))).getFirst());
    List<Admission> again =
        admit(
            1,
            episode(2, ANN, "i1", "i2"),
            draft(elsewhere, judged("i1", ANN, "6")),
            draft(EIGHT, judged("i2", ANN, "8")));

    assertThat(
            stores.pool().inStates(SPACE, List.of(State.ACTIVE)).stream()
                .map(each -> each.lesson().content()))
        .containsExactlyInAnyOrder("Insects have 6 legs.", "Insects have 8 legs.");
    assertThat(again).extracting(Admission::experience).contains(item.id());
  }

  @Test
  void whatWasTakenBackIsTheCandidateOfThoseWhoStillSayIt() {
    Experience shared = anns(SIX);
    admit(1, episode(1, "bob", "i2"), draft(SIX, asked("i2", "bob", "6")));
    admit(1, episode(2, ANN, "i1"));

    assertThat(stores.pool().experience(SPACE, shared.id()).orElseThrow().owner()).isEqualTo("bob");
  }

  @Test
  void whatWasRolledBackDoesNotComeBackWithAnotherRevision() {
    Experience wrong = anns(SIX);
    stores.pool().restore(SPACE, 0, "test", "test");
    AdmissionRules.Decided decided =
        rules(1)
            .decide(
                likeness.known(),
                likeness.known(),
                episode(2, ANN, "i1"),
                List.of(draft(SIX, judged("i1", ANN, "yes"))));

    assertThat(decided.admissions())
        .containsExactly(new Admission.Discard(wrong.id(), "was rolled back"));
    assertThat(decided.changes()).isEmpty();
    assertThat(
            rules(1)
                .admitAll(episode(2, ANN, "i1"), List.of(draft(SIX, judged("i1", ANN, "yes"))))
                .changes())
        .isEmpty();
    assertThat(admit(1, episode(2, ANN, "i1"), draft(EIGHT, judged("i1", ANN, "8"))))
        .singleElement()
        .isInstanceOf(Admission.AddNew.class);
  }

  @Test
  void aLaterRevisionThatSaysNothingWithdrawsWhatItSaid() {
    Experience item = anns(SIX);
    admit(1, episode(2, ANN, "i1"));

    assertThat(stores.pool().experience(SPACE, item.id()).orElseThrow().state())
        .isEqualTo(State.WITHDRAWN);
  }

  @Test
  void aLaterRevisionThatSaysTheSameChangesNothing() {
    anns(SIX);
    AdmissionRules.Decided decided =
        rules(1).admitAll(episode(2, ANN, "i1"), List.of(draft(SIX, judged("i1", ANN, "yes"))));

    assertThat(decided.changes()).isEmpty();
    assertThat(decided.admissions()).singleElement().isInstanceOf(Admission.Reinforce.class);
  }

  @Test
  void withoutAdmissionALaterRevisionReplacesItsRecords() {
    Experience record = anns(SIX);
    AdmissionRules.Decided decided =
        rules(1)
            .admitAll(
                episode(2, ANN, "i1", "i2"),
                List.of(draft(EIGHT, judged("i1", ANN, "8")), draft(SIX, asked("i2", ANN, "6"))));
    apply(decided.changes());

    assertThat(decided.admissions().get(0)).isInstanceOf(Admission.Revise.class);
    assertThat(decided.admissions().get(1)).isInstanceOf(Admission.AddNew.class);
    assertThat(stores.pool().experience(SPACE, record.id()).orElseThrow().lesson())
        .isEqualTo(EIGHT);
    assertThat(stores.pool().inStates(SPACE, List.of(State.ACTIVE, State.CANDIDATE))).hasSize(2);
  }

  @Test
  void withoutAdmissionEveryDraftIsStored() {
    anns(SIX);
    AdmissionRules.Decided decided =
        rules(1)
            .admitAll(
                episode(1, ANN, "i2"),
                List.of(draft(SIX, judged("i2", ANN, "6")), draft(SIX, judged("i2", ANN, "6"))));
    apply(decided.changes());

    assertThat(decided.admissions()).hasOnlyElementsOfType(Admission.AddNew.class).hasSize(2);
    assertThat(stores.pool().inStates(SPACE, List.of(State.ACTIVE))).hasSize(3);
  }

  @Test
  void candidatesOfThreePrincipalsReachAQuorumOfThreeAndBecomeOneItem() {
    String anns =
        admit(3, episode(1, ANN, "i1"), draft(SIX, judged("i1", ANN, "6"))).getFirst().experience();
    String bobs =
        admit(3, episode(1, "bob", "i2"), draft(SIX, judged("i2", "bob", "6")))
            .getFirst()
            .experience();
    List<Admission> third = admit(3, episode(1, "cid", "i3"), draft(SIX, judged("i3", "cid", "6")));

    assertThat(third)
        .containsExactly(new Admission.Reinforce(anns, "says the same, similarity 1.00"));
    assertThat(item(third.getFirst()).state()).isEqualTo(State.ACTIVE);
    assertThat(item(third.getFirst()).support()).isEqualTo(3);
    Experience absorbed = stores.pool().experience(SPACE, bobs).orElseThrow();
    assertThat(absorbed.state()).isEqualTo(State.WITHDRAWN);
    assertThat(absorbed.successor()).isEqualTo(anns);
  }

  @Test
  void evidenceTakenBackBelowTheQuorumMakesACandidateOfTheOneWhoIsLeft() {
    admit(2, episode(1, ANN, "i1"), draft(SIX, judged("i1", ANN, "6")));
    Admission both =
        admit(2, episode(1, "bob", "i2"), draft(SIX, judged("i2", "bob", "6"))).getFirst();
    assertThat(item(both).state()).isEqualTo(State.ACTIVE);
    admit(2, episode(2, ANN, "i1"));

    assertThat(item(both).state()).isEqualTo(State.CANDIDATE);
    assertThat(item(both).owner()).isEqualTo("bob");
  }

  @Test
  void manyRequestsOfOnePrincipalAreOneSupporter() {
    admit(2, episode(1, ANN, "i1"), draft(SIX, judged("i1", ANN, "6")));
    Admission again =
        admit(
                2,
                episode(1, ANN, "i2", "i3"),
                draft(SIX, judged("i2", ANN, "6"), judged("i3", ANN, "6")))
            .getFirst();

    assertThat(item(again).support()).isEqualTo(1);
    assertThat(item(again).state()).isEqualTo(State.CANDIDATE);
  }

  @Test
  void aBareAnswerSpeaksOfItsVerySituationOnly() {
    anns(fact("Should I open the valve of the large tank?", "Yes."));

    assertThat(
            admit(
                1,
                episode(1, ANN, "i2"),
                draft(
                    fact("Should I usually open the valve of the large tank?", "Yes."),
                    judged("i2", ANN, "Yes."))))
        .singleElement()
        .isInstanceOf(Admission.AddNew.class);
  }

  @Test
  void whatAnItemWasCondensedFromIsOneWithIt() {
    Experience item =
        anns(
            fact(
                "How does the red pump start? / When does the green pump stop?",
                "Turn lever V7 twice."));

    assertThat(
            admit(
                1,
                episode(1, ANN, "i2"),
                draft(
                    fact("When does the green pump stop?", "Turn lever V7 twice."),
                    judged("i2", ANN, "yes"))))
        .extracting(Admission::experience)
        .containsExactly(item.id());
  }

  @Test
  void nobodyIsToldWhoseCandidateIsNear() {
    admit(1, episode(1, ANN, "i1"), draft(SIX, asked("i1", ANN, "6")));

    assertThat(admit(1, episode(1, "bob", "i2"), draft(EIGHT, asked("i2", "bob", "8"))))
        .extracting(Admission::reason)
        .containsExactly("near an item, similarity 1.00, but the content differs");
  }

  @Test
  void whatSaysTheSameAsAnItemUnderQuarantineIsTurnedDown() {
    Experience harmful = anns(SIX);
    apply(List.of(new Change.Reinforce(harmful.id(), State.QUARANTINED, List.of())));

    assertThat(admit(1, episode(1, "bob", "i2"), draft(SIX, judged("i2", "bob", "yes"))))
        .singleElement()
        .isEqualTo(
            new Admission.Discard(
                harmful.id(), "says the same as an item under quarantine, which did harm"));
    assertThat(stores.pool().inStates(SPACE, List.of(State.ACTIVE))).isEmpty();
  }
}
