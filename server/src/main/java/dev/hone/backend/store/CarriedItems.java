package dev.hone.backend.store;

import dev.hone.experience.Evidence;
import dev.hone.experience.Experience;
import dev.hone.port.Carried;
import dev.hone.port.Forgotten;
import dev.hone.port.Imports.Fate;
import java.util.ArrayList;
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
  private final Set<String> goneItems;
  private final Set<String> goneInteractions;

  CarriedItems(Handle handle, String space, Forgotten forgotten, List<Carried.Item> all) {
    this.handle = handle;
    this.space = space;
    this.ids = new CarriedIds(handle, space);
    Set<String> items = new LinkedHashSet<>();
    Set<String> interactions = new LinkedHashSet<>();
    for (Carried.Item item : all) {
      items.add(item.experience().id());
      for (Carried.Span span : item.evidence()) {
        interactions.add(span.evidence().interaction());
        interactions.add(ids.interaction(span.evidence().interaction()));
      }
    }
    goneItems = forgotten.forgotten(space, Forgotten.Kind.ITEM, items);
    goneInteractions = forgotten.forgotten(space, Forgotten.Kind.INTERACTION, interactions);
  }

  /** An item that rests on anything that was forgotten does not come back. */
  Fate fate(Carried.Item item) {
    Experience theirs = item.experience();
    if (goneItems.contains(theirs.id())
        || item.evidence().stream()
            .map(span -> span.evidence().interaction())
            .anyMatch(this::gone)) {
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

  private boolean gone(String interaction) {
    return goneInteractions.contains(interaction)
        || goneInteractions.contains(ids.interaction(interaction));
  }

  /** What it rests on, under the names that interactions have here. */
  List<Evidence> evidence(Carried.Item item) {
    List<Evidence> evidence = new ArrayList<>();
    for (Carried.Span span : item.evidence()) {
      Evidence theirs = span.evidence();
      evidence.add(
          new Evidence(
              named(theirs.interaction())
                  .or(() -> Optional.ofNullable(span.source()).flatMap(this::stood))
                  .orElseGet(() -> ids.interaction(theirs.interaction())),
              theirs.role(),
              theirs.quote(),
              theirs.principal()));
    }
    return evidence;
  }

  /**
   * The first interaction that an item rests on and that is not here; what a person wrote in an
   * edit needs none.
   */
  Optional<String> missing(List<Evidence> evidence) {
    return evidence.stream()
        .map(Evidence::interaction)
        .filter(id -> !id.startsWith("edit/") && named(id).isEmpty())
        .findFirst();
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
