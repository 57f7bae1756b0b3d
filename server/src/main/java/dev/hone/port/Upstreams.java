package dev.hone.port;

import java.util.List;
import java.util.Optional;

/** The models there are, by name. */
public interface Upstreams {

  /** The upstream that answers for a model, if one does. */
  Optional<Upstream> forModel(String model);

  /** The upstream for everything that names no model. */
  Upstream standard();

  /** Every upstream, each once. */
  List<Upstream> all();
}
