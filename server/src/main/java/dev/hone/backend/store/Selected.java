package dev.hone.backend.store;

import dev.hone.experience.Selection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * What a selection names.
 *
 * @param interactions ids of those that are not forgotten yet, oldest first
 * @param evidence rows of it that go, besides those that quote these interactions
 * @param outcomes ids of outcomes of other interactions that go
 */
record Selected(Set<String> interactions, Set<Long> evidence, Set<String> outcomes) {

  private static final String OPEN =
      " AND state <> 'FORGOTTEN' AND (:of IS NULL OR principal = :of)";

  static Selected of(Handle handle, MessageCodec codec, String space, Selection selection) {
    return switch (selection.by()) {
      case INTERACTION -> only(interactions(handle, space, selection, "id = :value"));
      case SESSION -> only(interactions(handle, space, selection, "session = :value"));
      case USER -> only(interactions(handle, space, selection, "end_user = :value"));
      case SOURCE ->
          only(
              interactions(
                  handle,
                  space,
                  selection,
                  "(source = :value OR substr(source, 1, length(:value) + 1) = :value || '#')"));
      case PRINCIPAL -> saidBy(handle, space, selection);
      case QUERY -> holding(handle, codec, space, selection);
    };
  }

  private static Selected only(Set<String> interactions) {
    return new Selected(interactions, Set.of(), Set.of());
  }

  private static Set<String> interactions(
      Handle handle, String space, Selection selection, String condition) {
    return new TreeSet<>(
        handle
            .createQuery("SELECT id FROM interaction WHERE space = :space AND " + condition + OPEN)
            .bind("space", space)
            .bind("value", selection.value())
            .bind("of", selection.principal())
            .mapTo(String.class)
            .list());
  }

  /** Also what the principal said of others' interactions, and what it wrote into items. */
  private static Selected saidBy(Handle handle, String space, Selection selection) {
    Set<String> own = interactions(handle, space, selection, "principal = :value");
    return new Selected(
        own,
        new LinkedHashSet<>(
            said(handle, space, selection, "SELECT rowid FROM evidence").mapTo(Long.class).list()),
        new LinkedHashSet<>(
            said(handle, space, selection, "SELECT id FROM outcome").mapTo(String.class).list()));
  }

  private static Query said(Handle handle, String space, Selection selection, String select) {
    return handle
        .createQuery(
            select
                + " WHERE space = :space AND principal = :value AND (:of IS NULL OR principal ="
                + " :of)")
        .bind("space", space)
        .bind("value", selection.value())
        .bind("of", selection.principal());
  }

  private record Quote(long row, String interaction, String principal, String words) {}

  private static Selected holding(
      Handle handle, MessageCodec codec, String space, Selection selection) {
    Phrase phrase = Phrase.of(selection.value());
    Set<String> found = new TreeSet<>();
    List<String> messages =
        handle
            .createQuery(
                "SELECT digest, role, parts FROM message WHERE space = :space AND (:of IS NULL OR"
                    + " digest IN (SELECT m.digest FROM interaction i JOIN interaction_message m ON"
                    + " m.interaction = i.id WHERE i.space = :space AND i.principal = :of UNION ALL"
                    + " SELECT answer FROM interaction WHERE space = :space AND principal = :of AND"
                    + " answer IS NOT NULL))")
            .bind("space", space)
            .bind("of", selection.principal())
            .map(
                (set, context) ->
                    phrase.in(MessageCodec.words(codec.message(set.getString(2), set.getString(3))))
                        ? set.getString(1)
                        : "")
            .filter(digest -> !digest.isEmpty())
            .list();
    for (List<String> some : Vault.batches(messages)) {
      found.addAll(
          handle
              .createQuery(
                  "SELECT id FROM interaction WHERE space = :space AND (answer IN (<ids>) OR id IN"
                      + " (SELECT interaction FROM interaction_message WHERE digest IN (<ids>)))"
                      + OPEN)
              .bind("space", space)
              .bind("of", selection.principal())
              .bindList("ids", some)
              .mapTo(String.class)
              .list());
    }
    found.addAll(judged(handle, space, selection, phrase));
    Set<Long> written = new LinkedHashSet<>();
    for (Quote quote : quotes(handle, space, selection)) {
      if (phrase.in(quote.words)) {
        written.add(quote.row);
        found.addAll(
            interactions(
                handle,
                space,
                new Selection(Selection.By.INTERACTION, quote.interaction, selection.principal()),
                "id = :value"));
      }
    }
    return new Selected(found, written, Set.of());
  }

  private static List<String> judged(
      Handle handle, String space, Selection selection, Phrase phrase) {
    return handle
        .createQuery(
            "SELECT i.id, o.correction, o.comment FROM outcome o JOIN interaction i ON i.id ="
                + " o.interaction WHERE o.space = :space AND i.state <> 'FORGOTTEN' AND (:of IS"
                + " NULL OR i.principal = :of) AND (o.correction IS NOT NULL OR o.comment IS NOT"
                + " NULL)")
        .bind("space", space)
        .bind("of", selection.principal())
        .map(
            (set, context) ->
                phrase.in(Objects.requireNonNullElse(set.getString(2), ""))
                        || phrase.in(Objects.requireNonNullElse(set.getString(3), ""))
                    ? set.getString(1)
                    : "")
        .filter(id -> !id.isEmpty())
        .list();
  }

  private static List<Quote> quotes(Handle handle, String space, Selection selection) {
    return handle
        .createQuery(
            "SELECT rowid, interaction, principal, quote FROM evidence WHERE space = :space AND"
                + " (:of IS NULL OR principal = :of)")
        .bind("space", space)
        .bind("of", selection.principal())
        .map(
            (set, context) ->
                new Quote(set.getLong(1), set.getString(2), set.getString(3), set.getString(4)))
        .list();
  }
}
