package dev.hone.backend.store;

import static dev.hone.testing.Samples.ANN;
import static dev.hone.testing.Samples.SPACE;
import static dev.hone.testing.Samples.START;
import static dev.hone.testing.Samples.answered;
import static dev.hone.testing.Samples.asked;
import static dev.hone.testing.Samples.assistant;
import static dev.hone.testing.Samples.correction;
import static dev.hone.testing.Samples.fact;
import static dev.hone.testing.Samples.judged;
import static dev.hone.testing.Samples.opening;
import static dev.hone.testing.Samples.scope;
import static dev.hone.testing.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.experience.Anchor;
import dev.hone.experience.Block;
import dev.hone.experience.Change;
import dev.hone.experience.Commit;
import dev.hone.experience.Digest;
import dev.hone.experience.Episode;
import dev.hone.experience.EpisodeState;
import dev.hone.experience.Evidence;
import dev.hone.experience.Experience;
import dev.hone.experience.Exposure;
import dev.hone.experience.InteractionState;
import dev.hone.experience.Message;
import dev.hone.experience.Mode;
import dev.hone.experience.Outcome;
import dev.hone.experience.Receipt;
import dev.hone.experience.Relation;
import dev.hone.experience.Role;
import dev.hone.experience.Scope;
import dev.hone.experience.Selection;
import dev.hone.experience.Selection.By;
import dev.hone.experience.State;
import dev.hone.port.Episodes;
import dev.hone.port.Forgetting;
import dev.hone.port.Forgetting.Affected;
import dev.hone.port.Forgetting.Fate;
import dev.hone.port.Forgetting.Plan;
import dev.hone.port.Forgetting.Result;
import dev.hone.port.Forgetting.Stage;
import dev.hone.port.Forgotten.Kind;
import dev.hone.port.Journal;
import dev.hone.port.Pool;
import dev.hone.port.Retention.Limits;
import dev.hone.testing.SettableClock;
import dev.hone.testing.Stores;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What goes, what stays and what comes back when interactions are forgotten. */
abstract class ForgettingContract {

  static final String LAST = "f1";

  private static final String BOB = "bob";
  private static final String ASKED = "How is the loop of the Kestrel rig closed?";
  private static final String TOLD = "Turn the red lever V7 twice.";
  private static final Duration WINDOW = Duration.ofHours(24);

  private final SettableClock clock = new SettableClock();

  abstract Stores stores();

  /** The chain of commits is what it says. */
  abstract void assertChainVerifies();

  final SettableClock clock() {
    return clock;
  }

  final Forgetting forgetting() {
    return stores().forgetting(clock);
  }

  private Journal journal() {
    return stores().journal();
  }

  private Pool pool() {
    return stores().pool();
  }

  private static Selection by(By by, String value) {
    return new Selection(by, value, null);
  }

  private static Selection one(String interaction) {
    return by(By.INTERACTION, interaction);
  }

  final Result execute(Selection selection) {
    return execute(LAST, selection);
  }

  final Result execute(String id, Selection selection) {
    String token = forgetting().plan(SPACE, selection).token();
    return forgetting().execute(order(id, selection, token));
  }

  final Forgetting.Order order(String id, Selection selection, String token) {
    return new Forgetting.Order(
        id, SPACE, selection, token, "cora", clock.instant(), clock.instant().plus(WINDOW));
  }

  private void purge(String id) {
    forgetting().destroy(id);
    forgetting().wipe();
    forgetting().purged(id);
  }

  private static Scope person(String principal, String session, String user) {
    return new Scope(SPACE, principal, user, session, null);
  }

  private void record(
      String id, Scope scope, String question, String answer, String... corrections) {
    List<Outcome> outcomes =
        java.util.Arrays.stream(corrections)
            .map(words -> correction("o-" + id, id, scope.principal(), words))
            .toList();
    journal().recorded(opening(id, scope, user(question)), answered(assistant(answer)), outcomes);
  }

  private Episode closed(String episode, String... ids) {
    for (String id : ids) {
      stores()
          .episodes()
          .put(
              List.of(new Episodes.Place(episode, journal().interaction(SPACE, id).orElseThrow())));
    }
    stores().episodes().close(List.of(episode), START);
    return stores().episodes().episode(SPACE, episode).orElseThrow();
  }

  private Commit learn(@Nullable Episode episode, Change... changes) {
    return pool()
        .apply(
            new Pool.ChangeSet(
                SPACE, Commit.Kind.DISTILL, "learning", "why", List.of(changes), episode))
        .orElseThrow();
  }

  private static Change add(String id, String when, String content, Evidence... evidence) {
    return new Change.Add(
        id,
        fact(when, content),
        State.ACTIVE,
        evidence[0].principal(),
        List.of(evidence),
        List.of());
  }

  /** One interaction of somebody, and the item that was learned from it. */
  final void teach(String interaction, String principal, String item, String when, String what) {
    record(interaction, person(principal, "s-" + interaction, "u-" + principal), when, "No.", what);
    learn(
        closed("e-" + interaction, interaction),
        add(
            item,
            when,
            what,
            asked(interaction, principal, when),
            judged(interaction, principal, what)));
  }

  /** Somebody else says the same. */
  private void confirm(
      String interaction, String principal, String item, String when, String what) {
    record(interaction, person(principal, "s-" + interaction, "u-" + principal), when, "No.", what);
    learn(
        closed("e-" + interaction, interaction),
        new Change.Reinforce(
            item,
            State.ACTIVE,
            List.of(asked(interaction, principal, when), judged(interaction, principal, what))));
  }

