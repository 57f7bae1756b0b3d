package dev.hone.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/** What was acknowledged to clients, and must be there after every restart. */
final class Ledger {

  /** By what an interaction was acknowledged. */
  enum Acknowledged {
    /** The first byte of a stream has come, and no more is promised. */
    OPENED,
    /** {@code [DONE]} has come, or the end of the answer. */
    COMPLETED,
    /** 201 to a native interaction. */
    TAKEN
  }

  /** Who sends what where. */
  record Sender(String key, String space) {}

  /** An interaction that was acknowledged, with the last message and the whole answer. */
  record Entry(String id, Sender sender, String question, String answer, Acknowledged by) {}

  /**
   * A correction that was acknowledged.
   *
   * @param outcome its id, where one was given
   */
  record Judgement(String interaction, Optional<String> outcome, String correction) {}

  private final Map<String, Entry> entries = new ConcurrentHashMap<>();
  private final Map<String, Judgement> judgements = new ConcurrentHashMap<>();
  private final AtomicInteger streaming = new AtomicInteger();
  private final AtomicInteger unpromised = new AtomicInteger();

  void add(Entry entry) {
    entries.put(entry.id(), entry);
  }

  void add(Judgement judgement) {
    judgements.put(judgement.outcome().orElse(judgement.interaction()), judgement);
  }

  void streamBegins() {
    streaming.incrementAndGet();
  }

  /** With or without its end. */
  void streamIsOver() {
    streaming.decrementAndGet();
  }

  /** Streams that have begun and are not over. */
  int streaming() {
    return streaming.get();
  }

  /** An answer came with {@code x-hone-capture: none}. */
  void addUnpromised() {
    unpromised.incrementAndGet();
  }

  int unpromised() {
    return unpromised.get();
  }

  List<Entry> entries() {
    return new ArrayList<>(entries.values());
  }

  List<Judgement> judgements() {
    return new ArrayList<>(judgements.values());
  }

  /** One of the interactions, if there is any. */
  Optional<Entry> any(RandomGenerator random) {
    List<Entry> all = entries();
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(all.size())));
  }

  int count(Acknowledged by) {
    return (int) entries.values().stream().filter(entry -> entry.by() == by).count();
  }
}
