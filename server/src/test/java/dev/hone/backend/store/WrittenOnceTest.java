package dev.hone.backend.store;

import static dev.hone.testing.Samples.ANN;
import static dev.hone.testing.Samples.SPACE;
import static dev.hone.testing.Samples.answered;
import static dev.hone.testing.Samples.assistant;
import static dev.hone.testing.Samples.correction;
import static dev.hone.testing.Samples.fact;
import static dev.hone.testing.Samples.opening;
import static dev.hone.testing.Samples.scope;
import static dev.hone.testing.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.experience.Change;
import dev.hone.experience.Commit;
import dev.hone.experience.Episode;
import dev.hone.experience.Evidence;
import dev.hone.experience.Query;
import dev.hone.experience.Role;
import dev.hone.experience.State;
import dev.hone.port.Journal;
import dev.hone.port.Pool;
import dev.hone.port.Unwritable;
import dev.hone.testing.FaultyDisk;
import dev.hone.testing.FaultyDisk.When;
import dev.hone.testing.Stores;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;

/** What is written again, because nobody knows whether it was written, is there once. */
class WrittenOnceTest {

  @TempDir private Path folder;
  private final FaultyDisk disk = new FaultyDisk();

  private void doubt() {
    disk.fail("COMMIT", SQLiteErrorCode.SQLITE_IOERR_FSYNC, When.AFTER, 1);
  }

  @Test
  void anInteractionWithItsOutcome() {
    try (Stores stores = OnFaultyDisk.stores(folder, disk)) {
      Journal.Opening opening = opening("i", scope(SPACE, ANN), user("Which lever?"));
      Runnable write =
          () ->
              stores
                  .journal()
                  .recorded(
                      opening,
                      answered(assistant("The red one.")),
                      List.of(correction("o", "i", ANN, "The blue one.")));
      doubt();

      assertThatThrownBy(write::run).isInstanceOf(Unwritable.class);
      write.run();

      var found = stores.journal().interaction(SPACE, "i").orElseThrow();
      assertThat(found.messages()).containsExactly(user("Which lever?"));
      assertThat(found.answer()).isEqualTo(assistant("The red one."));
      assertThat(found.outcomes()).hasSize(1);
    }
  }

  @Test
  void whatWasLearnedFromAnEpisode() {
    try (Stores stores = OnFaultyDisk.stores(folder, disk)) {
      Episode episode = stores.closedEpisode("e", "i", scope(SPACE, ANN));
      Pool.ChangeSet set =
          new Pool.ChangeSet(
              SPACE,
              Commit.Kind.DISTILL,
              "learning",
              "a lesson",
              List.of(
                  new Change.Add(
                      "item",
                      fact("the lever", "It is blue."),
                      State.ACTIVE,
                      ANN,
                      List.of(new Evidence("i", Role.ASSISTANT, "answer i", ANN)),
                      List.of())),
              episode);
      doubt();

      assertThatThrownBy(() -> stores.pool().apply(set)).isInstanceOf(Unwritable.class);
      assertThat(stores.pool().apply(set)).isEmpty();

      assertThat(stores.pool().commits(SPACE, Query.HEAD, 10)).hasSize(1);
      assertThat(stores.pool().evidence(SPACE, "item")).hasSize(1);
    }
  }
}
