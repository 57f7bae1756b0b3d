package dev.hone.testing;

import dev.hone.experience.Anchor;
import dev.hone.experience.Digest;
import dev.hone.experience.Interaction;
import dev.hone.experience.Outcome;
import dev.hone.experience.Receipt;
import dev.hone.port.Journal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A journal that only knows what was put into prompts, and how conversations ended. */
public final class FakeJournal implements Journal {

  /** Sentences put into prompts of {@link Samples#ANN}. */
  public final Set<String> emitted = new HashSet<>();

  /** Ends of conversations of {@link Samples#ANN}. */
  public final Map<Digest, Turn> turns = new HashMap<>();

  /** Anchors by conversation. */
  public final Map<String, List<Anchor>> anchors = new HashMap<>();

  /** Texts of blocks by interaction. */
  public final Map<String, List<String>> blocks = new HashMap<>();

  /** Chains asked for. */
  public final List<Digest> probed = new ArrayList<>();

  @Override
  public Optional<Turn> endedWith(String space, String principal, Digest chain) {
    probed.add(chain);
    return principal.equals(Samples.ANN) ? Optional.ofNullable(turns.get(chain)) : Optional.empty();
  }

  @Override
  public List<Anchor> anchors(String space, String conversation) {
    return anchors.getOrDefault(conversation, List.of());
  }

  @Override
  public List<String> blocks(String space, String interaction) {
    return blocks.getOrDefault(interaction, List.of());
  }

  @Override
  public Set<String> emitted(String space, String principal, String until, List<String> sentences) {
    Set<String> known = new HashSet<>(sentences);
    known.retainAll(principal.equals(Samples.ANN) ? emitted : Set.of());
    return known;
  }

  @Override
  public void opened(Opening opening) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void completed(String space, String interaction, Completion completion) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void withoutExperience(Opening opening) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void recorded(List<Recorded> interactions) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<Interaction> interaction(String space, String id) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<Receipt> receipt(String space, String principal, String id) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Receipt> receipts(
      String space, String principal, Wanted wanted, @Nullable String before, int limit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Size size(String space) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void outcome(String space, Outcome outcome) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int interruptUnfinished() {
    throw new UnsupportedOperationException();
  }
}