  /** An item that another one is linked with. */
  private void near(String item) {
    learn(
        null,
        add("near", "It hums", "Wait.", judged("edit/near/1", BOB, "Wait.")),
        new Change.Link("near", item, Relation.RESEMBLES, 0.9));
  }

  private List<String> linked(String item) {
    return pool().links(SPACE, item, BOB, 10).stream().map(Pool.Linked::experience).toList();
  }

  private Experience item(String id) {
    return pool().experience(SPACE, id).orElseThrow();
  }

  private State state(String id) {
    return item(id).state();
  }

  private Map<String, Fate> fates(Selection selection) {
    return forgetting().plan(SPACE, selection).items().stream()
        .collect(Collectors.toMap(Affected::id, Affected::fate));
  }

  private Receipt receipt(String id) {
    return journal().receipt(SPACE, ANN, id).orElseThrow();
  }

  @Test
  void aPlanTellsWhatWouldGoAndChangesNothing() {
    teach("i1", ANN, "x1", ASKED, TOLD);
    Receipt before = receipt("i1");

    Plan plan = forgetting().plan(SPACE, one("i1"));

    assertThat(plan.interactions()).containsExactly("i1");
    assertThat(plan.conversations()).isEqualTo(1);
    assertThat(plan.outcomes()).isEqualTo(1);
    assertThat(plan.evidence()).isEqualTo(2);
    assertThat(plan.episodes()).containsExactly("e-i1");
    assertThat(plan.items())
        .containsExactly(new Affected("x1", "A title", State.ACTIVE, ANN, Fate.WITHDRAWN));
    assertThat(receipt("i1")).isEqualTo(before);
    assertThat(forgetting().plan(SPACE, one("i1")).token()).isEqualTo(plan.token());
    assertThat(forgetting().list(SPACE, null, null, 10)).isEmpty();
  }

  @Test
  void whatIsForgottenIsNowhereToBeReadAndItsReceiptSaysSo() {
    teach("i1", ANN, "x1", ASKED, TOLD);

    assertThat(execute(one("i1"))).isInstanceOf(Result.Done.class);

    Receipt receipt = receipt("i1");
    assertThat(receipt.interaction().state()).isEqualTo(InteractionState.FORGOTTEN);
    assertThat(receipt.interaction().messages()).isEmpty();
    assertThat(receipt.interaction().answer()).isNull();
    assertThat(receipt.interaction().outcomes()).isEmpty();
    assertThat(receipt.interaction().scope().session()).isNull();
    assertThat(receipt.interaction().scope().user()).isNull();
    assertThat(receipt.learning()).isInstanceOf(Receipt.Learning.Excluded.class);
    assertThat(journal().receipts(SPACE, ANN, Journal.Wanted.ALL, null, 10)).isEmpty();
    assertThat(state("x1")).isEqualTo(State.PURGED);
    assertThat(pool().versions(SPACE, "x1", BOB)).isEmpty();
    assertThat(pool().evidence(SPACE, "x1")).isEmpty();
    assertThat(pool().experiences(SPACE, Map.of("x1", 1)).get("x1").lesson().content())
        .doesNotContain("lever");
    assertThat(stores().episodes().episode(SPACE, "e-i1").orElseThrow().interactions()).isEmpty();
    assertThat(pool().commits(SPACE, Long.MAX_VALUE, 1).getFirst().kind())
        .isEqualTo(Commit.Kind.FORGET);
    assertChainVerifies();
  }

  @Test
  void anItemThatOthersSupportWordByWordStaysWithTheirEvidence() {
    teach("i1", ANN, "x1", ASKED, TOLD);
    confirm("i2", BOB, "x1", ASKED + " Please.", TOLD);
    // The title must be said by somebody who is left, too.
    assertThat(fates(one("i1"))).containsEntry("x1", Fate.REDERIVED);

    teach("i3", ANN, "x3", "A title: " + ASKED, TOLD);
    confirm("i4", BOB, "x3", "A title: " + ASKED, TOLD);
    assertThat(fates(one("i3"))).containsExactly(Map.entry("x3", Fate.KEPT));
    execute(one("i3"));

    assertThat(state("x3")).isEqualTo(State.ACTIVE);
    assertThat(item("x3").lesson().content()).isEqualTo(TOLD);
    assertThat(item("x3").owner()).isEqualTo(BOB);
    assertThat(pool().evidence(SPACE, "x3")).extracting(Evidence::interaction).containsOnly("i4");
    assertThat(stores().episodes().episode(SPACE, "e-i4").orElseThrow().revision()).isEqualTo(1);
    assertChainVerifies();
  }

  @Test
  void anItemWithAWordThatNobodyElseSaidIsWithdrawnAndTheOthersAreLearnedFromAgain() {
    teach("i1", ANN, "x1", "A title: " + ASKED, "Turn the secret lever V7 twice.");
    confirm("i2", BOB, "x1", "A title: " + ASKED, TOLD);

    assertThat(fates(one("i1"))).containsExactly(Map.entry("x1", Fate.REDERIVED));
    execute(one("i1"));

    assertThat(state("x1")).isEqualTo(State.PURGED);
    Episode again = stores().episodes().due(clock.instant()).orElseThrow();
    assertThat(again.id()).isEqualTo("e-i2");
    assertThat(again.revision()).isEqualTo(2);
    assertChainVerifies();
  }

