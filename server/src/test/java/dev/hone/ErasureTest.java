package dev.hone;

import static dev.hone.testing.Samples.ANN;
import static dev.hone.testing.Samples.SPACE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.experience.Selection;
import dev.hone.experience.Selection.By;
import dev.hone.port.Forgetting.Result;
import dev.hone.testing.CountingIds;
import dev.hone.testing.LocalBackends;
import dev.hone.testing.Samples;
import dev.hone.testing.SettableClock;
import dev.hone.testing.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long plans to forget are kept. */
class ErasureTest {

  private final SettableClock clock = new SettableClock();
  @TempDir private Path folder;
  private Stores stores;
  private LocalBackends whole;
  private Erasure erasure;

  @BeforeEach
  void open() {
    stores = Stores.in(folder, clock);
    whole =
        new LocalBackends(folder, stores, new CountingIds(), new LocalBackends.Bounds(1, 100, 100));
    erasure =
        new Erasure(
            stores.forgetting(clock),
            whole.backend,
            whole.projection,
            space -> {},
            new CountingIds(),
            clock,
            Duration.ofHours(24));
    for (String id : List.of("i1", "i2")) {
      stores.closedEpisode("e-" + id, id, Samples.scope(SPACE, ANN));
    }
  }

  @AfterEach
  void close() {
    whole.close();
    stores.close();
  }

  private Erasure.Planned plan(String space, String interaction) {
    return erasure.plan(space, new Selection(By.INTERACTION, interaction, null), "cora");
  }

  @Test
  void aPlanIsKeptForAnHour() {
    Erasure.Planned planned = plan(SPACE, "i1");
    clock.advance(Duration.ofHours(1));
    assertThat(erasure.planned(SPACE, planned.id())).contains(planned);
    assertThat(erasure.planned("other", planned.id())).isEmpty();

    clock.advance(Duration.ofMillis(1));

    assertThat(erasure.planned(SPACE, planned.id())).isEmpty();
  }

  @Test
  void whenOneIsCarriedOutTheOthersOfItsSpaceAreGone() {
    Erasure.Planned one = plan(SPACE, "i1");
    Erasure.Planned other = plan(SPACE, "i2");
    Erasure.Planned elsewhere = plan("other", "i2");

    assertThat(erasure.execute(one, one.plan().token())).isInstanceOf(Result.Done.class);

    assertThat(erasure.planned(SPACE, other.id())).isEmpty();
    assertThat(erasure.planned("other", elsewhere.id())).contains(elsewhere);
    assertThat(erasure.execute(other, other.plan().token())).isEqualTo(new Result.Missing());
  }
}
