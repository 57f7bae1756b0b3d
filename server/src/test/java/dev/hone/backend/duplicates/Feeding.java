package dev.hone.backend.duplicates;

import static dev.hone.testing.Samples.ANN;
import static dev.hone.testing.Samples.SPACE;

import dev.hone.experience.Draft;
import dev.hone.experience.Episode;
import dev.hone.experience.Evidence;
import dev.hone.experience.Experience;
import dev.hone.experience.Kind;
import dev.hone.experience.Lesson;
import dev.hone.experience.Outcome;
import dev.hone.experience.Role;
import dev.hone.experience.State;
import dev.hone.testing.CountingIds;
import dev.hone.testing.LocalBackends;
import dev.hone.testing.Samples;
import dev.hone.testing.SettableClock;
import dev.hone.testing.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A pool that is fed with pairs, a hundred an episode. */
final class Feeding implements AutoCloseable {

  private static final int TOGETHER = 100;

  private final Stores stores;
  private final LocalBackends backends;
  private int episodes;

  /** Why drafts became items of their own, counted. */
  final Map<String, Integer> reasons = new TreeMap<>();

  Feeding(Path folder) throws IOException {
    Files.createDirectories(folder);
    stores = Stores.in(folder, new SettableClock());
    backends =
        new LocalBackends(
            folder, stores, new CountingIds(), new LocalBackends.Bounds(1, 1_000_000, 1_000_000));
  }

  void feed(List<Pair> pairs) {
    for (int from = 0; from < pairs.size(); from += TOGETHER) {
      store(pairs.subList(from, Math.min(pairs.size(), from + TOGETHER)));
    }
  }

  private void store(List<Pair> pairs) {
    String id = "%06d".formatted(++episodes);
    Episode episode =
        stores.closedEpisode(
            "episode-" + id,
            "interaction-" + id,
            Samples.scope(SPACE, ANN),
            pairs.stream()
                .map(Pair::answer)
                .distinct()
                .map(said -> Samples.correction(id + "/" + said, "interaction-" + id, ANN, said))
                .toArray(Outcome[]::new));
    backends.backend.store(
        episode,
        pairs.stream()
            .map(
                pair ->
                    new Draft(
                        new Lesson("", pair.question(), pair.answer(), Kind.FACT, "general"),
                        List.of(
                            new Evidence("interaction-" + id, Role.OUTCOME, pair.answer(), ANN))))
            .toList(),
        List.of());
    stores
        .pool()
        .decisions(SPACE, "episode-" + id)
        .forEach(
            each ->
                reasons.merge(
                    each.decision().made()
                        + " "
                        + each.decision()
                            .reason()
                            .replaceAll("id-\\d+", "ID")
                            .replaceAll("[01]\\.\\d\\d", "S"),
                    1,
                    Integer::sum));
  }

  List<Experience> active() {
    return stores.pool().inStates(SPACE, List.of(State.ACTIVE));
  }

  @Override
  public void close() {
    backends.close();
    stores.close();
  }
}
