package dev.hone.port;

/** What work costs the processor, whoever of Hone's threads does it. */
public interface Effort {

  /**
   * Processor time in nanoseconds that the calling thread has used so far, together with what other
   * threads have used on its behalf; on a virtual thread, of which that is not measured, the time
   * that passes. Only differences mean anything.
   */
  long nanos();
}
