package dev.hone.http.exchange;

import io.helidon.webserver.http.ServerRequest;
import org.jspecify.annotations.Nullable;

/** What is learned of a request on its way and told to the log: names only, never content. */
public final class Noted {

  private volatile @Nullable String path;
  private volatile @Nullable String model;

  /** The notes on a request. */
  public static Noted of(ServerRequest request) {
    return request
        .context()
        .get(Noted.class)
        .orElseGet(
            () -> {
              Noted noted = new Noted();
              request.context().register(noted);
              return noted;
            });
  }

  /** The path as declared, with its parameters as names. */
  public void path(String template) {
    path = template;
  }

  /** The model asked. */
  public void model(String name) {
    model = name;
  }

  public @Nullable String path() {
    return path;
  }

  public @Nullable String model() {
    return model;
  }
}
