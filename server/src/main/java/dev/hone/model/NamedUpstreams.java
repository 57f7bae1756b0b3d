package dev.hone.model;

import dev.hone.port.Upstream;
import dev.hone.port.Upstreams;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

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
  private final Optional<Upstream> others;

  /**
   * @param named asked in this order
   * @param others answers for every model that is not named, if there is such
   */
  public NamedUpstreams(List<Named> named, Optional<Upstream> others) {
    this.named = List.copyOf(named);
    this.others = others;
    if (named.isEmpty() && others.isEmpty()) {
      throw new IllegalArgumentException("there is at least one upstream");
    }
  }

  @Override
  public Optional<Upstream> forModel(String model) {
    return named.stream()
        .filter(each -> each.answersFor(model))
        .map(Named::upstream)
        .findFirst()
        .or(() -> others);
  }

  @Override
  public Upstream standard() {
    return others.orElseGet(() -> named.getFirst().upstream());
  }

  @Override
  public List<Upstream> all() {
    Set<Upstream> all = new LinkedHashSet<>();
    others.ifPresent(all::add);
    named.forEach(each -> all.add(each.upstream()));
    return List.copyOf(all);
  }
}
