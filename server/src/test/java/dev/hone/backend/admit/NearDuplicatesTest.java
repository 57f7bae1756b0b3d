package dev.hone.backend.admit;

import static dev.hone.testing.Samples.ANN;
import static dev.hone.testing.Samples.SPACE;
import static dev.hone.testing.Samples.asked;
import static dev.hone.testing.Samples.correction;
import static dev.hone.testing.Samples.draft;
import static dev.hone.testing.Samples.fact;
import static dev.hone.testing.Samples.judged;
import static dev.hone.testing.Samples.scope;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.experience.Edit;
import dev.hone.experience.Episode;
import dev.hone.experience.Lesson;
import dev.hone.port.Check;
import dev.hone.port.Pool;
import dev.hone.similarity.Analysis;
import dev.hone.similarity.Background;
import dev.hone.similarity.Bm25;
import dev.hone.testing.CountingIds;
import dev.hone.testing.LocalBackends;
import dev.hone.testing.SettableClock;
import dev.hone.testing.Stores;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether near items were linked when they were written. */
class NearDuplicatesTest {

  @TempDir private Path folder;
  private Stores stores;
  private LocalBackends backends;

  @BeforeEach
  void open() {
    stores = Stores.in(folder, new SettableClock());
    backends =
        new LocalBackends(
            folder, stores, new CountingIds(), new LocalBackends.Bounds(1, 1_000, 1_000));
  }

  @AfterEach
  void close() {
    backends.close();
    stores.close();
  }

  private static Lesson house(int number) {
    return fact(
        "How many fuses does the big cupboard behind the old pump house number "
            + number
            + " hold?",
        "It holds eight fuses.");
  }

  /** An item of somebody's, shared when it is judged; returns its id. */
  private String learn(int number, String principal, boolean judged) {
    String id = "e%03d".formatted(number);
    Episode episode =
        stores.closedEpisode(
            id,
            "i-" + id,
            scope(SPACE, principal),
            correction("o-" + id, "i-" + id, principal, "yes"));
    return backends
        .backend
        .store(
            episode,
            List.of(
                draft(
                    house(number),
                    judged
                        ? judged("i-" + id, principal, "yes")
                        : asked("i-" + id, principal, "question i-" + id))),
            List.of())
        .getFirst()
        .experience();
  }

  private void loseLinks() throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("hone.db"));
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate("DELETE FROM link")).isPositive();
    }
  }

  private Check.Finding finding() {
    return new NearDuplicates(stores.pool(), stores.spaces(), any -> backends.likeness)
        .examine(false, (done, of) -> {});
  }

  @Test
  void nearItemsThatWereNotLinkedAreFound() throws SQLException {
    learn(1, ANN, true);
    learn(2, ANN, true);
    assertThat(finding()).isEqualTo(new Check.Finding(2, 0, 0, List.of()));
    loseLinks();

    assertThat(finding().wrong()).isEqualTo(1);
  }

  @Test
  void anItemThatWasLinkedWithAsManyAsOneIsStaysSoWhenOneOfThemGoes() {
    String first = learn(1, ANN, true);
    for (int i = 2; i <= Links.MOST + 4; i++) {
      learn(i, ANN, true);
    }
    List<Pool.Linked> before = stores.pool().links(SPACE, first, ANN, 100);
    assertThat(before).isNotEmpty();
    backends.backend.edit(SPACE, ANN, new Edit.Withdraw(first, 1), "test");

    assertThat(finding().examples()).isEmpty();
  }

  @Test
  void linksWithCandidatesOfOthersCount() {
    for (int i = 1; i <= Links.MOST + 4; i++) {
      learn(i, "bob", false);
    }
    learn(50, ANN, true);

    assertThat(finding().examples()).isEmpty();
  }

  @Test
  void nothingIsToldOfItemsThatAnotherSettingDidNotLink() throws SQLException {
    learn(1, ANN, true);
    learn(2, ANN, true);
    loseLinks();
    stores.pool().linksBy(new Pool.Linking(1, 1.2, 0.3));

    assertThat(
            new NearDuplicates(
                    stores.pool(),
                    stores.spaces(),
                    linking ->
                        new Likeness(
                            new Analysis(),
                            new Background(new Analysis()),
                            new Bm25(linking.k1(), linking.b()),
                            linking.least(),
                            linking.least()))
                .examine(false, (done, of) -> {})
                .healthy())
        .isTrue();
  }
}
