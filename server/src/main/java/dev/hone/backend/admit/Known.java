package dev.hone.backend.admit;

import dev.hone.experience.Change;
import dev.hone.experience.Lesson;
import dev.hone.similarity.SimilarityIndex;
import dev.hone.similarity.SimilarityIndex.Match;
import dev.hone.similarity.TermVector;
import dev.hone.similarity.Vectors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The items of one pool, found by what they say and by their situations, exactly.
 *
 * <p>Not thread-safe.
 */
public final class Known {

  /** One of the situations of an item. */
  private record Situation(String id, int number) {}

  /** The items of one type. */
  private static final class Topic {
    final SimilarityIndex<Situation> situations;
    final Map<String, Set<String>> contents = new HashMap<>();
    int size;

    Topic(double least) {
      situations = new SimilarityIndex<>(least);
    }
  }

  /** Where an item is kept, and other wordings of its situation, each with its vector. */
  private record Place(
      String type,
      Topic topic,
      String key,
      List<TermVector> situations,
      Map<String, TermVector> wordings) {}

  private static final int WORDINGS = 8;

  private final Likeness likeness;
  private final Vectors vectors;
  private final double near;
  private final double paraphrase;
  private final Map<String, Topic> topics = new HashMap<>();
  private final Map<String, Place> places = new HashMap<>();

  Known(Likeness likeness, Vectors vectors, double near, double paraphrase) {
    this.likeness = likeness;
    this.vectors = vectors;
    this.near = near;
    this.paraphrase = paraphrase;
  }

  /** Takes an item in, in place of what it said before. */
  public void put(String id, Lesson lesson) {
    remove(id);
    Topic topic = topics.computeIfAbsent(lesson.type(), any -> new Topic(near));
    Place place =
        new Place(
            lesson.type(), topic, likeness.key(lesson), situations(lesson), new LinkedHashMap<>());
    places.put(id, place);
    topic.size++;
    topic.contents.computeIfAbsent(place.key, any -> new LinkedHashSet<>()).add(id);
    for (int i = 0; i < place.situations.size(); i++) {
      topic.situations.put(new Situation(id, i), place.situations.get(i));
    }
  }

  /** Leaves an item out, if it is here. */
  public void remove(String id) {
    Place place = places.remove(id);
    if (place == null) {
      return;
    }
    place.topic.size--;
    place.topic.contents.computeIfPresent(
        place.key,
        (key, ids) -> {
          ids.remove(id);
          return ids.isEmpty() ? null : ids;
        });
    for (int i = 0; i < place.situations.size(); i++) {
      place.topic.situations.remove(new Situation(id, i));
    }
  }

  /** Takes in what changes add and revise, and leaves out what they withdraw. */
  public void follow(List<Change> changes) {
    for (Change change : changes) {
      switch (change) {
        case Change.Add add -> put(add.experience(), add.lesson());
        case Change.Revise revise -> put(revise.experience(), revise.lesson());
        case Change.Withdraw withdraw -> remove(withdraw.experience());
        case Change.Reinforce ignored -> {}
        case Change.TakeBack ignored -> {}
        case Change.Link ignored -> {}
      }
    }
  }

  /**
   * Remembers another wording of an item's situation, in which the same was said: what is a
   * paraphrase of it is the item too. It is remembered as long as this is; the first {@value
   * #WORDINGS} are.
   */
  void also(String id, String when) {
    Place place = places.get(id);
    if (place != null && place.wordings.size() < WORDINGS) {
      place.wordings.computeIfAbsent(when, vectors::of);
    }
  }

  /** The other wordings of an item's situation. */
  Set<String> wordings(String id) {
    Place place = places.get(id);
    return place == null ? Set.of() : place.wordings.keySet();
  }

  /** Takes over what another remembers of the items that are here too. */
  public void remember(Known other) {
    other.places.forEach((id, place) -> place.wordings.keySet().forEach(each -> also(id, each)));
  }

  /** How many items are here. */
  public int size() {
    return places.size();
  }

  /** How many items of a type are here. */
  int size(String type) {
    Topic topic = topics.get(type);
    return topic == null ? 0 : topic.size;
  }

  /** The type of an item, if it is here. */
  Optional<String> type(String id) {
    return Optional.ofNullable(places.get(id)).map(Place::type);
  }

  /** The items near a lesson, most similar first. */
  List<Match<String>> near(Lesson lesson) {
    Topic topic = topics.get(lesson.type());
    if (topic == null) {
      return List.of();
    }
    Map<String, Double> found = new HashMap<>();
    for (TermVector situation : situations(lesson)) {
      for (Match<Situation> match : topic.situations.probe(situation, near)) {
        found.merge(match.key().id, match.similarity(), Math::max);
      }
    }
    return sorted(found);
  }

  /**
   * The items that may be one with a lesson, most similar first: those of its type and content
   * whose situations are similar enough.
   */
  List<Match<String>> saying(Lesson lesson) {
    Topic topic = topics.get(lesson.type());
    Set<String> ids =
        topic == null ? Set.of() : topic.contents.getOrDefault(likeness.key(lesson), Set.of());
    List<TermVector> situations = ids.isEmpty() ? List.of() : situations(lesson);
    Map<String, Double> found = new HashMap<>();
    for (String id : ids) {
      Place place = Objects.requireNonNull(places.get(id));
      double similarity =
          Math.max(
              covered(situations, place.situations),
              place.wordings.values().stream()
                  .mapToDouble(wording -> covered(situations, List.of(wording)))
                  .max()
                  .orElse(0));
      if (similarity >= paraphrase) {
        found.put(id, similarity);
      }
    }
    return sorted(found);
  }

  /** How well the least covered of these situations is covered by these others. */
  private static double covered(List<TermVector> situations, List<TermVector> by) {
    return situations.stream()
        .mapToDouble(
            each ->
                by.stream()
                    .mapToDouble(
                        there -> each.isEmpty() && there.isEmpty() ? 1 : each.similarity(there))
                    .max()
                    .orElse(0))
        .min()
        .orElse(0);
  }

  private List<TermVector> situations(Lesson lesson) {
    return lesson.situations().stream().map(vectors::of).toList();
  }

  /** Most similar first; of equals the older, whose id is the lower, first. */
  private static List<Match<String>> sorted(Map<String, Double> found) {
    List<Match<String>> matches = new ArrayList<>();
    found.forEach((id, similarity) -> matches.add(new Match<>(id, similarity)));
    matches.sort(
        Comparator.<Match<String>>comparingDouble(match -> -match.similarity())
            .thenComparing(Match::key));
    return matches;
  }
}
