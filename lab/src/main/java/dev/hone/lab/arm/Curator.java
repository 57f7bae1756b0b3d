package dev.hone.lab.arm;

import java.util.List;

/** Rewrites a sheet: one text that holds all that was learned. */
interface Curator {

  /**
   * The sheet after these interactions.
   *
   * @param sheet as it was, empty at first
   */
  String rewrite(String sheet, List<Lived> batch);
}