  @Test
  void withFewerVoicesThanTheQuorumAnItemIsACandidateAgain() {
    teach("i1", ANN, "x1", "A title: " + ASKED, TOLD);
    record("i2", scope(SPACE, BOB), "A title: " + ASKED + " " + TOLD, "Yes.");
    learn(
        closed("e-i2", "i2"),
        new Change.Reinforce(
            "x1", State.ACTIVE, List.of(asked("i2", BOB, "A title: " + ASKED + " " + TOLD))));

    execute(one("i1"));

    assertThat(state("x1")).isEqualTo(State.CANDIDATE);
    assertThat(item("x1").owner()).isEqualTo(BOB);
    learn(null, new Change.Withdraw("x1", java.util.Optional.empty()));
    pool().restore(SPACE, 2, "cora", "back to both");
    assertThat(state("x1")).isEqualTo(State.CANDIDATE);
    assertThat(item("x1").owner()).isEqualTo(BOB);
  }

  @Test
  void aRollbackLeavesAnItemAsItIsIfNothingIsLeftOfWhatItRestedOn() {
    teach("i1", ANN, "x1", "A title: " + ASKED, TOLD);
    learn(
        null,
        new Change.Revise(
            "x1",
            fact("A title: " + ASKED, "Twice: " + TOLD),
            State.ACTIVE,
            List.of(judged("i2", BOB, "A title: " + ASKED + " Twice: " + TOLD))));
    Experience now = item("x1");
    execute(one("i1"));

    assertThat(pool().restore(SPACE, 1, "cora", "back to Ann's")).isEmpty();

    assertThat(item("x1")).isEqualTo(now);
    assertThat(pool().evidence(SPACE, "x1")).extracting(Evidence::principal).containsOnly(BOB);
  }

  @Test
  void rejectionsHoldNoWordsAndStay() {
    teach("i1", ANN, "x1", ASKED, TOLD);
    pool().reject(SPACE, "group", "the child is not retrieved for the situation of item x1");

    execute(one("i1"));

    assertThat(pool().rejections(SPACE)).containsExactly("group");
  }

  @Test
  void whatAPersonWroteIsEvidenceForItsWords() {
    record("i1", scope(SPACE, ANN), "Is it so?", "No.", "It is so.");
    learn(
        null,
        add(
            "x1",
            "Somebody asks for the walrus",
            "Fetch it.",
            judged("edit/x1/1", BOB, "Fetch it.")));
    learn(
        closed("e1", "i1"),
        new Change.Reinforce("x1", State.ACTIVE, List.of(judged("i1", ANN, "It is so."))));

    assertThat(fates(one("i1"))).containsExactly(Map.entry("x1", Fate.KEPT));
  }

  @Test
  void anEarlierVersionWithForgottenWordsGoesThoughTheItemStays() {
    teach("i1", ANN, "x1", "A title: " + ASKED, "Turn the secret lever.");
    learn(
        null,
        new Change.Revise(
            "x1",
            fact("A title: " + ASKED, TOLD),
            State.ACTIVE,
            List.of(
                asked("i1", ANN, "A title: " + ASKED),
                judged("i1", ANN, "Turn the secret lever."),
                judged("edit/x1/2", BOB, TOLD),
                asked("i9", BOB, "A title: " + ASKED))));

    assertThat(fates(one("i1"))).containsExactly(Map.entry("x1", Fate.KEPT));
    execute(one("i1"));

    assertThat(item("x1").lesson().content()).isEqualTo(TOLD);
    assertThat(pool().versions(SPACE, "x1", BOB))
        .extracting(each -> each.experience().lesson().content())
        .noneMatch(content -> content.contains("secret"));
    pool().restore(SPACE, 1, "cora", "back to the secret");
    assertThat(item("x1").lesson().content()).isEqualTo(TOLD);
    assertChainVerifies();
  }

  @Test
  void parentsThatWereCondensedIntoWhatGoesComeBackIfTheyRestOnOthers() {
    teach("i1", ANN, "x1", ASKED + " Quickly?", TOLD);
    teach("i2", BOB, "x2", ASKED, TOLD);
    near("x2");
    assertThat(linked("near")).containsExactly("x2");
    learn(
        null,
        new Change.Add(
            "child",
            fact(ASKED + " Quickly?", TOLD),
            State.ACTIVE,
            ANN,
            List.of(),
            List.of("x1", "x2")),
        new Change.Withdraw("x1", java.util.Optional.of("child")),
        new Change.Withdraw("x2", java.util.Optional.of("child")));

    assertThat(fates(one("i1")))
        .isEqualTo(Map.of("child", Fate.WITHDRAWN, "x1", Fate.ERASED, "x2", Fate.RESTORED));
    execute(one("i1"));

    assertThat(state("child")).isEqualTo(State.PURGED);
    assertThat(state("x1")).isEqualTo(State.PURGED);
    assertThat(state("x2")).isEqualTo(State.ACTIVE);
    assertThat(item("x2").lesson()).isEqualTo(fact(ASKED, TOLD));
    assertThat(pool().evidence(SPACE, "x2")).hasSize(2);
    assertChainVerifies();

    assertThat(linked("near")).containsExactly("x2");
    pool().restore(SPACE, 4, "cora", "back to the child");
    assertThat(state("child")).isEqualTo(State.PURGED);
    assertThat(state("x2")).as("what others said is not lost").isEqualTo(State.ACTIVE);

    forgetting().undo(SPACE, LAST, "cora");
    assertThat(state("child")).isEqualTo(State.ACTIVE);
    assertThat(linked("near")).containsExactly("child");
    assertChainVerifies();
  }

