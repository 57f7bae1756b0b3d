package dev.hone.network;

import dev.hone.experience.Admission;
import dev.hone.experience.Decision;
import dev.hone.experience.Draft;
import dev.hone.experience.Episode;
import dev.hone.experience.Hit;
import dev.hone.experience.Query;
import dev.hone.port.Backend;
import java.util.List;

/**
 * Routes experience and queries by type to the backend that answers for it (paper section 3.2). One
 * backend answers for all types: an episode counts as learned with one commit of one pool.
 */
public final class Network {

  private final Backend backend;

  public Network(Backend backend) {
    this.backend = backend;
  }

  /** The backend of all types. */
  public Backend backend() {
    return backend;
  }

  /** Asks the backend of the query's types. */
  public List<Hit> retrieve(Query query) {
    return backend.retrieve(query);
  }

  /** Sends the drafts of an episode to the backend of their types, and those turned down before. */
  public List<Admission> store(Episode episode, List<Draft> drafts, List<Decision> turnedDown) {
    return backend.store(episode, drafts, turnedDown);
  }
}
