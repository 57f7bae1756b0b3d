package dev.hone;

import dev.hone.port.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Runs checks over what is stored, one after another. */
final class Doctor {

  /** What a check found. */
  record Result(String check, Check.Finding finding) {}

  /** Is told how far the examination is. */
  @FunctionalInterface
  interface Progress {
    void at(String check, long done, long of);
  }

  private Doctor() {}

  /**
   * Examines.
   *
   * @param first what must hold before anything else can be looked at
   * @param then the checks after it; not asked for when the first finds something wrong
   */
  static List<Result> examine(
      Check first, Supplier<List<Check>> then, boolean fix, Progress progress) {
    List<Result> results = new ArrayList<>();
    results.add(result(first, fix, progress));
    if (results.getFirst().finding().healthy()) {
      for (Check check : then.get()) {
        results.add(result(check, fix, progress));
      }
    }
    return results;
  }

  private static Result result(Check check, boolean fix, Progress progress) {
    String name = check.name();
    return new Result(name, check.examine(fix, (done, of) -> progress.at(name, done, of)));
  }
}