  @Test
  void anItemWrittenFromTheSameEpisodeThatSaysForgottenWordsGoesToo() {
    record("i1", scope(SPACE, ANN), "My name is Zebulon.", "Hello.");
    record("i2", scope(SPACE, ANN), ASKED, "No.", TOLD);
    learn(
        closed("e1", "i1", "i2"),
        add("x1", "Zebulon asks: " + ASKED, TOLD, asked("i2", ANN, ASKED), judged("i2", ANN, TOLD)),
        add("x2", ASKED, "Whatever: " + TOLD, asked("i2", ANN, ASKED), judged("i2", ANN, TOLD)));

    assertThat(fates(one("i1"))).containsExactly(Map.entry("x1", Fate.REDERIVED));
    execute(one("i1"));

    Episode again = stores().episodes().due(clock.instant()).orElseThrow();
    assertThat(again.revision()).isEqualTo(2);
    assertThat(again.interactions()).extracting(each -> each.id()).containsExactly("i2");
  }

  /** An interaction of Bob's in whose prompt the item x1 stood. */
  final Journal.Opening shown(String id) {
    Block block =
        new Block(
            "\n\nNote: " + TOLD, List.of(new Block.Shown("x1", 1, 5)), 12, List.of("turn it"));
    return new Journal.Opening(
        id,
        scope(SPACE, BOB),
        Mode.AUGMENT,
        "/v1/chat/completions",
        "talk-" + id,
        null,
        "a-model",
        List.of(user("Which one?")),
        Digest.of("chain", id),
        "{}",
        new Anchor(Digest.of("chain", id), block),
        List.of(Exposure.sure(id, "x1", 1, 1, 5)),
        START);
  }

  private void show(String id, String answer) {
    journal().recorded(shown(id), answered(assistant(answer)), List.of());
  }

  @Test
  void blocksThatShowWhatIsForgottenAreEmptyAndStaySo() {
    teach("i1", ANN, "x1", ASKED, TOLD);
    show("b1", "Fine.");

    execute(one("i1"));

    Anchor anchor = journal().anchors(SPACE, "talk-b1").getFirst();
    assertThat(anchor.block().text()).isEmpty();
    assertThat(anchor.block().items()).isEmpty();
    assertThat(journal().interaction(SPACE, "b1").orElseThrow().answer()).isNotNull();
    forgetting().undo(SPACE, LAST, "cora");
    assertThat(journal().anchors(SPACE, "talk-b1").getFirst().block().text()).contains(TOLD);
  }

  @Test
  void anAnswerToSomebodyElseThatRepeatsItGoesAndWhatRestsOnThatAnswer() {
    teach("i1", ANN, "x1", ASKED, TOLD);
    show("b1", "I think that you should turn the red lever.");
    learn(
        closed("e-b1", "b1"),
        add(
            "x2",
            "Which one?",
            "Turn the red lever.",
            new Evidence("b1", Role.ASSISTANT, "turn the red lever", BOB)));

    Plan plan = forgetting().plan(SPACE, one("i1"));
    assertThat(plan.interactions()).containsExactly("i1");
    assertThat(plan.answers()).isEqualTo(1);
    execute(one("i1"));

    assertThat(journal().interaction(SPACE, "b1").orElseThrow().answer()).isNull();
    assertThat(journal().interaction(SPACE, "b1").orElseThrow().messages()).hasSize(1);
    assertThat(state("x2")).isEqualTo(State.PURGED);
    forgetting().undo(SPACE, LAST, "cora");
    assertThat(journal().interaction(SPACE, "b1").orElseThrow().answer())
        .isEqualTo(assistant("I think that you should turn the red lever."));
    assertThat(state("x2")).isEqualTo(State.ACTIVE);
  }

  @Test
  void whatComesTooLateIsNotKept() {
    teach("i1", ANN, "x1", ASKED, TOLD);
    journal().opened(opening("i2", person(ANN, "s-late", "zoe"), user("One more thing")));
    execute("f0", by(By.SESSION, "s-late"));
    execute(one("i1"));

    journal().completed(SPACE, "i2", answered(assistant("Here it is")));
    journal().outcome(SPACE, correction("o9", "i1", ANN, "Turn the secret lever."));
    journal()
        .recorded(
            opening("i2", person(ANN, "s-late", "zoe"), user("One more thing")),
            answered(assistant("Here it is")),
            List.of(correction("o8", "i2", ANN, "No.")));

    for (String id : List.of("i1", "i2")) {
      assertThat(receipt(id).interaction().state()).isEqualTo(InteractionState.FORGOTTEN);
      assertThat(receipt(id).interaction().messages()).isEmpty();
      assertThat(receipt(id).interaction().outcomes()).isEmpty();
    }
    show("b1", "Turn the red lever V7.");
    assertThat(journal().interaction(SPACE, "b1").orElseThrow().answer())
        .as("the answer to a request that was under way with what is forgotten")
        .isNull();
    assertThat(journal().anchors(SPACE, "talk-b1").getFirst().block().text()).isEmpty();
    forgetting().undo(SPACE, LAST, "cora");
    forgetting().undo(SPACE, "f0", "cora");
    assertThat(receipt("i2").interaction().state()).isEqualTo(InteractionState.INTERRUPTED);
  }

