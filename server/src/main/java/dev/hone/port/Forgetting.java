package dev.hone.port;

import dev.hone.experience.Selection;
import dev.hone.experience.State;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Forgets interactions, and what came of them. First a plan, which changes nothing. Carried out,
 * what it covers is nowhere to be read, found or learned from; until it is destroyed, it lies apart
 * and can be put back. Items follow their evidence: one whose words do not all stand in what is
 * left is withdrawn; what others said is learned again.
 */
public interface Forgetting extends Forgotten {

  /** What becomes of an item. */
  enum Fate {
    /** Taken out: nothing else supports it. */
    WITHDRAWN,
    /** Taken out; what others said of it is learned again. */
    REDERIVED,
    /** Stays, with the evidence that is left. */
    KEPT,
    /** Comes back: it had been condensed into one that is taken out. */
    RESTORED,
    /** Was taken out before; its words go. */
    ERASED;

    /** Whether the item's words go, of all its versions. */
    public boolean goes() {
      return switch (this) {
        case WITHDRAWN, REDERIVED, ERASED -> true;
        case KEPT, RESTORED -> false;
      };
    }
  }

  /** An item that a forgetting concerns, as it stood before. */
  record Affected(String id, String title, State state, String owner, Fate fate) {}

  /**
   * What a forgetting would do.
   *
   * @param interactions covered, oldest first
   * @param conversations that they belong to
   * @param outcomes said of them, or by the principal to be forgotten
   * @param answers to others, which repeat what is forgotten: these lose the answer only
   * @param evidence spans that no item will rest on
   * @param items in the order of their ids
   * @param episodes that lose interactions, or are learned from again
   * @param commits whose reasons say the words, or the source's name, by which it goes: these stay
   * @param token stands for all this but the commits; it is another when anything of it has changed
   */
  record Plan(
      List<String> interactions,
      int conversations,
      int outcomes,
      int answers,
      int evidence,
      List<Affected> items,
      List<String> episodes,
      List<String> commits,
      String token) {

    public Plan {
      interactions = List.copyOf(interactions);
      items = List.copyOf(items);
      episodes = List.copyOf(episodes);
      commits = List.copyOf(commits);
    }
  }

  /**
   * A plan to be carried out.
   *
   * @param id of the forgetting
   * @param token of the plan
   * @param author who wants it
   * @param purgeAt from when on it is destroyed
   */
  record Order(
      String id,
      String space,
      Selection selection,
      String token,
      String author,
      Instant at,
      Instant purgeAt) {}

  /** How far a forgetting is. */
  enum Stage {
    /** Carried out; can be undone. */
    FORGOTTEN,
    /** Undone. */
    UNDONE,
    /** Destroyed, though a copy may be left in the index or between the rows of the database. */
    PURGING,
    /** Destroyed. */
    PURGED
  }

  /** A forgetting that was carried out. Of what was asked it tells the kind only. */
  record Entry(
      String id,
      String space,
      Selection.By by,
      Stage stage,
      String author,
      Instant at,
      Instant purgeAt,
      int interactions,
      int conversations,
      int outcomes,
      int answers,
      int evidence,
      int items) {}

  /** What came of an order, or of an undo. */
  sealed interface Result {

    /** Done. */
    record Done(Entry entry) implements Result {}

    /** Not done: it would not do any more what the plan said, but this. */
    record Stale(Plan plan) implements Result {}

    /** Not done: it was undone, or destroyed. */
    record TooLate(Entry entry) implements Result {}

    /** Not undone: this one of the space came later, and is undone first. */
    record Later(Entry entry) implements Result {}

    /** There is no such forgetting. */
    record Missing() implements Result {}
  }

  /** What forgetting this would do. */
  Plan plan(String space, Selection selection);

  /** Carries a plan out, as a commit if items change. Nothing else changes the pool meanwhile. */
  Result execute(Order order);

  /**
   * Puts back what is not destroyed, as a commit if items change, unless a later forgetting of the
   * space is not undone: what that one covers may lie with this one. Nothing else changes the pool
   * meanwhile.
   */
  Result undo(String space, String id, String author);

  Optional<Entry> entry(String space, String id);

  /** Newest first, before this id (all when absent); of one author, or of everybody (absent). */
  List<Entry> list(String space, @Nullable String author, @Nullable String before, int limit);

  /** Those that are to be destroyed now, or half are. */
  List<Entry> due(Instant now);

  /** When the next one is to be destroyed. */
  Optional<Instant> nextDue();

  /**
   * Destroys what lies apart, for this one and those of its space before it, which cannot be undone
   * without it; from now on they are {@link Stage#PURGING}. Safe to repeat.
   */
  void destroy(String id);

  /**
   * Leaves no copy of what was destroyed in any file of the database. Takes time; who writes waits.
   */
  void wipe();

  /** What was destroyed is nowhere any more. */
  void purged(String id);
}
