package dev.hone.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.experience.Digest;
import dev.hone.experience.Message;
import java.util.ArrayList;
import java.util.List;

/** A request for a model, as far as it could be read. */
public sealed interface ModelRequest permits ChatRequest, OtherRequest {

  /** What was asked. */
  Endpoint endpoint();

  /** The model asked; empty when none is named. */
  String model();

  /** The conversation so far; may be empty where it is not a chat. */
  List<Message> messages();

  /** A top-level field other than the messages; missing when absent. */
  JsonNode field(String name);

  /** The request without its messages, as JSON. */
  String parameters();

  /** The chain digests: element i covers the messages up to and including i. */
  default List<Digest> chain() {
    List<Digest> chain = new ArrayList<>();
    Digest last = Digest.of();
    for (Message message : messages()) {
      last = last.then(message.digest());
      chain.add(last);
    }
    return chain;
  }

  /** The digest of the whole conversation so far. */
  default Digest end() {
    List<Digest> chain = chain();
    return chain.isEmpty() ? Digest.of() : chain.getLast();
  }
}