  @Test
  void aRollbackBringsNothingBack() {
    teach("i1", ANN, "x1", ASKED, TOLD);
    near("x1");
    long before = pool().head(SPACE);
    execute(one("i1"));

    assertThat(pool().restore(SPACE, before, "cora", "back")).isEmpty();
    purge(LAST);
    assertThat(pool().restore(SPACE, before, "cora", "back")).isEmpty();
    assertThat(linked("near")).isEmpty();
    assertThat(pool().restore(SPACE, 0, "cora", "to the beginning"))
        .hasValueSatisfying(
            commit ->
                assertThat(commit.touched())
                    .extracting(Commit.Touched::experience)
                    .containsExactly("near"));

    assertThat(state("x1")).isEqualTo(State.PURGED);
    assertChainVerifies();
  }

  @Test
  void anUndoPutsEverythingBackAsItWas() {
    teach("i1", ANN, "x1", ASKED, TOLD);
    confirm("i2", BOB, "x1", "A title: " + ASKED, TOLD);
    Receipt receipt = receipt("i1");
    Experience item = item("x1");
    List<Evidence> evidence = pool().evidence(SPACE, "x1");
    Episodes.Summary episode = stores().episodes().list(SPACE, ANN, null, null, 1).getFirst();
    execute(one("i1"));

    Result undone = forgetting().undo(SPACE, LAST, "cora");

    assertThat(undone)
        .isInstanceOfSatisfying(
            Result.Done.class, done -> assertThat(done.entry().stage()).isEqualTo(Stage.UNDONE));
    assertThat(receipt("i1")).isEqualTo(receipt);
    assertThat(item("x1").lesson()).isEqualTo(item.lesson());
    assertThat(item("x1").state()).isEqualTo(item.state());
    assertThat(item("x1").owner()).isEqualTo(item.owner());
    assertThat(pool().evidence(SPACE, "x1")).isEqualTo(evidence);
    assertThat(stores().episodes().list(SPACE, ANN, null, null, 1).getFirst()).isEqualTo(episode);
    assertThat(forgetting().forgotten(SPACE, Kind.INTERACTION, List.of("i1"))).isEmpty();
    assertThat(forgetting().undo(SPACE, LAST, "cora")).isInstanceOf(Result.TooLate.class);
    assertChainVerifies();
  }

  @Test
  void anUndoLinksAgainWhatSaysTheSameAsBefore() {
    teach("i1", ANN, "x1", ASKED, TOLD);
    near("x1");
    execute("f0", one("i1"));
    assertThat(linked("near")).isEmpty();

    forgetting().undo(SPACE, "f0", "cora");

    assertThat(linked("near")).containsExactly("x1");
    execute(one("i1"));
    learn(
        null,
        new Change.Revise(
            "near",
            fact("It hums", "Leave."),
            State.ACTIVE,
            List.of(judged("edit/near/2", BOB, "Leave."))));
    forgetting().undo(SPACE, LAST, "cora");
    assertThat(state("x1")).isEqualTo(State.ACTIVE);
    assertThat(linked("near")).isEmpty();
  }

  @Test
  void whatWasLearnedAgainMeanwhileIsLearnedFromOnceMoreAfterAnUndo() {
    teach("i1", ANN, "x1", "A title: " + ASKED, "Turn the secret lever V7 twice.");
    confirm("i2", BOB, "x1", "A title: " + ASKED, TOLD);
    execute(one("i1"));
    Episode again = stores().episodes().due(clock.instant()).orElseThrow();
    learn(again, add("x2", "A title: " + ASKED, TOLD, asked("i2", BOB, "A title: " + ASKED)));

    forgetting().undo(SPACE, LAST, "cora");

    Episode once = stores().episodes().due(clock.instant()).orElseThrow();
    assertThat(once.id()).isEqualTo("e-i2");
    assertThat(once.revision()).isEqualTo(3);
    assertThat(state("x1")).isEqualTo(State.ACTIVE);
  }

  @Test
  void whatWasForgottenLaterIsUndoneFirst() {
    teach("i1", ANN, "x1", "A title: " + ASKED, "Turn the secret lever V7 twice.");
    confirm("i2", BOB, "x1", "A title: " + ASKED, TOLD);
    // Ids are made with the plans, in whatever order these are carried out.
    execute("f2", one("i1"));
    execute("f1", one("i2"));

    assertThat(forgetting().undo(SPACE, "f2", "cora"))
        .isInstanceOfSatisfying(
            Result.Later.class, later -> assertThat(later.entry().id()).isEqualTo("f1"));
    assertThat(receipt("i1").interaction().state()).isEqualTo(InteractionState.FORGOTTEN);
    assertThat(forgetting().undo(SPACE, "f1", "cora")).isInstanceOf(Result.Done.class);
    assertThat(state("x1")).isEqualTo(State.PURGED);
    assertThat(forgetting().undo(SPACE, "f2", "cora")).isInstanceOf(Result.Done.class);

    assertThat(state("x1")).isEqualTo(State.ACTIVE);
    assertThat(receipt("i1").interaction().state()).isEqualTo(InteractionState.COMPLETED);
    assertChainVerifies();
  }

