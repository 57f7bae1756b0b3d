package dev.hone.port;

/** The search index: a disposable projection of the pool, which stores no text. */
public interface Projection extends Retriever {

  /** Brings the index of a space up to the pool's newest commit; searches from now on see it. */
  void catchUp(String space);
}
