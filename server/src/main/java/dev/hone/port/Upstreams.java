package dev.hone.port;

import java.util.List;

/** The models there are, by name. */
public interface Upstreams {

  /** The upstream that answers for a model. */
  Upstream forModel(String model);

  /** The upstream for everything that names no model, and for models no other answers for. */
  Upstream standard();

  /** Every upstream, each once, the standard one first. */
  List<Upstream> all();
}
