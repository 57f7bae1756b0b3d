package dev.hone.port;

import dev.hone.experience.Commit;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Takes in what was recorded elsewhere, once: what is here already, or was forgotten, is left out.
 * Ids stay what they were; one that another space has gets one derived from it instead, wherever it
 * is named.
 */
public interface Imports {

  /** What became, or would become, of something that is taken in. */
  enum Fate {
    /** New here. */
    TAKEN,
    /** Here already, and the same. */
    THERE,
    /**
     * Here already; interactions or outcomes of a conversation, or evidence of an item, are new.
     */
    EXTENDED,
    /** Here already, and says something else: what is here stays, and nothing is added. */
    DIFFERENT,
    /** Was forgotten here, and does not come back. */
    FORGOTTEN
  }

  /** What would become of conversations, each the interactions of one. */
  List<Fate> fates(String space, List<List<Carried.Recording>> conversations);

  /** Writes conversations down, in order and as one; an outcome that is new here comes late. */
  List<Fate> take(String space, List<List<Carried.Recording>> conversations);

  /** What would become of episodes. */
  List<Fate> fatesOfEpisodes(String space, List<Carried.Episode> episodes);

  /** Writes episodes down with their interactions, in order and as one. */
  List<Fate> takeEpisodes(String space, List<Carried.Episode> episodes);

  /** What would become of items. */
  List<Fate> fatesOfItems(String space, List<Carried.Item> items);

  /** Sets items aside until {@link #commit}: lines of a source, by the item's id. */
  void stage(String space, String source, Map<String, String> lines);

  /** How many items of a source are set aside. */
  int staged(String space, String source);

  /** Gives up what of a source is set aside. */
  void unstage(String space, String source);

  /**
   * Makes one commit of what of a source is set aside; empty when nothing of it is new.
   *
   * @param reading reads a line that was set aside
   */
  Optional<Commit> commit(
      String space,
      String source,
      String author,
      String reason,
      Function<String, Carried.Item> reading);

  /**
   * How far a source has been imported.
   *
   * @param records lines of it that are done
   * @param mark what its reader knows those lines by
   * @param at when
   */
  record Point(long records, String mark, Instant at) {}

  /** How far a source has been imported; empty when nothing of it was. */
  Optional<Point> point(String space, String source);

  /** Keeps how far a source has been imported. */
  void reached(String space, String source, Point point);

  /** Interactions of a source that are here. */
  int interactions(String space, String source);
}