  @Test
  void whatIsDestroyedTakesWhatLiesApartFromBefore() {
    teach("i1", ANN, "x1", ASKED, TOLD);
    show("b1", "I think that you should turn the red lever.");
    execute("f1", one("i1"));
    execute("f2", one("b1"));

    purge("f2");

    assertThat(forgetting().entry(SPACE, "f1").orElseThrow().stage()).isEqualTo(Stage.PURGING);
    assertThat(forgetting().due(clock.instant()))
        .extracting(Forgetting.Entry::id)
        .containsExactly("f1");
    assertThat(forgetting().undo(SPACE, "f1", "cora")).isInstanceOf(Result.TooLate.class);
    assertChainVerifies();
  }

  @Test
  void whatIsDestroyedLeavesWhatWasForgottenLater() {
    teach("i1", ANN, "x1", ASKED, TOLD);
    teach("i2", BOB, "x2", "Where is the fuse?", "In the drawer.");
    execute("f1", one("i1"));
    execute("f2", one("i2"));

    purge("f1");

    assertThat(forgetting().undo(SPACE, "f2", "cora")).isInstanceOf(Result.Done.class);
    assertThat(state("x2")).isEqualTo(State.ACTIVE);
    assertThat(state("x1")).isEqualTo(State.PURGED);
  }

  @Test
  void aPurgeIsForGood() {
    teach("i1", ANN, "x1", ASKED, TOLD);
    execute(one("i1"));
    assertThat(forgetting().due(clock.instant())).isEmpty();
    assertThat(forgetting().nextDue()).contains(clock.instant().plus(WINDOW));
    clock.advance(WINDOW);
    assertThat(forgetting().due(clock.instant()))
        .extracting(Forgetting.Entry::id)
        .containsExactly(LAST);

    forgetting().destroy(LAST);
    assertThat(forgetting().due(clock.instant()))
        .as("half destroyed it is still due")
        .extracting(Forgetting.Entry::stage)
        .containsExactly(Stage.PURGING);
    purge(LAST);

    assertThat(forgetting().due(clock.instant())).isEmpty();
    assertThat(forgetting().nextDue()).isEmpty();
    assertThat(forgetting().undo(SPACE, LAST, "cora"))
        .isInstanceOfSatisfying(
            Result.TooLate.class, late -> assertThat(late.entry().stage()).isEqualTo(Stage.PURGED));
    assertThat(receipt("i1").interaction().state()).isEqualTo(InteractionState.FORGOTTEN);
    assertChainVerifies();
  }

  @Test
  void aPlanThatNoLongerHoldsIsNotCarriedOut() {
    teach("i1", ANN, "x1", ASKED, TOLD);
    String token = forgetting().plan(SPACE, by(By.USER, "u-ann")).token();
    teach("i2", ANN, "x2", "Where is the fuse?", "In the drawer.");

    Result result = forgetting().execute(order(LAST, by(By.USER, "u-ann"), token));

    assertThat(result)
        .isInstanceOfSatisfying(
            Result.Stale.class,
            stale -> assertThat(stale.plan().interactions()).containsExactly("i1", "i2"));
    assertThat(receipt("i1").interaction().state()).isEqualTo(InteractionState.COMPLETED);
    assertThat(forgetting().undo(SPACE, "nobody", "cora")).isEqualTo(new Result.Missing());
  }

  private List<String> covered(Selection selection) {
    return forgetting().plan(SPACE, selection).interactions();
  }

  @Test
  void selectionsGoBySessionUserPrincipalAndWords() {
    record("i1", person(ANN, "s1", "zoe"), "Where does Jane\nDOE live?", "In Ulm.");
    record("i2", person(ANN, "s1", "max"), "Jane is here. Doe is not.", "Yes.");
    record("i3", person(BOB, "s2", "zoe"), "Who?", "Jane-Doe, of course.");
    record("i4", person(BOB, "s2", "max"), "Who?", "Nobody.", "It was jane doe.");

    assertThat(covered(by(By.SESSION, "s1"))).containsExactly("i1", "i2");
    assertThat(covered(by(By.USER, "zoe"))).containsExactly("i1", "i3");
    assertThat(covered(new Selection(By.USER, "zoe", BOB))).containsExactly("i3");
    assertThat(covered(by(By.PRINCIPAL, BOB))).containsExactly("i3", "i4");
    assertThat(covered(by(By.QUERY, "jane doe"))).containsExactly("i1", "i3", "i4");
    assertThat(covered(by(By.QUERY, "jane do"))).isEmpty();
    assertThat(covered(new Selection(By.INTERACTION, "i1", BOB))).isEmpty();
  }

  @Test
  void byItsPrincipalGoesAlsoWhatItSaidOfOthersAndWroteIntoItems() {
    record("i1", scope(SPACE, BOB), "Which lever?", "The blue one.");
    journal().outcome(SPACE, correction("o1", "i1", ANN, "The red one, says Ann."));
    learn(
        closed("e1", "i1"),
        add(
            "x1",
            "Which lever?",
            "The red one, says Ann.",
            asked("i1", BOB, "Which lever?"),
            judged("i1", ANN, "The red one, says Ann.")));
    learn(null, add("x2", "It hums", "Ann waits.", judged("edit/x2/1", ANN, "Ann waits.")));

    Plan plan = forgetting().plan(SPACE, by(By.PRINCIPAL, ANN));
    assertThat(plan.interactions()).isEmpty();
    assertThat(plan.outcomes()).isEqualTo(1);
    execute(by(By.PRINCIPAL, ANN));

    assertThat(journal().interaction(SPACE, "i1").orElseThrow().outcomes()).isEmpty();
    assertThat(state("x1")).isEqualTo(State.PURGED);
    assertThat(state("x2")).isEqualTo(State.PURGED);
    forgetting().undo(SPACE, LAST, "cora");
    assertThat(journal().interaction(SPACE, "i1").orElseThrow().outcomes()).hasSize(1);
    assertThat(state("x2")).isEqualTo(State.ACTIVE);
  }

