package dev.hone.frontend.episode;

import dev.hone.experience.Interaction;
import dev.hone.port.Episodes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Puts completed interactions into episodes (paper section 3.1). An interaction joins the open
 * episode of its conversation, else the open episode of its principal with the most similar
 * interaction; a common session, and closeness in time, count as a little similarity. An episode
 * holds one principal's interactions only, so that what comes of it has one owner. What says
 * exactly what one of its episode said is counted, not kept again.
 *
 * <p>An episode closes when it is full, when it was idle, a short while after it was judged, or
 * when it is ended. What is full takes nothing but what waits of its own conversations, so that one
 * that was imported is not cut. An agent's run, which calls tools, is not cut at all because the
 * episode is full; nor is it taken for judged while a tool works.
 *
 * <p>The rows are the truth; what is held in memory is made from them at start, and again after a
 * write that failed. Used by one thread.
 */
public final class EpisodeBuffer {

  /**
   * When what does not grow closes.
   *
   * @param idle how long nothing is added
   * @param outcome how long nothing is added or said once a value or a correction has come
   */
  public record Quiet(Duration idle, Duration outcome) {}

  private final Episodes episodes;
  private final InstantSource clock;
  private final Quiet quiet;
  private final OpenEpisodes open;

  /** Whether what is held in memory says what the rows say; not so after a write that failed. */
  private boolean current;

  /** Whether rows were changed elsewhere. */
  private volatile boolean stale;

  /**
   * @param open holds nothing yet
   */
  public EpisodeBuffer(Episodes episodes, InstantSource clock, Quiet quiet, OpenEpisodes open) {
    this.episodes = episodes;
    this.clock = clock;
    this.quiet = quiet;
    this.open = open;
    load();
  }

  /** Holds what the rows say. */
  private void load() {
    stale = false;
    open.clear();
    for (Episodes.Summary summary : episodes.open()) {
      for (Episodes.Taken each : episodes.taken(summary.space(), summary.id())) {
        open.restore(summary.id(), each.interaction(), each.repeats(), summary.lastAt());
      }
    }
    current = true;
  }

  /**
   * The rows were changed elsewhere: they are read again before more is gathered. By any thread.
   */
  public void reload() {
    stale = true;
  }

  /**
   * Puts what is waiting into episodes, oldest first, in one write; closes those that are full, if
   * nothing more is waiting.
   *
   * @param most interactions at once
   * @return whether more may be waiting
   */
  public boolean gather(int most) {
    if (!current || stale) {
      load();
    }
    List<Interaction> waiting = episodes.unbuffered(most);
    if (!waiting.isEmpty()) {
      put(waiting);
    }
    boolean more = waiting.size() == most;
    if (!more) {
      closeWhere(open::closes);
    }
    return more;
  }

  private void put(List<Interaction> waiting) {
    Instant now = clock.instant();
    List<Episodes.Place> places = new ArrayList<>();
    current = false;
    for (Interaction interaction : waiting) {
      OpenEpisodes.Assigned to = open.assign(interaction, now);
      places.add(new Episodes.Place(to.episode(), interaction, to.tokens(), to.repeats()));
    }
    episodes.put(places);
    current = true;
  }

  /** Closes the episodes that have been idle, or were judged and are quiet since. */
  public void closeQuiet() {
    Instant now = clock.instant();
    Map<String, Instant> judged = episodes.judged();
    closeWhere(each -> open.closes(each) || isQuiet(each, judged.get(each.id), now));
  }

  private boolean isQuiet(OpenEpisode episode, @Nullable Instant judged, Instant now) {
    if (episode.lastAt().isBefore(now.minus(quiet.idle))) {
      return true;
    }
    Instant limit = now.minus(quiet.outcome);
    return judged != null
        && !episode.waitsForTool()
        && !judged.isAfter(limit)
        && !episode.lastAt().isAfter(limit);
  }

  /** Closes every open episode of a space. */
  public void closeAll(String space) {
    closeWhere(each -> each.owner.space().equals(space));
  }

  /** Ends one episode, if it is open. */
  public void end(String episode) {
    if (open.holds(episode)) {
      close(List.of(episode));
    }
  }

  private void closeWhere(Predicate<OpenEpisode> which) {
    close(open.all().stream().filter(which).map(each -> each.id).toList());
  }

  private void close(List<String> closing) {
    if (!closing.isEmpty()) {
      current = false;
      episodes.close(closing, clock.instant());
      current = true;
      closing.forEach(open::close);
    }
  }
}
