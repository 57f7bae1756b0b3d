package dev.hone.testing;

import dev.hone.backend.LocalBackend;
import dev.hone.backend.admit.AdmissionRules;
import dev.hone.backend.admit.EditRules;
import dev.hone.backend.admit.Likeness;
import dev.hone.backend.refine.ExtractiveCondenser;
import dev.hone.backend.refine.Refiner;
import dev.hone.backend.retrieve.LuceneProjection;
import dev.hone.experience.Limits;
import dev.hone.experience.Refinement;
import dev.hone.port.Ids;
import dev.hone.port.Pool;
import dev.hone.port.Spaces;
import dev.hone.port.Utility;
import dev.hone.similarity.Analysis;
import dev.hone.similarity.Background;
import dev.hone.similarity.Bm25;
import dev.hone.similarity.Sameness;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** The backend of one Hone over its stores, with the built-in condenser. */
public final class LocalBackends implements AutoCloseable {

  /** How much is shown at most, and how many must judge. */
  public record Bounds(int quorum, int cap, int total) {}

  private final Analysis analysis = new Analysis();
  private final Background background = new Background(analysis);
  private final Bm25 bm25 = new Bm25(1.2, 0.3);

  public final Likeness likeness = new Likeness(analysis, background, bm25, 0.8, 0.6);
  public final LocalBackend backend;
  public final LuceneProjection projection;

  public LocalBackends(Path folder, Stores stores, Ids ids, Bounds bounds) {
    stores.spaces().create(new Spaces.Space(Samples.SPACE, Spaces.LearningMode.DISTILL));
    stores.pool().linksBy(new Pool.Linking(0.8, 1.2, 0.3));
    projection =
        new LuceneProjection(
            folder.resolve("index"),
            stores.pool(),
            analysis,
            background,
            bm25,
            0.15,
            Utility.UNKNOWN);
    AdmissionRules rules = new AdmissionRules(stores.pool(), ids, likeness, bounds.quorum());
    backend =
        new LocalBackend(
            stores.pool(),
            projection,
            stores.spaces(),
            rules,
            new EditRules(stores.pool(), rules),
            likeness,
            new Refiner(
                stores.pool(),
                ids,
                new ExtractiveCondenser(analysis, background),
                projection,
                new Sameness(analysis, background),
                new Refiner.Policy(
                    Refinement.Measure.NORMALISED, 0.7, Map.of(), Limits.of(5), 0.15, true)),
            analysis,
            background,
            bm25,
            new LocalBackend.Policy(true, bounds.cap(), bounds.total(), 0.7, 0, Duration.ZERO),
            new SettableClock());
  }

  @Override
  public void close() {
    projection.close();
  }
}
