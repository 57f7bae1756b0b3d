package dev.hone.http.exchange;

import dev.hone.port.Keys.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What can be asked at one path with one method. The handlers are registered from it, requests are
 * checked by it, and {@code /openapi.json} is written from it. Nothing else is routed, so that
 * nothing is without a role.
 *
 * @param method in capitals; {@link #ANY} for all
 * @param path from the root, with parameters as {@code {name}}; a final {@code *} stands for any
 *     rest
 * @param summary one line
 * @param role the least role that may; absent when anybody may, without a key
 * @param traits what else holds of it
 * @param parameters of the query and the header; those of the path stand in the path
 * @param body what is sent, absent when nothing is
 * @param status of the answer when all goes well
 * @param type media type of the answer
 * @param answer shape of the answer; absent when it is not JSON of Hone's
 * @param also shapes of other answers when all goes well, by status
 */
public record Operation(
    String method,
    String path,
    String summary,
    Optional<Role> role,
    List<Trait> traits,
    List<Parameter> parameters,
    Optional<Body> body,
    int status,
    String type,
    Optional<Schema> answer,
    Map<Integer, Schema> also) {

  /** All methods. */
  public static final String ANY = "*";

  /** What holds of an operation. */
  public enum Trait {
    /** Belongs to one space: takes {@code x-hone-space} or {@code space}. */
    SCOPED,
    /** Writes: refused while the journal cannot keep up. */
    WRITES,
    /** Takes an {@code Idempotency-Key}. */
    KEYED,
    /** Its answer carries an {@code ETag}; {@code If-None-Match} is heeded. */
    TAGGED,
    /** Heeds {@code If-Match}. */
    CONDITIONAL
  }

  /** Where a parameter stands. */
  public enum Place {
    QUERY,
    HEADER
  }

  /** A parameter. */
  public record Parameter(String name, Place place, Schema schema, boolean required, String says) {}

  /**
   * A body.
   *
   * @param type media type: JSON, or lines of JSON, each of that schema
   * @param example one that is taken, as JSON
   */
  public record Body(String type, Schema schema, String example) {}

  /** The media type of lines of JSON. */
  public static final String LINES = "application/x-ndjson";

  /** What the holders of keys may ask whose role is at least this one. */
  public static Operation of(String method, String path, Role role, String summary) {
    return of(method, path, Optional.of(role), summary);
  }

  /** What anybody may ask. */
  public static Operation open(String method, String path, String summary) {
    return of(method, path, Optional.empty(), summary);
  }

  private static Operation of(String method, String path, Optional<Role> role, String summary) {
    return new Operation(
        method,
        path,
        summary,
        role,
        List.of(),
        List.of(),
        Optional.empty(),
        200,
        "application/json",
        Optional.empty(),
        Map.of());
  }

  public Operation with(Trait... more) {
    List<Trait> all = new ArrayList<>(traits);
    all.addAll(List.of(more));
    return copy(all, parameters, body, status, type, answer, also);
  }

  public Operation query(String name, Schema schema, String says) {
    return parameter(new Parameter(name, Place.QUERY, schema, false, says));
  }

  public Operation needs(String name, Schema schema, String says) {
    return parameter(new Parameter(name, Place.QUERY, schema, true, says));
  }

  public Operation header(String name, Schema schema, String says) {
    return parameter(new Parameter(name, Place.HEADER, schema, false, says));
  }

  /** A list in pages. */
  public Operation paged(Schema each) {
    return query("limit", Schema.whole(1, 500), "Entries wanted at most, 50 unless said.")
        .query("cursor", Schema.text(1, 200), "Where to go on: what 'next' said.")
        .answers(
            200,
            Struct.of()
                .required("items", Schema.list(each), "")
                .optional("next", Schema.text(), "The cursor of the next page; null at the end."));
  }

  public Operation takes(Schema schema, String example) {
    return takes("application/json", schema, example);
  }

  /** Lines of JSON, which the handler reads from the request itself. */
  public Operation takesLines(Schema each, String example) {
    return takes(LINES, each, example);
  }

  private Operation takes(String media, Schema schema, String example) {
    Body taken = new Body(media, schema, example);
    return copy(traits, parameters, Optional.of(taken), status, type, answer, also);
  }

  public Operation answers(int with, Schema schema) {
    return copy(traits, parameters, body, with, "application/json", Optional.of(schema), also);
  }

  /** Answers with another status, in JSON, where the request asks for that. */
  public Operation alsoAnswers(int with, Schema schema) {
    return copy(traits, parameters, body, status, type, answer, Map.of(with, schema));
  }

  public Operation answers(int with, String mediaType) {
    return copy(traits, parameters, body, with, mediaType, Optional.empty(), also);
  }

  public boolean is(Trait trait) {
    return traits.contains(trait);
  }

  /** The query's parameter of that name. */
  public @Nullable Parameter queried(String name) {
    return parameters.stream()
        .filter(each -> each.place == Place.QUERY && each.name.equals(name))
        .findFirst()
        .orElse(null);
  }

  private Operation parameter(Parameter parameter) {
    List<Parameter> all = new ArrayList<>(parameters);
    all.add(parameter);
    return copy(traits, all, body, status, type, answer, also);
  }

  private Operation copy(
      List<Trait> holds,
      List<Parameter> taken,
      Optional<Body> sent,
      int with,
      String mediaType,
      Optional<Schema> shape,
      Map<Integer, Schema> shapes) {
    return new Operation(
        method,
        path,
        summary,
        role,
        List.copyOf(holds),
        List.copyOf(taken),
        sent,
        with,
        mediaType,
        shape,
        shapes);
  }
}
