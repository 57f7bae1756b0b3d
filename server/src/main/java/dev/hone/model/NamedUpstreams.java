package dev.hone.model;

import dev.hone.port.Upstream;
import dev.hone.port.Upstreams;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Chooses the upstream by the name of the model. */
public final class NamedUpstreams implements Upstreams {

  /**
   * An upstream and the models it answers for.
   *
   * @param models names, in which {@code *} stands for anything
   */
  public record Named(List<String> models, Upstream upstream) {

    boolean answersFor(String model) {
      return models.stream()
          .anyMatch(name -> model.matches(Pattern.quote(name).replace("*", "\\E.*\\Q")));
    }
  }

  private final List<Named> named;
  private final Upstream standard;

  /**
   * @param named asked in this order
   * @param standard answers for every model that is not named
   */
  public NamedUpstreams(List<Named> named, Upstream standard) {
    this.named = List.copyOf(named);
    this.standard = standard;
  }

  @Override
  public Upstream forModel(String model) {
    return named.stream()
        .filter(each -> each.answersFor(model))
        .map(Named::upstream)
        .findFirst()
        .orElse(standard);
  }

  @Override
  public Upstream standard() {
    return standard;
  }

  @Override
  public List<Upstream> all() {
    return Stream.concat(Stream.of(standard), named.stream().map(Named::upstream))
        .distinct()
        .toList();
  }
}
