package dev.hone.port;

/** Does the jobs of one {@linkplain Jobs.Kind kind}. */
public interface Work {

  /**
   * Does a job. It may have been done before, wholly or in part. What is thrown puts it off.
   *
   * @throws Unwritable if the disk refuses: the job stays as it is
   */
  void run(Jobs.Job job);
}