  @Test
  void byWordsGoesAlsoAnItemThatSaysThemWhateverItRestsOn() {
    learn(null, add("x1", "Jane Doe calls", "Be polite.", judged("edit/x1/1", BOB, "Be polite.")));

    assertThat(fates(by(By.QUERY, "jane doe"))).containsExactly(Map.entry("x1", Fate.WITHDRAWN));
  }

  @Test
  void byWordsOfOnePrincipalGoesOnlyWhatRestsOnIt() {
    teach("i1", BOB, "x1", ASKED, TOLD);
    teach("i2", BOB, "x2", "A title: " + ASKED, TOLD);
    confirm("i3", ANN, "x2", "A title: " + ASKED, TOLD);
    teach("i4", ANN, "x4", "Which lever?", "The lever of the lamp.");
    Selection hers = new Selection(By.QUERY, "lever", ANN);

    assertThat(covered(hers)).containsExactly("i3", "i4");
    assertThat(fates(hers)).isEqualTo(Map.of("x2", Fate.KEPT, "x4", Fate.WITHDRAWN));
    execute(hers);

    assertThat(state("x1")).isEqualTo(State.ACTIVE);
    assertThat(item("x2").lesson().content()).isEqualTo(TOLD);
    assertThat(state("x4")).isEqualTo(State.PURGED);
    assertThat(fates(new Selection(By.QUERY, "lever", "eve"))).isEmpty();
    assertThat(fates(by(By.QUERY, "lever"))).containsOnlyKeys("x1", "x2");
  }

  @Test
  void whatHasNoWordsIsNotFoundByWords() {
    record("i1", scope(SPACE, ANN), "👍", "", "No.");

    assertThat(covered(by(By.QUERY, "no"))).containsExactly("i1");
    assertThat(covered(by(By.QUERY, "yes"))).isEmpty();
  }

  @Test
  void aPlanNamesTheCommitsWhoseReasonsSayTheWordsAndStay() {
    teach("i1", ANN, "x1", ASKED, TOLD);
    Commit told =
        pool()
            .apply(
                new Pool.ChangeSet(
                    SPACE,
                    Commit.Kind.EDIT,
                    "cora",
                    "as Jane Doe wished",
                    List.of(new Change.Withdraw("x1", java.util.Optional.empty())),
                    null))
            .orElseThrow();

    assertThat(forgetting().plan(SPACE, by(By.QUERY, "jane doe")).commits())
        .containsExactly(told.id());
    assertThat(forgetting().plan(SPACE, by(By.QUERY, "john doe")).commits()).isEmpty();
  }

  @Test
  void whoGivesAnItemAnotherTitleDoesNotSpeakForTheRest() {
    teach("i1", ANN, "x1", ASKED, TOLD);
    learn(
        null,
        new Change.Revise(
            "x1",
            new dev.hone.experience.Lesson(
                "The Kestrel", ASKED, TOLD, dev.hone.experience.Kind.FACT, "general"),
            State.ACTIVE,
            List.of(
                asked("i1", ANN, ASKED), judged("i1", ANN, TOLD), judged("edit/x1/2", BOB, TOLD))));

    assertThat(fates(one("i1"))).containsExactly(Map.entry("x1", Fate.WITHDRAWN));
  }

  @Test
  void onlyWhatWasForgottenIsSaidToBe() {
    teach("i1", ANN, "x1", ASKED, TOLD);
    teach("i2", ANN, "x2", "Where is the fuse?", "In the drawer.");
    execute(one("i1"));

    for (int i = 0; i < 2; i++) {
      assertThat(forgetting().forgotten(SPACE, Kind.INTERACTION, List.of("i1", "i2")))
          .containsExactly("i1");
      assertThat(forgetting().forgotten(SPACE, Kind.ITEM, List.of("x1", "x2")))
          .containsExactly("x1");
      assertThat(forgetting().forgotten("other", Kind.ITEM, List.of("x1"))).isEmpty();
      purge(LAST);
    }
  }

  @Test
  void whatRunsOfAnOldRevisionIsVoid() {
    record("i1", scope(SPACE, ANN), ASKED, "No.", TOLD);
    record("i2", scope(SPACE, ANN), "Where is the fuse?", "No.", "In the drawer.");
    Episode running = closed("e1", "i1", "i2");
    execute(one("i1"));

    assertThat(
            pool()
                .apply(
                    new Pool.ChangeSet(
                        SPACE,
                        Commit.Kind.DISTILL,
                        "learning",
                        "late",
                        List.of(add("x1", ASKED, TOLD, asked("i1", ANN, ASKED))),
                        running)))
        .isEmpty();
    stores().episodes().fail(running, "late", TOLD);
    stores().episodes().put(List.of(new Episodes.Place("e2", running.interactions().getFirst())));

    Episode now = stores().episodes().due(clock.instant()).orElseThrow();
    assertThat(now.interactions()).extracting(each -> each.id()).containsExactly("i2");
    assertThat(stores().episodes().episode(SPACE, "e2")).isEmpty();
  }

