package dev.hone.frontend.episode;

import dev.hone.experience.Interaction;
import dev.hone.experience.Message;
import dev.hone.experience.Part;
import dev.hone.port.Ids;
import dev.hone.similarity.Analysis;
import dev.hone.similarity.Background;
import dev.hone.similarity.Bm25;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The episodes that gather, in memory: which one does an interaction belong to? That of its
 * conversation, else that of its principal with the most similar interaction, if that is similar
 * enough; else a new one.
 *
 * <p>Used by one thread.
 */
public final class OpenEpisodes {

  /**
   * When interactions belong together.
   *
   * @param size interactions at which an episode is full
   * @param tokens of what it holds, estimated, at which it is full
   * @param run interactions that an episode with an agent's run takes at most: it is not cut where
   *     it is full
   * @param threshold the similarity from which an interaction joins, in (0, 1]
   * @param session what a common session adds to the similarity
   * @param closeness what it adds that two came at the same time; with {@code session} less than
   *     the threshold
   * @param halving the time between two that halves closeness
   */
  public record Policy(
      int size,
      int tokens,
      int run,
      double threshold,
      double session,
      double closeness,
      Duration halving) {}

  /**
   * Where an interaction went.
   *
   * @param tokens what it costs, estimated
   * @param repeats the interaction of that episode that said exactly the same, after the same
   * @param closes whether that episode is done, once nothing more of its conversations waits
   */
  public record Assigned(String episode, int tokens, @Nullable String repeats, boolean closes) {}

  /** Whose an episode is. */
  record Owner(String space, String principal) {}

  private record Talk(Owner owner, String conversation) {}

  /** As much of a long text as tells what it is about, in characters. */
  private static final int TELLING = 4_000;

  /** Rather too much than too little: English has about four bytes a token, Chinese three. */
  private static final int BYTES_PER_TOKEN = 3;

  private final Ids ids;
  private final Policy policy;
  private final Analysis analysis;
  private final Background background;
  private final Bm25 bm25;
  private final Map<String, OpenEpisode> open = new LinkedHashMap<>();
  private final Map<Talk, String> talks = new HashMap<>();
  private final Map<Owner, OpenInteractions> interactions = new HashMap<>();

  public OpenEpisodes(Ids ids, Policy policy, Analysis analysis, Background background, Bm25 bm25) {
    this.ids = ids;
    this.policy = policy;
    this.analysis = analysis;
    this.background = background;
    this.bm25 = bm25;
  }

  /** Takes a new interaction. */
  public Assigned assign(Interaction interaction, Instant now) {
    int tokens = tokens(interaction);
    String text = text(interaction);
    String id = home(interaction, text).orElseGet(ids::next);
    OpenEpisode into = episode(id, owner(interaction));
    Optional<String> repeats = into.repeated(interaction);
    if (repeats.isPresent()) {
      count(into, interaction, repeats.get());
    } else {
      take(into, interaction, text, tokens, now);
    }
    return new Assigned(id, tokens, repeats.orElse(null), closes(into));
  }

  /** Takes what an episode has taken before. */
  void restore(String id, Interaction interaction, @Nullable String repeats, Instant at) {
    OpenEpisode into = episode(id, owner(interaction));
    if (repeats == null) {
      take(into, interaction, text(interaction), tokens(interaction), at);
    } else {
      count(into, interaction, repeats);
    }
  }

  private void count(OpenEpisode into, Interaction interaction, String repeats) {
    into.count(interaction, repeats);
    talks.put(talk(interaction), into.id);
  }

  private void take(
      OpenEpisode into, Interaction interaction, String text, int tokens, Instant now) {
    boolean begins = !into.conversations.containsKey(interaction.conversation());
    into.take(interaction, tokens, now);
    talks.put(talk(interaction), into.id);
    if (full(into)) {
      leave(into);
    } else if (begins || interaction.question().isPresent()) {
      into.compared.add(interaction.id());
      interactions
          .computeIfAbsent(into.owner, any -> comparison())
          .put(
              interaction.id(),
              text,
              new OpenInteractions.Home(
                  into.id, interaction.scope().session(), interaction.openedAt()));
    }
  }

  private OpenInteractions comparison() {
    return new OpenInteractions(
        analysis,
        background,
        bm25,
        new OpenInteractions.Bonuses(
            policy.threshold, policy.session, policy.closeness, policy.halving));
  }

  private OpenEpisode episode(String id, Owner owner) {
    return open.computeIfAbsent(id, any -> new OpenEpisode(id, owner));
  }

  private Optional<String> home(Interaction interaction, String text) {
    String same = talks.get(talk(interaction));
    if (same != null) {
      return Optional.of(same);
    }
    OpenInteractions of = interactions.get(owner(interaction));
    return of == null
        ? Optional.empty()
        : of.mostSimilar(text, interaction.scope().session(), interaction.openedAt());
  }

  private boolean full(OpenEpisode episode) {
    return episode.size() >= policy.size || episode.tokens() >= policy.tokens;
  }

  /** Whether an episode is done, once nothing more of its conversations waits. */
  boolean closes(OpenEpisode episode) {
    return full(episode) && (!episode.isRun() || episode.size() >= policy.run);
  }

  /** What is full is joined by its own conversations only, and at the hard bound by nothing. */
  private void leave(OpenEpisode full) {
    OpenInteractions of = interactions.get(full.owner);
    if (of != null) {
      full.compared.forEach(of::remove);
      full.compared.clear();
      if (of.isEmpty()) {
        interactions.remove(full.owner);
      }
    }
    if (full.size() >= policy.run) {
      full.conversations
          .keySet()
          .forEach(each -> talks.remove(new Talk(full.owner, each), full.id));
    }
  }

  /** No longer holds an episode. */
  public void close(String id) {
    OpenEpisode closed = open.remove(id);
    if (closed != null) {
      leave(closed);
      closed
          .conversations
          .keySet()
          .forEach(each -> talks.remove(new Talk(closed.owner, each), closed.id));
    }
  }

  void clear() {
    open.clear();
    talks.clear();
    interactions.clear();
  }

  boolean holds(String id) {
    return open.containsKey(id);
  }

  Collection<OpenEpisode> all() {
    return List.copyOf(open.values());
  }

  /** How many episodes gather. */
  public int size() {
    return open.size();
  }

  private static Owner owner(Interaction interaction) {
    return new Owner(interaction.scope().space(), interaction.scope().principal());
  }

  private static Talk talk(Interaction interaction) {
    return new Talk(owner(interaction), interaction.conversation());
  }

  private static String text(Interaction interaction) {
    String text =
        interaction
            .question()
            .map(Message::text)
            .orElseGet(
                () ->
                    interaction.messages().stream()
                        .map(Message::text)
                        .collect(Collectors.joining("\n")));
    return text.length() <= TELLING ? text : text.substring(0, TELLING);
  }

  private static int tokens(Interaction interaction) {
    long bytes =
        Stream.concat(interaction.messages().stream(), Stream.ofNullable(interaction.answer()))
            .flatMap(message -> message.parts().stream())
            .mapToLong(OpenEpisodes::bytes)
            .sum();
    return (int) Math.min(Integer.MAX_VALUE, Math.ceilDiv(bytes, BYTES_PER_TOKEN));
  }

  private static long bytes(Part part) {
    String words =
        switch (part) {
          case Part.Text text -> text.text();
          case Part.Reasoning reasoning -> reasoning.text();
          case Part.ToolCall call -> call.name() + call.arguments();
          case Part.Other other -> other.json();
        };
    return words.getBytes(StandardCharsets.UTF_8).length;
  }
}
