package dev.hone.lab.power;

/** A part of a whole that is neither none nor all of it. */
final class Share {

  private Share() {}

  static void check(String name, double share) {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException(name + " is " + share + ", not between 0 and 1");
    }
  }
}
