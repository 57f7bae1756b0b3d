package dev.hone.backend.admit;

import dev.hone.experience.Lesson;
import dev.hone.experience.Relation;
import dev.hone.similarity.Analysis;
import dev.hone.similarity.Background;
import dev.hone.similarity.Bm25;
import dev.hone.similarity.Paraphrase;
import dev.hone.similarity.Sameness;
import dev.hone.similarity.Statistics;
import dev.hone.similarity.TermVector;
import dev.hone.similarity.Vectors;
import java.util.List;
import java.util.Optional;

/**
 * What two lessons have to do with one another, by rule: a function of the two texts alone.
 *
 * <ul>
 *   <li>They are <em>one</em> when their contents say the same strictly, and each situation of the
 *       one is a paraphrase of a situation of the other (similar at least {@code paraphrase}, and
 *       nothing that decides differs); where the content tells nothing by itself, such as "yes",
 *       the situations too must say the same strictly.
 *   <li>They are <em>near</em> when they are of one type and two of their situations are similar at
 *       least {@code near}.
 *   <li>Near ones <em>contradict</em> one another when the situations are one and the contents are
 *       not; else they <em>resemble</em> one another.
 * </ul>
 *
 * <p>Two items shown that are near were linked when the later of both was written, unless that one
 * was linked with {@link Links#MOST} others then. Two that are one are merged, unless they are
 * candidates of different principals, or a person wrote one of them; then they are linked.
 *
 * <p>Similarity is that of DESIGN's vectors with the background's statistics alone, so that it does
 * not depend on what else the pool holds, nor on when it is asked.
 */
public final class Likeness {

  private final Analysis analysis;
  private final Bm25 bm25;
  private final Statistics statistics;
  private final Sameness sameness;
  private final Paraphrase paraphrases;
  private final double near;
  private final double paraphrase;

  /**
   * @param near the similarity of situations from which items are near, in (0, 1]
   * @param paraphrase the similarity from which situations may be one, in (0, 1]
   */
  public Likeness(
      Analysis analysis, Background background, Bm25 bm25, double near, double paraphrase) {
    this.analysis = analysis;
    this.bm25 = bm25;
    this.statistics = Statistics.of(background, List.of());
    this.sameness = new Sameness(analysis, background);
    this.paraphrases = new Paraphrase(analysis, background);
    this.near = near;
    this.paraphrase = paraphrase;
  }

  /** Nothing known yet. */
  public Known known() {
    return new Known(this, new Vectors(analysis, statistics, bm25), near, paraphrase);
  }

  /** The greatest similarity of a situation of the one with a situation of the other. */
  public double similarity(Lesson one, Lesson other) {
    Vectors vectors = new Vectors(analysis, statistics, bm25);
    List<TermVector> others = other.situations().stream().map(vectors::of).toList();
    return one.situations().stream()
        .map(vectors::of)
        .flatMapToDouble(mine -> others.stream().mapToDouble(mine::similarity))
        .max()
        .orElse(0);
  }

  /** Whether two items, if shown and not merged, are to be linked. */
  public boolean near(Lesson one, Lesson other) {
    return one.type().equals(other.type()) && similarity(one, other) >= near;
  }

  /** What near items have to do with one another. */
  public Relation relation(Lesson one, Lesson other) {
    return !sameness.same(one.content(), other.content()) && sameSituation(one, other)
        ? Relation.CONTRADICTS
        : Relation.RESEMBLES;
  }

  /** What keeps a lesson from being taken for one there is; empty when the two are one. */
  public Optional<String> apart(Lesson said, Lesson there) {
    if (!said.type().equals(there.type())) {
      return Optional.of("it is of another type");
    }
    if (!sameness.same(said.content(), there.content())) {
      return Optional.of("the content differs");
    }
    if (!sameness.telling(said.content())) {
      return sameness.same(said.when(), there.when())
          ? Optional.empty()
          : Optional.of("so short a content speaks of its very situation only");
    }
    return situationsApart(said, there);
  }

  /** Whether the one speaks of no situation but those of the other, or the other way round. */
  public boolean sameSituation(Lesson one, Lesson other) {
    return situationsApart(one, other).isEmpty() || situationsApart(other, one).isEmpty();
  }

  private Optional<String> situationsApart(Lesson said, Lesson there) {
    Vectors vectors = new Vectors(analysis, statistics, bm25);
    return said.situations().stream()
        .flatMap(each -> apart(each, there.situations(), vectors).stream())
        .findFirst();
  }

  /** What keeps a situation from all of these. */
  private Optional<String> apart(String situation, List<String> others, Vectors vectors) {
    TermVector vector = vectors.of(situation);
    Optional<String> why = Optional.of("the situation differs");
    for (String other : others) {
      if (vector.similarity(vectors.of(other)) >= paraphrase || sameness.same(situation, other)) {
        why = paraphrases.apart(situation, other);
        if (why.isEmpty()) {
          return why;
        }
      }
    }
    return why;
  }

  /** Equal for lessons whose contents say the same; where these tell nothing, their situations. */
  String key(Lesson lesson) {
    String content = sameness.key(lesson.content());
    return sameness.telling(lesson.content())
        ? content
        : content + "\n" + sameness.key(lesson.when());
  }
}
