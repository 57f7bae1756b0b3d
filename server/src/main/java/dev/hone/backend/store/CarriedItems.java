package dev.hone.backend.store;

import dev.hone.experience.Evidence;
import dev.hone.experience.Experience;
import dev.hone.experience.Interaction;
import dev.hone.experience.Quotation;
import dev.hone.port.Carried;
import dev.hone.port.Forgotten;
import dev.hone.port.Imports.Fate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Items from elsewhere, in one transaction. */
final class CarriedItems {

  private final Handle handle;
  private final String space;
  private final CarriedIds ids;
  private final Interactions interactions = new Interactions();
  private final Set<String> goneItems;
  private final Set<String> goneInteractions;
  private final Set<String> goneSources;

  CarriedItems(Handle handle, String space, Forgotten forgotten, List<Carried.Item> all) {
    this.handle = handle;
    this.space = space;
    this.ids = new CarriedIds(handle, space);
    Set<String> items = new LinkedHashSet<>();
    Set<String> interactions = new LinkedHashSet<>();
    Set<String> sources = new LinkedHashSet<>();
    for (Carried.Item item : all) {
      items.add(item.experience().id());
      for (Carried.Span span : item.evidence()) {
        interactions.add(span.evidence().interaction());
        interactions.add(ids.interaction(span.evidence().interaction()));
        if (span.source() != null) {
          sources.add(span.source());
        }
      }
    }
    goneItems = forgotten.forgotten(space, Forgotten.Kind.ITEM, items);
    goneInteractions = forgotten.forgotten(space, Forgotten.Kind.INTERACTION, interactions);
    goneSources = forgotten.forgotten(space, Forgotten.Kind.SOURCE, sources);
  }

  /** An item that rests on anything that was forgotten does not come back. */
  Fate fate(Carried.Item item) {
    Experience theirs = item.experience();
    if (goneItems.contains(theirs.id()) || item.evidence().stream().anyMatch(this::gone)) {
      return Fate.FORGOTTEN;
    }
    Optional<Experience> here =
        Versions.select(
                handle,
                "v.space = :space AND v.experience = :id AND v.ended_by IS NULL",
                Map.of("space", space, "id", theirs.id()))
            .stream()
            .map(each -> each.experience())
            .findFirst();
    if (here.isEmpty()) {
      return Fate.TAKEN;
    }
    if (!here.get().lesson().equals(theirs.lesson())) {
      return Fate.DIFFERENT;
    }
    List<Evidence> known = SqlPool.evidence(handle, space, theirs.id());
    return known.containsAll(evidence(item)) ? Fate.THERE : Fate.EXTENDED;
  }

  private boolean gone(Carried.Span span) {
    String interaction = span.evidence().interaction();
    return goneInteractions.contains(interaction)
        || goneInteractions.contains(ids.interaction(interaction))
        || (span.source() != null && goneSources.contains(span.source()))
        || unsaid(here(span));
  }

  /** Whether its interaction stays here, but not what it quotes of it. */
  private boolean unsaid(Evidence span) {
    return switch (span.role()) {
      case OUTCOME -> Marks.unsaid(handle, space, span.interaction(), span.principal());
      case ASSISTANT ->
          one(
                  "id = :what AND state = 'COMPLETED' AND answer IS NULL AND answer_chain IS NOT"
                      + " NULL",
                  span.interaction())
              .isPresent();
      default -> false;
    };
  }

  /** What it rests on, under the names that interactions have here. */
  List<Evidence> evidence(Carried.Item item) {
    return item.evidence().stream().map(this::here).toList();
  }

  private Evidence here(Carried.Span span) {
    Evidence theirs = span.evidence();
    return new Evidence(
        named(theirs.interaction())
            .or(() -> Optional.ofNullable(span.source()).flatMap(this::stood))
            .orElseGet(() -> ids.interaction(theirs.interaction())),
        theirs.role(),
        theirs.quote(),
        theirs.principal());
  }

  /**
   * What is wrong with what an item rests on, if anything is: an interaction that is not here, or a
   * quote that does not stand in it as far as its words are here. What a person wrote in an edit
   * stands in none.
   */
  Optional<String> objection(List<Evidence> evidence) {
    return evidence.stream()
        .filter(span -> !span.isEdit())
        .flatMap(span -> objection(span).stream())
        .findFirst();
  }

  private Optional<String> objection(Evidence span) {
    Optional<Interaction> found = interactions.one(handle, space, span.interaction());
    if (found.isEmpty()) {
      return Optional.of(
          "rests on interaction "
              + span.interaction()
              + ", which is neither here nor in what is imported");
    }
    return Quotation.stands(found.get(), span)
        ? Optional.empty()
        : Optional.of(
            "quotes \""
                + span.quote()
                + "\" from interaction "
                + span.interaction()
                + ", where that does not stand");
  }

  private Optional<String> named(String id) {
    return one("id = :what", ids.interaction(id));
  }

  private Optional<String> stood(String source) {
    return one("source = :what", source);
  }

  private Optional<String> one(String condition, String what) {
    return handle
        .createQuery("SELECT id FROM interaction WHERE space = :space AND " + condition)
        .bind("space", space)
        .bind("what", what)
        .mapTo(String.class)
        .findOne();
  }
}
