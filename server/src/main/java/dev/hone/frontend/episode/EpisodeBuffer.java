package dev.hone.frontend.episode;

import dev.hone.experience.Interaction;
import dev.hone.experience.Message;
import dev.hone.port.Episodes;
import dev.hone.port.Ids;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Puts completed interactions into episodes (paper section 3.1). An interaction joins the open
 * episode of its conversation, else the open episode of its principal with the most similar
 * interaction, if that is similar enough; a common session counts as a little similarity. An
 * episode holds one principal's interactions only, so that what comes of it has one owner. It
 * closes when it is full, when it was idle, or when it is ended.
 *
 * <p>The rows are the truth; what is held in memory is made from them at start, and again after a
 * write that failed. Used by one thread.
 */
public final class EpisodeBuffer {

  /**
   * When interactions belong together.
   *
   * @param size interactions at which an episode closes
   * @param idle how long nothing is added before it closes
   * @param threshold the similarity from which an interaction joins, in (0, 1]
   * @param session what a common session adds to the similarity; less than the threshold
   */
  public record Policy(int size, Duration idle, double threshold, double session) {}

  private static final int BATCH = 256;

  private final Episodes episodes;
  private final Ids ids;
  private final InstantSource clock;
  private final Policy policy;
  private final Supplier<OpenInteractions> comparison;
  private final Map<String, OpenEpisode> open = new LinkedHashMap<>();
  private final Map<Owner, OpenInteractions> interactions = new HashMap<>();

  /** Whether what is held in memory says what the rows say; not so after a write that failed. */
  private boolean current;

  /** Whether rows were changed elsewhere. */
  private volatile boolean stale;

  private record Owner(String space, String principal) {}

  private static final class OpenEpisode {
    final String id;
    final Owner owner;
    final List<String> members = new ArrayList<>();
    Instant lastAt = Instant.EPOCH;

    OpenEpisode(String id, Owner owner) {
      this.id = id;
      this.owner = owner;
    }
  }

  /**
   * @param comparison makes what compares the open interactions of one principal
   */
  public EpisodeBuffer(
      Episodes episodes,
      Ids ids,
      InstantSource clock,
      Policy policy,
      Supplier<OpenInteractions> comparison) {
    this.episodes = episodes;
    this.ids = ids;
    this.clock = clock;
    this.policy = policy;
    this.comparison = comparison;
    load();
  }

  /** Holds what the rows say. */
  private void load() {
    stale = false;
    open.clear();
    interactions.clear();
    for (Episodes.Summary summary : episodes.open()) {
      episodes
          .episode(summary.space(), summary.id())
          .ifPresent(episode -> episode.interactions().forEach(i -> take(i, summary.id())));
      leaveWhenFull(summary.id());
    }
    current = true;
  }

  /**
   * The rows were changed elsewhere: they are read again before more is gathered. By any thread.
   */
  public void reload() {
    stale = true;
  }

  /** Puts what is waiting into episodes. */
  public void gather() {
    if (!current || stale) {
      load();
    }
    List<Interaction> waiting = episodes.unbuffered(BATCH);
    while (!waiting.isEmpty()) {
      List<Episodes.Place> places = new ArrayList<>();
      current = false;
      for (Interaction interaction : waiting) {
        String episode = home(interaction).orElseGet(ids::next);
        take(interaction, episode);
        places.add(new Episodes.Place(episode, interaction));
        leaveWhenFull(episode);
      }
      episodes.put(places);
      current = true;
      close(open.values().stream().filter(each -> each.members.size() >= policy.size).toList());
      waiting = episodes.unbuffered(BATCH);
    }
  }

  /** Closes the episodes that have been idle. */
  public void closeIdle() {
    Instant limit = clock.instant().minus(policy.idle);
    close(open.values().stream().filter(each -> each.lastAt.isBefore(limit)).toList());
  }

  /** Closes every open episode of a space. */
  public void closeAll(String space) {
    close(open.values().stream().filter(each -> each.owner.space.equals(space)).toList());
  }

  /** Ends one episode, if it is open. */
  public void end(String episode) {
    OpenEpisode found = open.get(episode);
    if (found != null) {
      close(List.of(found));
    }
  }

  private void close(List<OpenEpisode> closing) {
    if (!closing.isEmpty()) {
      current = false;
      episodes.close(closing.stream().map(each -> each.id).toList());
      current = true;
      for (OpenEpisode each : closing) {
        open.remove(each.id);
        forget(each);
      }
    }
  }

  /** A full episode is joined by nothing more, though it is closed only with the batch. */
  private void leaveWhenFull(String episode) {
    OpenEpisode full = open.get(episode);
    if (full != null && full.members.size() >= policy.size) {
      forget(full);
    }
  }

  private void forget(OpenEpisode episode) {
    OpenInteractions of = interactions.get(episode.owner);
    if (of != null) {
      episode.members.forEach(of::remove);
      if (of.isEmpty()) {
        interactions.remove(episode.owner);
      }
    }
  }

  private void take(Interaction interaction, String episode) {
    Owner owner = owner(interaction);
    OpenEpisode into = open.computeIfAbsent(episode, id -> new OpenEpisode(id, owner));
    into.members.add(interaction.id());
    if (interaction.openedAt().isAfter(into.lastAt)) {
      into.lastAt = interaction.openedAt();
    }
    interactions
        .computeIfAbsent(owner, any -> comparison.get())
        .put(
            interaction.id(),
            text(interaction),
            new OpenInteractions.Home(
                episode,
                interaction.conversation(),
                Optional.ofNullable(interaction.scope().session())));
  }

  private Optional<String> home(Interaction interaction) {
    OpenInteractions of = interactions.get(owner(interaction));
    if (of == null) {
      return Optional.empty();
    }
    Optional<String> conversation = of.inConversation(interaction.conversation());
    return conversation.or(
        () ->
            of.mostSimilar(
                text(interaction),
                Optional.ofNullable(interaction.scope().session()),
                policy.threshold,
                policy.session));
  }

  private static Owner owner(Interaction interaction) {
    return new Owner(interaction.scope().space(), interaction.scope().principal());
  }

  private static String text(Interaction interaction) {
    return interaction
        .question()
        .map(Message::text)
        .orElseGet(
            () ->
                interaction.messages().stream()
                    .map(Message::text)
                    .collect(Collectors.joining("\n")));
  }
}
