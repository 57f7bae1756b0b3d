package dev.hone.port;

import java.util.ArrayList;
import java.util.List;

/** Something that must hold of what is stored, while no server uses it. */
public interface Check {

  /** What is looked at, in a few words. */
  String name();

  /**
   * Looks.
   *
   * @param fix whether to put right what can be
   */
  Finding examine(boolean fix, Progress progress);

  /** Is told how far a check is. */
  @FunctionalInterface
  interface Progress {
    void at(long done, long of);
  }

  /**
   * What was found.
   *
   * @param examined how much was looked at
   * @param wrong how much of it is not as it must be
   * @param fixed how much of that was put right
   * @param examples some of what was wrong, in words
   */
  record Finding(long examined, long wrong, long fixed, List<String> examples) {

    public Finding {
      examples = List.copyOf(examples);
      if (wrong < 0 || fixed < 0 || fixed > wrong || wrong > examined) {
        throw new IllegalArgumentException("no more can be put right than is wrong");
      }
    }

    /** Whether everything is as it must be, now. */
    public boolean healthy() {
      return wrong == fixed;
    }
  }

  /** Gathers a finding. For one thread. */
  final class Notes {

    private static final int EXAMPLES = 5;

    private final List<String> examples = new ArrayList<>();
    private long examined;
    private long wrong;
    private long fixed;

    /** So many more were looked at. */
    public void examined(long count) {
      examined += count;
    }

    /** One of those is wrong. */
    public void wrong(String what, boolean putRight) {
      wrong++;
      fixed += putRight ? 1 : 0;
      if (examples.size() < EXAMPLES) {
        examples.add(what);
      }
    }

    public Finding finding() {
      return new Finding(examined, wrong, fixed, examples);
    }
  }
}
