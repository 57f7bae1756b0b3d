package dev.hone.backend.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.experience.Change;
import dev.hone.experience.Commit;
import dev.hone.experience.Digest;
import dev.hone.experience.Evidence;
import dev.hone.experience.Experience;
import dev.hone.experience.Exposure;
import dev.hone.experience.InteractionState;
import dev.hone.experience.Lesson;
import dev.hone.experience.Message;
import dev.hone.experience.Mode;
import dev.hone.experience.Outcome;
import dev.hone.experience.Relation;
import dev.hone.experience.Role;
import dev.hone.experience.Scope;
import dev.hone.experience.Selection;
import dev.hone.experience.State;
import dev.hone.port.Carried;
import dev.hone.port.Exports;
import dev.hone.port.Forgetting;
import dev.hone.port.Imports;
import dev.hone.port.Imports.Fate;
import dev.hone.port.Journal;
import dev.hone.port.Pool;
import dev.hone.testing.Samples;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link Imports} does, and {@link Exports} of what came in. */
abstract class ImportsContract {

  private static final String SPACE = Samples.SPACE;
  private static final String BESIDE = "beside";

  abstract Imports imports();

  abstract Forgetting forgetting();

  abstract Exports exports();

  abstract Journal journal();

  abstract Pool pool();

  private void forget(Selection selection) {
    Forgetting.Order order =
        new Forgetting.Order(
            "forgetting " + selection.value(),
            SPACE,
            selection,
            forgetting().plan(SPACE, selection).token(),
            "cora",
            Samples.START,
            Samples.START);
    assertThat(forgetting().execute(order)).isInstanceOf(Forgetting.Result.Done.class);
  }

  static Carried.Recording recording(
      String id, @Nullable String source, String answer, Outcome... outcomes) {
    return recording(id, source, answer, List.of(), outcomes);
  }

  private static Carried.Recording recording(
      String id,
      @Nullable String source,
      String answer,
      List<Exposure> exposures,
      Outcome... outcomes) {
    Message said = Samples.assistant(answer);
    Digest chain = Digest.of("chain of", id);
    return new Carried.Recording(
        new Journal.Recorded(
            new Journal.Opening(
                id,
                new Scope(SPACE, Samples.ANN, "mia", "s", null),
                Mode.CAPTURE,
                "",
                "conversation",
                null,
                "m",
                List.of(Samples.user("question " + id)),
                chain,
                "{}",
                null,
                exposures,
                Samples.START),
            new Journal.Completion(
                InteractionState.COMPLETED,
                200,
                said,
                new byte[0],
                false,
                chain.then(said.digest()),
                null,
                Samples.START),
            List.of(outcomes)),
        source,
        null,
        List.of());
  }

  private static Carried.Item item(String id, String content, Evidence... evidence) {
    return item(id, content, null, evidence);
  }

  /** One whose evidence stood at that place of a log. */
  private static Carried.Item item(
      String id, String content, @Nullable String source, Evidence... evidence) {
    Lesson lesson = Samples.fact("when " + id, content);
    return new Carried.Item(
        new Experience(id, 3, SPACE, lesson, State.ACTIVE, Samples.ANN, 0, 0, 0, null),
        List.of(evidence).stream().map(each -> new Carried.Span(each, source)).toList(),
        List.of());
  }

  /** The same item, said to resemble others. */
  private static Carried.Item linked(Carried.Item item, double similarity, String... others) {
    return new Carried.Item(
        item.experience(),
        item.evidence(),
        List.of(others).stream()
            .map(other -> new Carried.Link(other, Relation.RESEMBLES, similarity))
            .toList());
  }

  private static Evidence spanOf(String interaction) {
    return new Evidence(interaction, Role.USER, "question " + interaction, Samples.ANN);
  }

  private Optional<Commit> commit(Imports imports, String space, Carried.Item... items) {
    Map<String, Carried.Item> byLine = new HashMap<>();
    Map<String, String> lines = new HashMap<>();
    for (Carried.Item item : items) {
      byLine.put("line of " + item.experience().id(), item);
      lines.put(item.experience().id(), "line of " + item.experience().id());
    }
    imports.stage(space, "source", lines);
    return imports.commit(
        space, "source", "ann", "why", line -> byLine.getOrDefault(line, items[0]));
  }

