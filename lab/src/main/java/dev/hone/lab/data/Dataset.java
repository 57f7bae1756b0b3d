package dev.hone.lab.data;

/** Where questions come from. */
public interface Dataset {

  /** Its name in reports. */
  String name();

  /** What it is, who published it and under which licence, in one line. */
  String about();

  /**
   * What is lived through and what is asked: the same for the same seed.
   *
   * @throws BadData if the data cannot be read
   */
  Parts parts(long seed);
}
