package dev.hone.testing;

import dev.hone.experience.Routing;
import dev.hone.port.Classifier;

/** A classifier that knows one type and sends every query everywhere. */
public final class AnyType implements Classifier {

  @Override
  public void catchUp(String space) {}

  @Override
  public String type(String space, String text) {
    return "general";
  }

  @Override
  public Routing route(String space, String query) {
    return Routing.EVERYWHERE;
  }
}
