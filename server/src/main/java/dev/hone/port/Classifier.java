package dev.hone.port;

import java.util.Set;

/** Says which type a text belongs to. */
public interface Classifier {

  /** Learns from what the pool of a space has become. Takes its time; not for the online path. */
  void catchUp(String space);

  /** The likeliest type of an item. Learns first; not for the online path. */
  String type(String space, String text);

  /**
   * The types that a query should be sent to: one when sure, two or three when not; empty means
   * all. Goes by what is learned already.
   */
  Set<String> types(String space, String query);
}