  @Test
  void aConversationIsTakenOnce() {
    List<List<Carried.Recording>> one =
        List.of(List.of(recording("a", "log#1#0", "yes"), recording("b", "log#1#1", "no")));

    assertThat(imports().fates(SPACE, one)).containsExactly(Fate.TAKEN);
    assertThat(journal().interaction(SPACE, "a")).isEmpty();
    assertThat(imports().take(SPACE, one)).containsExactly(Fate.TAKEN);
    assertThat(journal().interaction(SPACE, "b").orElseThrow().answer())
        .isEqualTo(Samples.assistant("no"));
    assertThat(imports().take(SPACE, one)).containsExactly(Fate.THERE);
    assertThat(imports().interactions(SPACE, "log")).isEqualTo(2);
    assertThat(imports().interactions(SPACE, "lo")).isZero();
  }

  @Test
  void aRecordIsKnownByItsSourceUnderWhateverId() {
    imports().take(SPACE, List.of(List.of(recording("a", "log#1#0", "yes"))));

    Carried.Recording same =
        new Carried.Recording(
            new Journal.Recorded(
                recording("other", null, "yes").recorded().opening(),
                recording("a", null, "yes").recorded().completion(),
                List.of()),
            "log#1#0",
            null,
            List.of());
    assertThat(imports().take(SPACE, List.of(List.of(same)))).containsExactly(Fate.THERE);
    assertThat(journal().interaction(SPACE, "other")).isEmpty();
  }

  @Test
  void anOutcomeThatIsNewComesLate() {
    imports().take(SPACE, List.of(List.of(recording("a", "log#1#0", "yes"))));
    Outcome late = Samples.correction("o", "a", Samples.ANN, "no");

    assertThat(imports().take(SPACE, List.of(List.of(recording("a", "log#1#0", "yes", late)))))
        .containsExactly(Fate.EXTENDED);
    assertThat(journal().interaction(SPACE, "a").orElseThrow().outcomes()).containsExactly(late);
  }

  @Test
  void whatSaysSomethingElseHereIsLeftAsAWhole() {
    imports().take(SPACE, List.of(List.of(recording("a", "log#1#0", "yes"))));

    assertThat(
            imports()
                .take(
                    SPACE,
                    List.of(
                        List.of(
                            recording("a", "log#1#0", "other"),
                            recording("b", "log#1#1", "more")))))
        .containsExactly(Fate.DIFFERENT);
    assertThat(journal().interaction(SPACE, "b")).isEmpty();
  }

  @Test
  void whatWasForgottenDoesNotComeBack() {
    List<List<Carried.Recording>> forgotten =
        List.of(
            List.of(recording("a", "log#1#0", "yes")),
            List.of(recording("c", null, "no")),
            List.of(recording("a under another id", "log#1#0", "yes")));
    imports().take(SPACE, forgotten.subList(0, 2));
    imports().take(SPACE, List.of(List.of(recording("b", "log#2#0", "yes"))));
    commit(imports(), SPACE, item("i", "this", spanOf("a")));
    forget(new Selection(Selection.By.SOURCE, "log#1", null));
    forget(new Selection(Selection.By.INTERACTION, "c", null));

    assertThat(imports().take(SPACE, forgotten)).containsOnly(Fate.FORGOTTEN);
    assertThat(journal().interaction(SPACE, "a under another id")).isEmpty();
    Carried.Item[] items = {
      item("i", "this", spanOf("b")),
      item("j", "that", spanOf("c")),
      item("k", "other", "log#1#0", spanOf("a elsewhere")),
      item("m", "more", "log#2#0", spanOf("b"))
    };
    assertThat(imports().fatesOfItems(SPACE, List.of(items)))
        .containsExactly(Fate.FORGOTTEN, Fate.FORGOTTEN, Fate.FORGOTTEN, Fate.TAKEN);
    assertThat(commit(imports(), SPACE, items).orElseThrow().touched())
        .extracting(Commit.Touched::experience)
        .containsExactly("m");
  }

  @Test
  void whatAPrincipalSaidOfWhatStaysDoesNotComeBackOnceItIsForgotten() {
    Outcome said = Samples.correction("o", "a", "ben", "Ben's words");
    List<List<Carried.Recording>> one = List.of(List.of(recording("a", null, "yes", said)));
    imports().take(SPACE, one);
    forget(new Selection(Selection.By.PRINCIPAL, "ben", null));

    assertThat(imports().take(SPACE, one)).containsExactly(Fate.THERE);
    assertThat(journal().interaction(SPACE, "a").orElseThrow().outcomes()).isEmpty();
    Evidence quoted = new Evidence("a", Role.OUTCOME, "Ben's words", "ben");
    assertThat(imports().fatesOfItems(SPACE, List.of(item("i", "this", quoted))))
        .containsExactly(Fate.FORGOTTEN);
  }

