package dev.hone.backend.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Where the rows lie that one forgetting took out, until they are put back or destroyed. No other
 * part of the store reads them.
 */
final class Vault {

  /** Marks rows of which only some columns were noted. */
  private static final String PART = ":part";

  /** How many ids go into one statement. */
  static final int BATCH = 500;

  private final ObjectMapper json = new ObjectMapper();
  private final Handle handle;
  private final String forgetting;
  private final String space;
  private int position;

  Vault(Handle handle, String forgetting, String space) {
    this.handle = handle;
    this.forgetting = forgetting;
    this.space = space;
  }

  /** Ids in portions that fit into a statement. */
  static <T> List<List<T>> batches(Collection<T> ids) {
    List<T> all = List.copyOf(ids);
    List<List<T>> batches = new ArrayList<>();
    for (int i = 0; i < all.size(); i += BATCH) {
      batches.add(all.subList(i, Math.min(all.size(), i + BATCH)));
    }
    return batches;
  }

  /**
   * Takes rows out of a table.
   *
   * @param where over the table, with {@code :space} and {@code <ids>}
   */
  void take(String table, String where, Collection<?> ids) {
    for (List<?> some : batches(ids)) {
      note(table, table, "*", where, some);
      handle
          .createUpdate("DELETE FROM " + table + " WHERE " + where)
          .bind("space", space)
          .bindList("ids", some)
          .execute();
    }
  }

  /** Notes whole rows, which are then changed. */
  void copy(String table, String where, Collection<?> ids) {
    for (List<?> some : batches(ids)) {
      note(table, table, "*", where, some);
    }
  }

  /** Notes some columns of interactions, which are then changed. */
  void copyPart(String columns, String where, Collection<String> ids) {
    for (List<String> some : batches(ids)) {
      note("interaction", "interaction" + PART, "id, " + columns, where, some);
    }
  }

  private void note(String table, String as, String columns, String where, List<?> ids) {
    handle
        .createQuery("SELECT " + columns + " FROM " + table + " WHERE " + where)
        .bind("space", space)
        .bindList("ids", ids)
        .mapToMap()
        .list()
        .forEach(row -> keep(as, node(row)));
  }

  /** Notes something of one's own making. */
  void keep(String table, ObjectNode row) {
    handle.execute(
        "INSERT INTO sealed (forgetting, position, space, tab, contents) VALUES (?, ?, ?, ?, ?)",
        forgetting,
        position++,
        space,
        table,
        row.toString());
  }

  private ObjectNode node(Map<String, Object> row) {
    ObjectNode node = json.createObjectNode();
    row.forEach(
        (column, value) -> {
          switch (value) {
            case null -> node.putNull(column);
            case byte[] bytes ->
                node.putObject(column).put("base64", Base64.getEncoder().encodeToString(bytes));
            case Double number -> node.put(column, number);
            case Number number -> node.put(column, number.longValue());
            default -> node.put(column, value.toString());
          }
        });
    return node;
  }

  /** What was kept under a name of one's own. */
  List<JsonNode> kept(String table) {
    return handle
        .createQuery(
            "SELECT contents FROM sealed WHERE forgetting = :id AND tab = :tab ORDER BY position")
        .bind("id", forgetting)
        .bind("tab", table)
        .mapTo(String.class)
        .map(this::read)
        .list();
  }

  /** Puts the rows of a table back. */
  void putBack(String table) {
    kept(table).forEach(row -> insert(table, row));
  }

  /** Puts columns of interactions back, where there is something to put them to. */
  void putBackParts() {
    for (JsonNode row : kept("interaction" + PART)) {
      List<String> columns = columns(row);
      columns.remove("id");
      List<@Nullable Object> values = new ArrayList<>();
      columns.forEach(column -> values.add(value(row.path(column))));
      values.add(row.path("id").asText());
      handle.execute(
          "UPDATE interaction SET "
              + columns.stream().map(column -> column + " = ?").collect(Collectors.joining(", "))
              + " WHERE id = ? AND state NOT IN ('FORGOTTEN', 'EXPIRED')",
          values.toArray());
    }
  }

  /** Puts one row back. */
  void insert(String table, JsonNode row) {
    List<String> columns = columns(row);
    handle.execute(
        "INSERT OR REPLACE INTO "
            + table
            + " ("
            + String.join(", ", columns)
            + ") VALUES ("
            + columns.stream().map(any -> "?").collect(Collectors.joining(", "))
            + ")",
        columns.stream().map(column -> value(row.path(column))).toArray());
  }

  private static List<String> columns(JsonNode row) {
    List<String> columns = new ArrayList<>();
    row.fieldNames().forEachRemaining(columns::add);
    return columns;
  }

  private static @Nullable Object value(JsonNode node) {
    if (node.isNull()) {
      return null;
    }
    if (node.isObject()) {
      return Base64.getDecoder().decode(node.path("base64").asText());
    }
    if (node.isIntegralNumber()) {
      return node.asLong();
    }
    return node.isNumber() ? (Object) node.asDouble() : node.asText();
  }

  private JsonNode read(String contents) {
    try {
      return json.readTree(contents);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what lies apart cannot be read: " + e.getMessage(), e);
    }
  }

  /** Destroys all of it. */
  void empty() {
    handle.execute("DELETE FROM sealed WHERE forgetting = ?", forgetting);
  }
}