  private String note(String episode) {
    String note = stores().episodes().summary(SPACE, episode).orElseThrow().note();
    return note == null ? "" : note;
  }

  @Test
  void whatARunSaysLateOfAnEpisodeOfWhichNothingIsLeftIsNotKept() {
    record("i1", scope(SPACE, ANN), ASKED, "No.", TOLD);
    Episode running = closed("e1", "i1");
    execute(one("i1"));

    stores().episodes().nothingLearned(running, TOLD);

    assertThat(note("e1")).doesNotContain("lever");
    assertThat(stores().episodes().due(clock.instant())).isEmpty();
    forgetting().undo(SPACE, LAST, "cora");
    assertThat(stores().episodes().due(clock.instant()).orElseThrow().revision()).isEqualTo(3);
  }

  @Test
  void whatARunSaysLateOfAnEpisodeItHadJustLearnedFromIsNotKept() {
    record("i1", scope(SPACE, ANN), ASKED, "No.", TOLD);
    record("i2", scope(SPACE, ANN), "Where is the fuse?", "No.");
    Episode running = closed("e1", "i1", "i2");
    pool()
        .apply(
            new Pool.ChangeSet(
                SPACE, Commit.Kind.DISTILL, "learning", "nothing", List.of(), running));
    execute(one("i1"));

    stores().episodes().nothingLearned(running, TOLD);

    assertThat(note("e1")).isNotEmpty().doesNotContain("lever");
  }

  @Test
  void whatIsLearnedFromAgainHasNotBrokenYet() {
    record("i1", scope(SPACE, ANN), ASKED, "No.", TOLD);
    record("i2", scope(SPACE, ANN), "Where is the fuse?", "No.", "In the drawer.");
    Episode episode = closed("e1", "i1", "i2");
    stores().episodes().broke(episode, "it broke", clock.instant(), Duration.ZERO, 2);
    execute(one("i1"));

    for (int i = 0; i < 2; i++) {
      Episode next = stores().episodes().due(clock.instant()).orElseThrow();
      stores().episodes().broke(next, "it broke", clock.instant(), Duration.ZERO, 2);
      assertThat(stores().episodes().failed(SPACE, null, 9)).isEmpty();
      forgetting().undo(SPACE, LAST, "cora");
    }
  }

  @Test
  void anOpenEpisodeLosesThemAndAnEmptyOneIsDone() {
    record("i1", scope(SPACE, ANN), ASKED, "No.", TOLD);
    stores()
        .episodes()
        .put(List.of(new Episodes.Place("e1", journal().interaction(SPACE, "i1").orElseThrow())));

    execute(one("i1"));

    assertThat(stores().episodes().open()).isEmpty();
    assertThat(stores().episodes().backlog(SPACE)).isZero();
    forgetting().undo(SPACE, LAST, "cora");
    assertThat(stores().episodes().open())
        .extracting(Episodes.Summary::state, Episodes.Summary::size)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(EpisodeState.OPEN, 1));
  }

  @Test
  void whatRetentionLetGoOfIsForgottenTooAndWhatIsForgottenIsLeftAlone() {
    teach("i1", ANN, "x1", ASKED, TOLD);
    teach("i2", ANN, "x2", "Where is the fuse?", "In the drawer.");
    execute("f0", one("i2"));
    clock.advance(Duration.ofDays(100));
    while (!stores().retention().step(new Limits(Duration.ofDays(90), 0), clock.instant()).idle()) {
      assertThat(receipt("i1").interaction().state()).isEqualTo(InteractionState.EXPIRED);
    }
    assertThat(receipt("i2").interaction().state()).isEqualTo(InteractionState.FORGOTTEN);
    assertThat(state("x1")).isEqualTo(State.ACTIVE);

    execute("f1", one("i1"));
    assertThat(state("x1")).isEqualTo(State.PURGED);
    forgetting().undo(SPACE, "f1", "cora");
    assertThat(receipt("i1").interaction().state()).isEqualTo(InteractionState.EXPIRED);
    assertThat(state("x1")).isEqualTo(State.ACTIVE);
    forgetting().undo(SPACE, "f0", "cora");
    assertThat(receipt("i2").interaction().messages())
        .extracting(Message::text)
        .containsExactly("Where is the fuse?");
  }

  @Test
  void wordsThatSomebodyElseSaidTooStayTheirs() {
    record("i1", scope(SPACE, ANN), ASKED, "No.");
    record("i2", scope(SPACE, BOB), ASKED, "No.");

    execute(one("i1"));
    purge(LAST);

    assertThat(journal().interaction(SPACE, "i2").orElseThrow().question().orElseThrow().text())
        .isEqualTo(ASKED);
    assertThat(journal().interaction(SPACE, "i2").orElseThrow().answer()).isNotNull();
  }

  @Test
  void theListTellsWhoForgotHowMuchAndNotWhat() {
    teach("i1", ANN, "x1", ASKED, TOLD);
    execute(by(By.QUERY, "red lever"));

    assertThat(forgetting().list(SPACE, "cora", null, 10))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.by()).isEqualTo(By.QUERY);
              assertThat(entry.interactions()).isEqualTo(1);
              assertThat(entry.items()).isEqualTo(1);
              assertThat(entry.toString()).doesNotContain("lever");
            });
    assertThat(forgetting().list(SPACE, BOB, null, 10)).isEmpty();
    assertThat(forgetting().list("other", null, null, 10)).isEmpty();
    assertThat(forgetting().entry("other", LAST)).isEmpty();
  }
}
