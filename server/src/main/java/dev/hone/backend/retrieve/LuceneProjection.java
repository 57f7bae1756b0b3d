package dev.hone.backend.retrieve;

import dev.hone.experience.Experience;
import dev.hone.experience.Explanation;
import dev.hone.experience.Hit;
import dev.hone.experience.Query;
import dev.hone.port.Pool;
import dev.hone.port.Projection;
import dev.hone.port.Unwritable;
import dev.hone.port.Utility;
import dev.hone.similarity.Analysis;
import dev.hone.similarity.Background;
import dev.hone.similarity.Bm25;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.lucene.store.AlreadyClosedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The search indexes, one a space, each opened and compared with the pool when its space is first
 * used; the server does so with all of them at start. An index that is missing, damaged, of another
 * history than the pool's or written by another analysis is made anew from the pool.
 */
public final class LuceneProjection implements Projection, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LuceneProjection.class);

  /** Candidates taken from BM25 before floor and limit; of each type where limits differ. */
  private static final int CANDIDATES = 20;

  /** How many times as many are taken at most where some are worth nothing. */
  private static final int WIDEST = 16;

  /** How often an index may be made anew while one search reads it. */
  private static final int MOST_RENEWALS = 5;

  private final Path folder;
  private final Pool pool;
  private final Analysis analysis;
  private final Background background;
  private final Bm25 bm25;
  private final double floor;
  private final Utility utility;
  private final Map<String, SpaceIndex> indexes = new ConcurrentHashMap<>();

  /**
   * @param folder where the indexes lie
   * @param floor the share of a query's idf mass that an item must match, in [0, 1]
   * @param utility moves what is worth more before what scores higher, and leaves out what is worth
   *     nothing
   */
  public LuceneProjection(
      Path folder,
      Pool pool,
      Analysis analysis,
      Background background,
      Bm25 bm25,
      double floor,
      Utility utility) {
    this.folder = folder;
    this.pool = pool;
    this.analysis = analysis;
    this.background = background;
    this.bm25 = bm25;
    this.floor = floor;
    this.utility = utility;
  }

  @Override
  public List<Hit> retrieve(Query query) {
    List<SpaceIndex.Found> good =
        candidates(query).found().stream()
            .filter(each -> each.getKey().coverage() >= floor && each.getValue() > 0)
            .map(Map.Entry::getKey)
            .limit(query.ofType().uniform() ? query.limit() : Integer.MAX_VALUE)
            .toList();
    Wanted wanted = new Wanted(query);
    return hits(query, good).stream().flatMap(Optional::stream).filter(wanted::takes).toList();
  }

  /**
   * What is looked at.
   *
   * @param most how many were taken from BM25 at most
   * @param found the best first, with what they are worth
   */
  private record Candidates(int most, List<Map.Entry<SpaceIndex.Found, Double>> found) {}

  /** More of them where some are worth nothing, so that enough are left. */
  private Candidates candidates(Query query) {
    int wanted = Math.max(CANDIDATES, query.limit());
    int most = wanted;
    while (true) {
      int now = most;
      List<Map.Entry<SpaceIndex.Found, Double>> found =
          worth(query, reading(query, index -> index.search(query, now)));
      long worthy = found.stream().filter(each -> each.getValue() > 0).count();
      if (worthy >= wanted || found.size() < most || most >= WIDEST * wanted) {
        return new Candidates(most, found);
      }
      most *= 2;
    }
  }

  /** The best first: by the score times what is known of an item's worth, which it stands with. */
  private List<Map.Entry<SpaceIndex.Found, Double>> worth(
      Query query, List<SpaceIndex.Found> found) {
    return found.stream()
        .map(
            each ->
                Map.entry(each, each.score() * utility.factor(query, each.id(), each.version())))
        .sorted(Map.Entry.<SpaceIndex.Found, Double>comparingByValue().reversed())
        .toList();
  }

  private List<SpaceIndex.Found> ranked(Query query, List<SpaceIndex.Found> found) {
    return worth(query, found).stream().map(Map.Entry::getKey).toList();
  }

  @Override
  public Explanation explain(Query query) {
    int most = candidates(query).most();
    SpaceIndex.Searched typed =
        reading(query, index -> index.explain(query, most)).inOrder(found -> ranked(query, found));
    Verdicts verdicts =
        new Verdicts(
            typed,
            hits(query, typed.found()),
            floor,
            new Wanted(query),
            item -> utility.factor(query, item.id(), item.version()));
    if (!query.types().isEmpty()) {
      Query everything = query.ofTypes(Set.of());
      SpaceIndex.Searched all = reading(query, index -> index.explain(everything, most));
      verdicts.addOtherTypes(all, hits(everything, all.found()), query.types());
    }
    long sequence = Math.min(query.sequence(), typed.position());
    String commit =
        sequence == 0 ? null : pool.commits(query.space(), sequence + 1, 1).getFirst().id();
    return new Explanation(
        commit,
        sequence,
        typed.documents(),
        typed.terms().terms().stream()
            .map(each -> new Explanation.Term(each.term().text(), each.idf()))
            .toList(),
        typed.terms().mass(),
        floor,
        verdicts.considered());
  }

  /** Reads an index. */
  private interface Reading<T> {
    T read(SpaceIndex index) throws IOException;
  }

  private <T> T reading(Query query, Reading<T> reading) {
    for (int renewals = 0; ; renewals++) {
      try {
        return once(query, reading);
      } catch (AlreadyClosedException e) {
        if (renewals == MOST_RENEWALS) {
          throw e;
        }
        // Waits for the one who is making it anew.
        indexes.compute(query.space(), (space, index) -> index);
      }
    }
  }

  private <T> T once(Query query, Reading<T> reading) {
    try {
      SpaceIndex index = index(query.space());
      if (query.sequence() != Query.HEAD && query.sequence() > index.position()) {
        catchUp(query.space());
        index = index(query.space());
      }
      return reading.read(index);
    } catch (IOException e) {
      throw new UncheckedIOException("the index of space " + query.space() + " cannot be read", e);
    }
  }

  /** The items found, in order; absent where the asker may not see one. */
  private List<Optional<Hit>> hits(Query query, List<SpaceIndex.Found> found) {
    Map<String, Integer> versions = new HashMap<>();
    found.forEach(each -> versions.put(each.id(), each.version()));
    Map<String, Experience> items = pool.experiences(query.space(), versions);
    return found.stream()
        .map(
            each ->
                Optional.ofNullable(items.get(each.id()))
                    .filter(item -> item.visibleTo(query.principal()))
                    .map(item -> new Hit(item, each.score(), each.coverage())))
        .toList();
  }

  /** {@inheritDoc} Until a broken index is replaced, searches see what it has shown last. */
  @Override
  public void catchUp(String space) {
    try {
      index(space).catchUp(pool, space);
    } catch (IOException | AlreadyClosedException e) {
      try {
        indexes.computeIfPresent(space, (name, broken) -> replaced(broken, name));
      } catch (UncheckedIOException again) {
        e.addSuppressed(again);
        throw new Unwritable(
            Unwritable.Reason.BROKEN,
            "The index of space " + space + " cannot be written: " + e.getMessage() + ".",
            e);
      }
    }
  }

  @Override
  public void renew(String space) {
    indexes.compute(space, (name, index) -> anew(index, name));
  }

  private SpaceIndex anew(@Nullable SpaceIndex index, String space) {
    try {
      if (index != null) {
        index.abandon();
      }
      remove(folder.resolve(space));
    } catch (IOException e) {
      throw new UncheckedIOException("the index of space " + space + " cannot be deleted", e);
    }
    return open(space);
  }

  /** The index opened once more: one that failed to write takes nothing any longer. */
  private SpaceIndex replaced(SpaceIndex broken, String space) {
    try {
      broken.unlock();
    } catch (IOException e) {
      throw new UncheckedIOException("the index of space " + space + " cannot be given up", e);
    }
    SpaceIndex index = open(space);
    LOG.info("the index of space {} is written again", space);
    try {
      broken.abandon();
    } catch (IOException e) {
      LOG.warn("the broken index of space {} was not closed in order", space, e);
    }
    return index;
  }

  private SpaceIndex index(String space) {
    return indexes.computeIfAbsent(space, this::open);
  }

  private SpaceIndex open(String space) {
    Path place = folder.resolve(space);
    try {
      SpaceIndex index = sound(place, space);
      boolean current = false;
      try {
        index.catchUp(pool, space);
        current = true;
        return index;
      } finally {
        if (!current) {
          index.abandon();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the index of space " + space + " cannot be made", e);
    }
  }

  private SpaceIndex sound(Path place, String space) throws IOException {
    String why;
    try {
      SpaceIndex index = SpaceIndex.open(place, analysis, background, bm25);
      if (index.position() < 0) {
        why = "it was written by another analysis";
      } else if (index.follows(pool, space)) {
        return index;
      } else {
        why = "it follows commits that the pool does not have";
      }
      index.abandon();
    } catch (IOException | IllegalArgumentException e) {
      why = "it cannot be read: " + e.getMessage();
    }
    LOG.warn("the index of space {} is made anew from the pool: {}", space, why);
    remove(place);
    return SpaceIndex.open(place, analysis, background, bm25);
  }

  /** Removes an index that nobody has open; it is made anew when it is next used. */
  public static void remove(Path place) throws IOException {
    if (Files.exists(place)) {
      try (Stream<Path> files = Files.walk(place)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  @Override
  public void close() {
    indexes.forEach(
        (space, index) -> {
          try {
            index.close();
          } catch (IOException | AlreadyClosedException e) {
            LOG.warn("the index of space {} will be caught up at the next start", space, e);
          }
        });
  }
}
