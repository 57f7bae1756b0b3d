package dev.hone.http.exchange;

import java.util.List;

/** Something that can be asked in several ways. */
@FunctionalInterface
public interface Resource {
  List<Endpoint> endpoints();
}
