package dev.hone.lab.arm;

import dev.hone.lab.data.Question;
import dev.hone.lab.server.HoneClient;

/** Somebody who can be asked. */
public interface Answering {

  /** Asks; by any thread. */
  HoneClient.Said ask(Question question);
}
