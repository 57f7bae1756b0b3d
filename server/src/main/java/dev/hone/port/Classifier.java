package dev.hone.port;

import java.util.Set;

/** Says which type a text belongs to. */
public interface Classifier {

  /** The likeliest type of an item. */
  String type(String space, String text);

  /**
   * The types that a query should be sent to: one when sure, two or three when not; empty means
   * all.
   */
  Set<String> types(String space, String query);
}