  @Test
  void anItemThatQuotesAnAnswerWhichIsForgottenDoesNotComeBack() {
    imports().take(SPACE, List.of(List.of(recording("a", null, "yes"))));
    commit(imports(), SPACE, item("i", "zqword", spanOf("a")));
    Exposure shown = Exposure.sure("b", "i", 3, 1, 1);
    imports().take(SPACE, List.of(List.of(recording("b", null, "It is zqword.", List.of(shown)))));
    forget(new Selection(Selection.By.INTERACTION, "a", null));
    assertThat(journal().interaction(SPACE, "b").orElseThrow().answer()).isNull();

    Evidence quoted = new Evidence("b", Role.ASSISTANT, "It is zqword.", Samples.ANN);
    assertThat(imports().fatesOfItems(SPACE, List.of(item("j", "that", quoted))))
        .containsExactly(Fate.FORGOTTEN);
  }

  @Test
  void anIdThatAnotherSpaceHasIsReplacedWhereverItIsNamed() {
    imports().take(BESIDE, List.of(List.of(recording("a", null, "theirs"))));

    assertThat(imports().take(SPACE, List.of(List.of(recording("a", null, "mine")))))
        .containsExactly(Fate.TAKEN);
    commit(imports(), SPACE, item("i", "this", spanOf("a")));

    String id = pool().evidence(SPACE, "i").getFirst().interaction();
    assertThat(id).isNotEqualTo("a");
    assertThat(journal().interaction(SPACE, id).orElseThrow().answer())
        .isEqualTo(Samples.assistant("mine"));
    assertThat(journal().interaction(BESIDE, "a").orElseThrow().answer())
        .isEqualTo(Samples.assistant("theirs"));
    assertThat(imports().take(SPACE, List.of(List.of(recording("a", null, "mine")))))
        .containsExactly(Fate.THERE);
  }

  @Test
  void itemsThatWereSetAsideAreOneCommitWithTheirVersions() {
    imports().take(SPACE, List.of(List.of(recording("a", null, "yes"))));

    Commit commit =
        commit(imports(), SPACE, item("i", "this", spanOf("a")), item("j", "that", spanOf("a")))
            .orElseThrow();

    assertThat(commit.kind()).isEqualTo(Commit.Kind.IMPORT);
    assertThat(commit.touched())
        .containsExactly(
            new Commit.Touched("i", 0, 3, State.ACTIVE),
            new Commit.Touched("j", 0, 3, State.ACTIVE));
    assertThat(pool().experience(SPACE, "i").orElseThrow().version()).isEqualTo(3);
    assertThat(imports().staged(SPACE, "source")).isZero();
    assertThat(commit(imports(), SPACE, item("i", "this", spanOf("a")))).isEmpty();
    pool().restore(SPACE, 0, "ann", "undo");
    assertThat(pool().inStates(SPACE, List.of(State.ACTIVE))).isEmpty();
  }

  @Test
  void anItemThatIsHereGainsEvidenceAndOneThatDiffersStays() {
    imports()
        .take(SPACE, List.of(List.of(recording("a", null, "yes"), recording("b", null, "no"))));
    commit(imports(), SPACE, item("i", "this", spanOf("a")), item("j", "that", spanOf("a")));

    Commit more =
        commit(
                imports(),
                SPACE,
                item("i", "this", spanOf("a"), spanOf("b")),
                item("j", "another", spanOf("b")))
            .orElseThrow();

    assertThat(more.touched()).containsExactly(new Commit.Touched("i", 3, 3, State.ACTIVE));
    assertThat(pool().evidence(SPACE, "i")).containsExactly(spanOf("a"), spanOf("b"));
    assertThat(pool().experience(SPACE, "j").orElseThrow().lesson().content()).isEqualTo("that");
    assertThat(pool().evidence(SPACE, "j")).containsExactly(spanOf("a"));
  }

