package dev.hone;

import dev.hone.experience.Admission;
import dev.hone.experience.Decision;
import dev.hone.experience.Draft;
import dev.hone.experience.Episode;
import dev.hone.experience.Lesson;
import dev.hone.network.Network;
import dev.hone.port.Classifier;
import dev.hone.port.Distiller;
import dev.hone.port.Distiller.Distillation;
import dev.hone.port.Episodes;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The offline path: a closed episode → distill → classify → route → store. */
public final class Learning {

  private static final Logger LOG = LoggerFactory.getLogger(Learning.class);

  private final Distiller distiller;
  private final Classifier classifier;
  private final Network network;
  private final Episodes episodes;
  private final Meters meters;
  private final InstantSource clock;

  public Learning(
      Distiller distiller,
      Classifier classifier,
      Network network,
      Episodes episodes,
      Meters meters,
      InstantSource clock) {
    this.distiller = distiller;
    this.classifier = classifier;
    this.network = network;
    this.episodes = episodes;
    this.meters = meters;
    this.clock = clock;
  }

  /**
   * Learns from one closed episode. Safe to repeat: what is stored is stored once for each
   * revision.
   */
  public void learnFrom(Episode episode) {
    switch (distiller.distill(episode)) {
      case Distillation.Lessons lessons -> {
        tellOfRejected(episode, lessons.rejected());
        List<Draft> classified =
            lessons.drafts().stream().map(draft -> classified(episode.space(), draft)).toList();
        network.store(episode, classified, turnedDown(lessons.rejected()));
        classifier.catchUp(episode.space());
        meters.learned("lessons", classified.size());
      }
      case Distillation.Nothing nothing -> {
        List<String> reasons =
            nothing.rejected().isEmpty() ? List.of(nothing.why()) : nothing.rejected();
        network.store(episode, List.of(), turnedDown(reasons));
        episodes.nothingLearned(episode, nothing.why());
        meters.learned("nothing", 0);
      }
      case Distillation.Unreadable unreadable -> {
        episodes.fail(episode, unreadable.why(), unreadable.raw());
        meters.learned("unreadable", 0);
      }
      case Distillation.Later later -> {
        episodes.postpone(episode, later.why(), clock.instant(), later.after());
        meters.learned("later", 0);
      }
      case Distillation.Waits waits -> {
        episodes.defer(episode.space(), waits.why(), clock.instant().plus(waits.until()));
        meters.learned("waits", 0);
      }
    }
  }

  /**
   * What would come of an episode if it were learned from now.
   *
   * @param distillation what was distilled; its drafts have their types
   * @param admissions what would be decided about each draft, in order
   */
  public record Preview(Distillation distillation, List<Admission> admissions) {}

  /** Distills an episode and stores nothing. What it costs counts. */
  public Preview preview(Episode episode) {
    Distillation distillation = distiller.distill(episode);
    if (!(distillation instanceof Distillation.Lessons lessons)) {
      return new Preview(distillation, List.of());
    }
    List<Draft> classified =
        lessons.drafts().stream().map(draft -> classified(episode.space(), draft)).toList();
    return new Preview(
        new Distillation.Lessons(classified, lessons.rejected()),
        network.backend().preview(episode, classified));
  }

  private static List<Decision> turnedDown(List<String> reasons) {
    return reasons.stream().map(Decision::turnedDown).toList();
  }

  /** The reasons may quote what people said, so they are for those who ask for details. */
  private static void tellOfRejected(Episode episode, List<String> reasons) {
    if (!reasons.isEmpty()) {
      LOG.info("episode {}: {} lessons are turned down", episode.id(), reasons.size());
      reasons.forEach(why -> LOG.debug("episode {}: {}", episode.id(), why));
    }
  }

  private Draft classified(String space, Draft draft) {
    Lesson lesson = draft.lesson();
    return lesson.type().isEmpty()
        ? new Draft(lesson.ofType(classifier.type(space, lesson.text())), draft.evidence())
        : draft;
  }
}
