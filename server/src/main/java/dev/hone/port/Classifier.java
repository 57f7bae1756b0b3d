package dev.hone.port;

import dev.hone.experience.Routing;

/** Says which type a text belongs to, and with which probability. */
public interface Classifier {

  /** Learns from what the pool of a space has become. Takes its time; not for the online path. */
  void catchUp(String space);

  /** The likeliest type of an item. Learns first; not for the online path. */
  String type(String space, String text);

  /**
   * Where a query should be sent: to one type when sure, to the two or three likeliest when not, to
   * all when it has no word that is known. Goes by what is learned already.
   */
  Routing route(String space, String query);
}
