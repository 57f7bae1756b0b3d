package dev.hone.backend.store;

import dev.hone.experience.Outcome;
import dev.hone.experience.Scope;
import dev.hone.port.Carried;
import dev.hone.port.Forgotten;
import dev.hone.port.Imports.Fate;
import dev.hone.port.Journal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Interactions and episodes from elsewhere, in one transaction. */
final class CarriedIn {

  private final Handle handle;
  private final String space;
  private final SqlJournal journal;
  private final CarriedIds ids;
  private final Map<String, String> known = new HashMap<>();
  private final Set<String> goneIds;
  private final Set<String> goneSources;

  CarriedIn(
      Handle handle,
      String space,
      SqlJournal journal,
      Forgotten forgotten,
      List<Carried.Recording> all) {
    this.handle = handle;
    this.space = space;
    this.journal = journal;
    this.ids = new CarriedIds(handle, space);
    Set<String> names = new LinkedHashSet<>();
    Set<String> sources = new LinkedHashSet<>();
    for (Carried.Recording each : all) {
      names.add(each.id());
      names.add(ids.interaction(each.id()));
      if (each.source() != null) {
        sources.add(each.source());
      }
    }
    goneIds = forgotten.forgotten(space, Forgotten.Kind.INTERACTION, names);
    goneSources = forgotten.forgotten(space, Forgotten.Kind.SOURCE, sources);
  }

  private boolean gone(Carried.Recording recording) {
    return goneIds.contains(recording.id())
        || goneIds.contains(ids.interaction(recording.id()))
        || (recording.source() != null && goneSources.contains(recording.source()));
  }

  private record Here(String id, @Nullable String end) {}

  private Optional<Here> here(Carried.Recording recording) {
    return here("id = :what", ids.interaction(recording.id()))
        .or(() -> here("source = :what", recording.source()));
  }

  private Optional<Here> here(String condition, @Nullable String what) {
    return handle
        .createQuery(
            "SELECT id, answer_chain FROM interaction WHERE space = :space AND " + condition)
        .bind("space", space)
        .bind("what", what)
        .map((set, context) -> new Here(set.getString(1), set.getString(2)))
        .findOne();
  }

  private Fate fate(Carried.Recording recording) {
    if (gone(recording)) {
      return Fate.FORGOTTEN;
    }
    Optional<Here> here = here(recording);
    if (here.isEmpty()) {
      return Fate.TAKEN;
    }
    String end = here.get().end;
    var chain = recording.recorded().completion().chain();
    if (end != null && chain != null && !end.equals(chain.value())) {
      return Fate.DIFFERENT;
    }
    return news(recording, here.get().id).isEmpty() ? Fate.THERE : Fate.EXTENDED;
  }

  private List<Outcome> news(Carried.Recording recording, String interaction) {
    List<Outcome> news = new ArrayList<>();
    for (Outcome outcome : recording.recorded().outcomes()) {
      if (Marks.unsaid(handle, space, interaction, outcome.principal())) {
        continue;
      }
      String id = ids.outcome(outcome.id());
      boolean known =
          handle
              .createQuery("SELECT EXISTS (SELECT 1 FROM outcome WHERE id = :id)")
              .bind("id", id)
              .mapTo(Boolean.class)
              .one();
      if (!known) {
        news.add(named(outcome, id, interaction));
      }
    }
    return news;
  }

  private static Outcome named(Outcome outcome, String id, String interaction) {
    return new Outcome(
        id,
        interaction,
        outcome.metric(),
        outcome.value(),
        outcome.correction(),
        outcome.comment(),
        outcome.principal(),
        outcome.at());
  }

  /** What becomes of a conversation: all of it is taken that is new, or nothing. */
  Fate fate(List<Carried.Recording> conversation) {
    Set<Fate> fates = new LinkedHashSet<>();
    conversation.forEach(each -> fates.add(fate(each)));
    for (Fate decisive : List.of(Fate.FORGOTTEN, Fate.DIFFERENT)) {
      if (fates.contains(decisive)) {
        return decisive;
      }
    }
    return fates.size() > 1 ? Fate.EXTENDED : fates.iterator().next();
  }

