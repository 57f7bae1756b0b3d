package dev.hone.port;

import dev.hone.experience.Hit;
import dev.hone.experience.Query;
import java.util.List;

/** Finds items by BM25. */
public interface Retriever {

  /** Visible items at or above the floor, best first. */
  List<Hit> retrieve(Query query);
}
