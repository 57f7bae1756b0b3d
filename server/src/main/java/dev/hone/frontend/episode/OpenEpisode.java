package dev.hone.frontend.episode;

import dev.hone.experience.Digest;
import dev.hone.experience.Interaction;
import dev.hone.experience.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is held in memory of an episode that gathers. */
final class OpenEpisode {

  final String id;
  final OpenEpisodes.Owner owner;

  /** Its conversations; of each, whether its newest answer waits for a tool. */
  final Map<String, Boolean> conversations = new HashMap<>();

  /** The members that others are compared with. */
  final List<String> compared = new ArrayList<>();

  private final Map<Digest, String> said = new HashMap<>();
  private final Map<String, String> origins = new HashMap<>();
  private final Set<String> runs = new HashSet<>();
  private int size;
  private int tokens;
  private Instant lastAt = Instant.EPOCH;

  OpenEpisode(String id, OpenEpisodes.Owner owner) {
    this.id = id;
    this.owner = owner;
  }

  /** The member that said exactly the same, after the same; only what nobody judged repeats. */
  Optional<String> repeated(Interaction interaction) {
    return interaction.outcomes().isEmpty()
        ? Optional.ofNullable(said.get(words(interaction)))
        : Optional.empty();
  }

  /** A member more. */
  void take(Interaction interaction, int cost, Instant now) {
    size++;
    tokens += cost;
    lastAt = now.isAfter(lastAt) ? now : lastAt;
    said.putIfAbsent(words(interaction), interaction.id());
    converse(interaction);
  }

  /** A repetition more: it takes no room, and does not keep the episode open. */
  void count(Interaction interaction, String repeats) {
    origins.put(interaction.id(), repeats);
    converse(interaction);
  }

  private void converse(Interaction interaction) {
    Message answer = interaction.answer();
    boolean waits = answer != null && answer.callsTools();
    conversations.put(interaction.conversation(), waits);
    if (waits) {
      runs.add(interaction.conversation());
    }
  }

  private Digest words(Interaction interaction) {
    List<String> words = new ArrayList<>();
    String parent = interaction.parent() == null ? "" : interaction.parent();
    words.add(origins.getOrDefault(parent, parent));
    interaction.messages().forEach(message -> words.add(message.digest().value()));
    Message answer = interaction.answer();
    words.add(answer == null ? "" : answer.digest().value());
    return Digest.of(words.toArray(String[]::new));
  }

  int size() {
    return size;
  }

  int tokens() {
    return tokens;
  }

  /** When the newest member came. */
  Instant lastAt() {
    return lastAt;
  }

  void lastAt(Instant at) {
    lastAt = at;
  }

  /** Whether a conversation in it has called tools: an agent's run. */
  boolean isRun() {
    return !runs.isEmpty();
  }

  /** Whether an answer in it waits for a tool. */
  boolean waitsForTool() {
    return conversations.containsValue(true);
  }
}