  Fate take(List<Carried.Recording> conversation) {
    Fate fate = fate(conversation);
    if (fate == Fate.TAKEN || fate == Fate.EXTENDED) {
      for (Carried.Recording each : conversation) {
        take(each, null);
      }
    }
    return fate;
  }

  private void take(Carried.Recording each, @Nullable String episode) {
    Optional<Here> here = here(each);
    if (here.isEmpty()) {
      write(each, episode);
    } else {
      known.put(each.id(), here.get().id);
      news(each, here.get().id).forEach(outcome -> SqlJournal.outcome(handle, space, outcome));
    }
  }

  /** What becomes of an episode: one that brings no interaction is not made. */
  Fate fate(Carried.Episode episode) {
    List<Carried.Recording> left = left(episode);
    if (left.isEmpty() && !episode.interactions().isEmpty()) {
      return Fate.FORGOTTEN;
    }
    Set<Fate> fates = new LinkedHashSet<>();
    left.forEach(each -> fates.add(fate(each)));
    if (fates.contains(Fate.TAKEN) && !isHere(ids.episode(episode.id()))) {
      return Fate.TAKEN;
    }
    return fates.contains(Fate.TAKEN) || fates.contains(Fate.EXTENDED) ? Fate.EXTENDED : Fate.THERE;
  }

  private List<Carried.Recording> left(Carried.Episode episode) {
    return episode.interactions().stream().filter(each -> !gone(each)).toList();
  }

  private boolean isHere(String episode) {
    return handle
        .createQuery("SELECT EXISTS (SELECT 1 FROM episode WHERE id = :id AND space = :space)")
        .bind("id", episode)
        .bind("space", space)
        .mapTo(Boolean.class)
        .one();
  }

  Fate take(Carried.Episode episode) {
    Fate fate = fate(episode);
    if (fate == Fate.FORGOTTEN) {
      return fate;
    }
    String id = ids.episode(episode.id());
    if (fate == Fate.TAKEN) {
      handle.execute(
          "INSERT INTO episode (id, space, principal, revision, state, size, last_at, due_at,"
              + " attempts, note, tokens) VALUES (?, ?, ?, ?, ?, 0, ?, 0, 0, ?, ?)",
          id,
          space,
          episode.principal(),
          episode.revision(),
          episode.state().name(),
          episode.lastAt().toEpochMilli(),
          episode.note(),
          episode.tokens());
    }
    for (Carried.Recording each : left(episode)) {
      take(each, id);
    }
    handle.execute(
        "UPDATE episode SET " + Placing.COUNTED + " WHERE id = ? AND space = ?", id, space);
    return fate;
  }

  /** An interaction's id here, where it may be under another one. */
  private @Nullable String named(@Nullable String interaction) {
    String here = interaction == null ? null : known.get(interaction);
    return here == null ? ids.maybe(interaction) : here;
  }

  /** A repetition of what is in another episode here counts as a member of its own. */
  private void write(Carried.Recording each, @Nullable String episode) {
    Journal.Recorded recorded = each.recorded();
    Journal.Opening opening = recorded.opening();
    Scope scope = opening.scope();
    String id = ids.interaction(opening.id());
    journal.record(
        handle,
        new Journal.Recorded(
            new Journal.Opening(
                id,
                new Scope(space, scope.principal(), scope.user(), scope.session(), scope.agent()),
                opening.mode(),
                opening.path(),
                opening.conversation(),
                named(opening.parent()),
                opening.model(),
                opening.messages(),
                opening.chain(),
                opening.parameters(),
                opening.anchor(),
                opening.exposures(),
                opening.at()),
            recorded.completion(),
            recorded.outcomes().stream()
                .map(outcome -> named(outcome, ids.outcome(outcome.id()), id))
                .toList()));
    handle.execute(
        "UPDATE interaction SET source = ?, episode = ?, repeats = (SELECT o.id FROM interaction o"
            + " WHERE o.id = ? AND o.space = ? AND o.episode = ? AND o.repeats IS NULL) WHERE id ="
            + " ?",
        each.source(),
        episode,
        named(each.repeats()),
        space,
        episode,
        id);
    for (String digest : each.emitted()) {
      handle.execute(
          "INSERT INTO emitted VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
          space,
          scope.principal(),
          digest,
          id);
    }
  }
}