  @Test
  void linksComeInBetweenItemsThatAreShownAndSayTheSameHere() {
    imports().take(SPACE, List.of(List.of(recording("a", null, "yes"))));
    Carried.Item here = item("j", "this", spanOf("a"));
    Carried.Item gone = item("k", "this", spanOf("a"));
    Carried.Item differs = item("l", "this", spanOf("a"));
    commit(imports(), SPACE, here, gone, differs);
    pool()
        .apply(
            new Pool.ChangeSet(
                SPACE,
                Commit.Kind.EDIT,
                "ann",
                "why",
                List.of(new Change.Withdraw("k", Optional.empty())),
                null));
    Carried.Item added = item("i", "this", spanOf("a"));

    commit(
        imports(),
        SPACE,
        linked(added, 0.9, "j", "k", "l"),
        here,
        gone,
        item("l", "another", spanOf("a")));

    assertThat(pool().links(SPACE, "i", Samples.ANN, 9))
        .containsExactly(new Pool.Linked("j", Relation.RESEMBLES, 0.9));
    assertThat(commit(imports(), SPACE, linked(added, 0.8, "j"), here))
        .as("a pair is linked once")
        .isEmpty();
    Commit alone = commit(imports(), SPACE, linked(here, 0.7, "l"), differs).orElseThrow();
    assertThat(alone.touched()).containsExactly(new Commit.Touched("j", 3, 3, State.ACTIVE));
    pool().restore(SPACE, alone.sequence() - 1, "ann", "undo");
    assertThat(pool().links(SPACE, "l", Samples.ANN, 9)).isEmpty();
  }

  @Test
  void anItemWithoutItsInteractionIsRefusedAndNothingChanges() {
    imports().take(SPACE, List.of(List.of(recording("a", null, "yes"))));

    assertThatThrownBy(
            () ->
                commit(
                    imports(),
                    SPACE,
                    item("i", "this", spanOf("a")),
                    item("j", "that", spanOf("nowhere"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("item j rests on interaction nowhere");
    assertThat(pool().head(SPACE)).isZero();
    assertThat(imports().staged(SPACE, "source")).isEqualTo(2);
    imports().unstage(SPACE, "source");
    assertThat(imports().staged(SPACE, "source")).isZero();
  }

  @Test
  void anItemWhoseQuoteDoesNotStandIsRefusedAndNothingChanges() {
    imports().take(SPACE, List.of(List.of(recording("a", null, "yes"))));
    Evidence invented = new Evidence("a", Role.USER, "never said", Samples.ANN);

    assertThatThrownBy(() -> commit(imports(), SPACE, item("j", "that", spanOf("a"), invented)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("item j quotes \"never said\" from interaction a, where that does not stand");
    assertThat(pool().head(SPACE)).isZero();
  }

  @Test
  void anItemMayQuoteWhatCameWithoutItsWordsAndWhatAPersonWrote() {
    Carried.Recording without = Recordings.wordless(recording("a", null, "yes"));
    imports().take(SPACE, List.of(List.of(without)));
    Evidence written = new Evidence("edit/j/2", Role.OUTCOME, "this", Samples.ANN);

    assertThat(
            commit(imports(), SPACE, item("i", "this", spanOf("a")), item("j", "this", written))
                .orElseThrow()
                .touched())
        .hasSize(2);
  }

  @Test
  void howFarASourceGotIsKept() {
    assertThat(imports().point(SPACE, "log")).isEmpty();
    Imports.Point point = new Imports.Point(7, "mark", Samples.START);
    imports().reached(SPACE, "log", new Imports.Point(3, "before", Samples.START));
    imports().reached(SPACE, "log", point);

    assertThat(imports().point(SPACE, "log")).contains(point);
    assertThat(imports().point(BESIDE, "log")).isEmpty();
  }

  @Test
  void whatCameInIsReadAgainAsItWas() {
    Carried.Recording a =
        recording("a", "log#1#0", "yes", Samples.correction("o", "a", Samples.ANN, "no"));
    Carried.Recording b = recording("b", null, "no");
    imports().take(SPACE, List.of(List.of(a), List.of(b)));
    commit(imports(), SPACE, item("i", "this", spanOf("a")));

    assertThat(exports().interactions(SPACE, exports().moment(SPACE), null, 1))
        .usingRecursiveComparison()
        .isEqualTo(List.of(a));
    assertThat(exports().interactions(SPACE, exports().moment(SPACE), "a", 9))
        .usingRecursiveComparison()
        .isEqualTo(List.of(b));
    assertThat(exports().interactions(BESIDE, exports().moment(BESIDE), null, 9)).isEmpty();
    assertThat(exports().episodes(SPACE, exports().moment(SPACE), null, 9)).isEmpty();
    assertThat(exports().items(SPACE, 0, null, 9)).isEmpty();
    assertThat(exports().items(SPACE, 1, null, 9))
        .extracting(each -> each.experience().id(), each -> each.evidence())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "i", List.of(new Carried.Span(spanOf("a"), "log#1#0"))));
    assertThat(exports().wordless(SPACE, 1, null, 9))
        .allMatch(each -> each.recorded().opening().messages().isEmpty())
        .extracting(Carried.Recording::id)
        .containsExactly("a");
  }
}
