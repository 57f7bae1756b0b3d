package dev.hone.backend.admit;

import dev.hone.experience.Change;
import dev.hone.experience.Experience;
import dev.hone.experience.Lesson;
import dev.hone.experience.Relation;
import dev.hone.port.Pool;
import dev.hone.similarity.SimilarityIndex.Match;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Links what a commit writes with what is near it: each item when it is written with the {@value
 * #MOST} most similar of its type, contradictions before resemblances.
 */
public final class Links {

  /** With how many items one is linked when it is written. */
  public static final int MOST = 10;

  private static final int CONSIDERED = 40;

  private final Pool pool;
  private final Likeness likeness;

  public Links(Pool pool, Likeness likeness) {
    this.pool = pool;
    this.likeness = likeness;
  }

  /**
   * The changes, and the links that go with them. What is known of the pool is from now on as after
   * these changes.
   */
  public List<Change> with(Known known, String space, List<Change> changes) {
    List<Change> all = new ArrayList<>(changes);
    Map<String, Lesson> written = new HashMap<>();
    for (Change change : changes) {
      if (change instanceof Change.Withdraw || change instanceof Change.Revise) {
        known.remove(change.experience());
      }
    }
    for (Change change : changes) {
      lesson(change)
          .ifPresent(
              lesson -> {
                all.addAll(links(known, space, change.experience(), lesson, written));
                known.put(change.experience(), lesson);
                written.put(change.experience(), lesson);
              });
    }
    return all;
  }

  /** What a change writes, if it writes anything new. */
  private static Optional<Lesson> lesson(Change change) {
    return switch (change) {
      case Change.Add add -> Optional.of(add.lesson());
      case Change.Revise revise -> Optional.of(revise.lesson());
      case Change.Reinforce ignored -> Optional.empty();
      case Change.TakeBack ignored -> Optional.empty();
      case Change.Link ignored -> Optional.empty();
      case Change.Withdraw ignored -> Optional.empty();
    };
  }

  private List<Change.Link> links(
      Known known, String space, String id, Lesson lesson, Map<String, Lesson> written) {
    List<Change.Link> links = new ArrayList<>();
    for (Match<String> match : known.near(lesson).stream().limit(CONSIDERED).toList()) {
      Optional.ofNullable(written.get(match.key()))
          .or(() -> pool.experience(space, match.key()).map(Experience::lesson))
          .map(other -> likeness.relation(lesson, other))
          .ifPresent(
              relation ->
                  links.add(new Change.Link(id, match.key(), relation, match.similarity())));
    }
    links.sort(Comparator.comparing(Change.Link::relation, Comparator.<Relation>naturalOrder()));
    return links.subList(0, Math.min(MOST, links.size()));
  }
}
