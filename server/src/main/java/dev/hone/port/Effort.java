package dev.hone.port;

/** What work costs the processor, whoever of Hone's threads does it. */
public interface Effort {

  /**
   * Processor time in nanoseconds that the calling thread has used so far, together with what other
   * threads have used on its behalf. Only differences mean anything.
   */
  long nanos();
}
