package dev.hone.frontend.distill;

import static dev.hone.testing.Samples.correction;
import static dev.hone.testing.Samples.episode;
import static dev.hone.testing.Samples.interaction;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.experience.Draft;
import dev.hone.experience.Evidence;
import dev.hone.experience.Kind;
import dev.hone.experience.Lesson;
import dev.hone.experience.Role;
import dev.hone.port.Distiller.Distillation;
import dev.hone.port.Spaces.LearningMode;
import dev.hone.port.Spaces.Space;
import dev.hone.testing.FakeJournal;
import dev.hone.testing.SettableClock;
import dev.hone.testing.Stores;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Raw records are kept as they are, and each space has the distiller it wants. */
class RecordingDistillerTest {

  private final RecordingDistiller distiller = new RecordingDistiller();

  private Lesson only(String question, String answer) {
    return distiller.distill(
                episode(
                    interaction("i1", question, answer, correction("o", "i1", "bob", "Six legs."))))
            instanceof Distillation.Lessons lessons
        ? lessons.drafts().getFirst().lesson()
        : new Lesson("none", "none", "none", Kind.FACT, "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"How many legs?", "  How many legs?\n", "How  many\n\nlegs?"})
  void theQuestionIsTheKeyAndTheRestTheContent(String question) {
    Lesson lesson = only(question, "Eight legs.");

    assertThat(lesson.when()).isEqualTo("How many legs?");
    assertThat(lesson.content()).isEqualTo("Eight legs. Six legs.");
  }

  @Test
  void everyInteractionIsARecordWithEvidenceThatStands() {
    var episode =
        episode(
            interaction("i1", "One?", "1"),
            interaction("i2", "Two?", "2", correction("o", "i2", "bob", "zwei")));
    Distillation recorded = distiller.distill(episode);

    assertThat(recorded)
        .isInstanceOfSatisfying(
            Distillation.Lessons.class, lessons -> assertThat(lessons.drafts()).hasSize(2));
    assertThat(new VerifyingDistiller(distiller, new FakeJournal()).distill(episode))
        .isEqualTo(recorded);
  }

  @Test
  void anInteractionThatSaysNothingIsNoRecord() {
    assertThat(distiller.distill(episode(interaction("i1", " ", " "))))
        .isInstanceOf(Distillation.Nothing.class);
  }

  @Test
  void eachSpaceHasTheDistillerItWants(@TempDir Path folder) {
    Draft draft = new Draft(only("Q?", "A."), List.of(new Evidence("i", Role.USER, "Q", "p")));
    Distillation distilled = new Distillation.Lessons(List.of(draft), List.of());
    Distillation recorded = new Distillation.Nothing("recorded");
    try (Stores stores = Stores.in(folder, new SettableClock())) {
      DistillerOfSpace chooser =
          new DistillerOfSpace(stores.spaces(), any -> distilled, any -> recorded);
      var episode = episode(interaction("i1", "Q?", "A."));

      assertThat(chooser.distill(episode)).isInstanceOf(Distillation.Nothing.class);
      stores.spaces().create(new Space("main", LearningMode.DISTILL));
      assertThat(chooser.distill(episode)).isSameAs(distilled);
    }
  }
}
