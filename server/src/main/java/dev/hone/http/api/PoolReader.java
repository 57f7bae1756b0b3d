package dev.hone.http.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.experience.Anchor;
import dev.hone.experience.Block;
import dev.hone.experience.Digest;
import dev.hone.experience.EpisodeState;
import dev.hone.experience.Evidence;
import dev.hone.experience.Experience;
import dev.hone.experience.Exposure;
import dev.hone.experience.InteractionState;
import dev.hone.experience.Kind;
import dev.hone.experience.Lesson;
import dev.hone.experience.Message;
import dev.hone.experience.Mode;
import dev.hone.experience.Outcome;
import dev.hone.experience.Part;
import dev.hone.experience.Relation;
import dev.hone.experience.Role;
import dev.hone.experience.Scope;
import dev.hone.experience.State;
import dev.hone.experience.Usage;
import dev.hone.port.Carried;
import dev.hone.port.Journal;
import dev.hone.wire.Malformed;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines that {@link PoolLines} writes; what is wrong with one is told by its field.
 *
 * @param space where they go
 */
record PoolReader(String space) {

  Carried.Episode episode(JsonNode view) throws Malformed {
    List<Carried.Recording> interactions = new ArrayList<>();
    for (JsonNode each : list(view, "interactions")) {
      interactions.add(recording(each));
    }
    EpisodeState state = name(EpisodeState.class, view, "state");
    if (state == EpisodeState.OPEN) {
      throw new Malformed("'state' must not be open");
    }
    return new Carried.Episode(
        text(view, "id"),
        text(view, "principal"),
        whole(view, "revision", 1),
        state,
        whole(view, "size", 0),
        whole(view, "repetitions", 0),
        whole(view, "tokens", 0),
        time(view, "last_at"),
        maybe(view, "note"),
        interactions);
  }

  Carried.Recording recording(JsonNode view) throws Malformed {
    String id = text(view, "id");
    String principal = text(view, "principal");
    String source = maybe(view, "source");
    if (source != null && !source.matches("(?s)[^#]+#.*#\\d+")) {
      throw new Malformed("'source' must be SOURCE#RECORD#N");
    }
    InteractionState state = name(InteractionState.class, view, "state");
    if (state == InteractionState.OPENED || state == InteractionState.FORGOTTEN) {
      throw new Malformed("'state' must not be opened or forgotten");
    }
    List<Message> messages = new ArrayList<>();
    for (JsonNode each : list(view, "messages")) {
      messages.add(message(each));
    }
    List<Outcome> outcomes = new ArrayList<>();
    for (JsonNode each : list(view, "outcomes")) {
      outcomes.add(outcome(each, id));
    }
    List<String> emitted = new ArrayList<>();
    for (JsonNode each : view.path("emitted")) {
      emitted.add(digest(each.asText(), "emitted").value());
    }
    JsonNode answer = view.path("answer");
    String end = maybe(view, "answer_chain");
    return new Carried.Recording(
        new Journal.Recorded(
            new Journal.Opening(
                id,
                new Scope(
                    space,
                    principal,
                    maybe(view, "user"),
                    maybe(view, "session"),
                    maybe(view, "agent")),
                Mode.named(text(view, "mode"))
                    .orElseThrow(() -> new Malformed("'mode' is not one of Hone's")),
                any(view, "path"),
                text(view, "conversation"),
                maybe(view, "parent"),
                any(view, "model"),
                messages,
                digest(text(view, "chain"), "chain"),
                text(view, "parameters"),
                anchor(view.path("block")),
                exposures(view.path("exposures"), id),
                time(view, "opened_at")),
            new Journal.Completion(
                state,
                whole(view, "status", 0),
                answer.isObject() ? message(answer) : null,
                new byte[0],
                false,
                end == null ? null : digest(end, "answer_chain"),
                usage(view.path("usage")),
                time(view, "completed_at")),
            outcomes),
        source,
        maybe(view, "repeats"),
        emitted);
  }

  private static @Nullable Usage usage(JsonNode usage) throws Malformed {
    return usage.isObject()
        ? new Usage(
            whole(usage, "prompt_tokens", 0),
            whole(usage, "cached_tokens", 0),
            whole(usage, "answer_tokens", 0))
        : null;
  }

  private static @Nullable Anchor anchor(JsonNode block) throws Malformed {
    if (!block.isObject()) {
      return null;
    }
    List<Block.Shown> items = new ArrayList<>();
    for (JsonNode item : list(block, "items")) {
      String id = text(item, "id");
      if (!id.matches("[^,:]+")) {
        throw new Malformed("'block.items' names no item");
      }
      items.add(new Block.Shown(id, whole(item, "version", 1), whole(item, "tokens", 0)));
    }
    return new Anchor(
        digest(text(block, "chain"), "block.chain"),
        new Block(any(block, "text"), items, whole(block, "tokens", 0), List.of()));
  }

  private static List<Exposure> exposures(JsonNode list, String interaction) throws Malformed {
    List<Exposure> exposures = new ArrayList<>();
    for (JsonNode each : list) {
      exposures.add(
          new Exposure(
              interaction,
              text(each, "experience_id"),
              whole(each, "version", 1),
              exposures.size() + 1,
              whole(each, "tokens", 0),
              name(Exposure.Arm.class, each, "arm"),
              share(each, "probability", Double.MIN_VALUE, 1),
              each.has("holdout") ? share(each, "holdout", 0, Math.nextDown(1.0)) : 0));
    }
    return exposures;
  }

  private static Message message(JsonNode view) throws Malformed {
    List<Part> parts = new ArrayList<>();
    for (JsonNode part : list(view, "parts")) {
      parts.add(
          switch (text(part, "type")) {
            case "text" -> new Part.Text(any(part, "text"));
            case "reasoning" -> new Part.Reasoning(any(part, "text"));
            case "call" ->
                new Part.ToolCall(any(part, "id"), any(part, "name"), any(part, "arguments"));
            case "other" -> new Part.Other(any(part, "name"), any(part, "json"));
            default -> throw new Malformed("'parts' holds something of an unknown type");
          });
    }
    return new Message(name(Role.class, view, "role"), parts);
  }

  private static Outcome outcome(JsonNode view, String interaction) throws Malformed {
    JsonNode value = view.path("value");
    try {
      return new Outcome(
          text(view, "id"),
          interaction,
          text(view, "metric"),
          value.isNumber() ? (Double) value.asDouble() : null,
          maybe(view, "correction"),
          maybe(view, "comment"),
          text(view, "principal"),
          time(view, "at"));
    } catch (IllegalArgumentException e) {
      throw new Malformed(String.valueOf(e.getMessage()));
    }
  }

  Carried.Item item(JsonNode view) throws Malformed {
    State state = name(State.class, view, "state");
    if (state == State.PURGED) {
      throw new Malformed("'state' must not be purged");
    }
    List<Carried.Span> evidence = new ArrayList<>();
    for (JsonNode span : list(view, "evidence")) {
      evidence.add(
          new Carried.Span(
              new Evidence(
                  text(span, "interaction_id"),
                  name(Role.class, span, "role"),
                  text(span, "quote"),
                  text(span, "principal")),
              maybe(span, "source")));
    }
    if (evidence.isEmpty()) {
      throw new Malformed("'evidence' must not be empty: every item shows what it rests on");
    }
    String id = text(view, "id");
    List<Carried.Link> links = new ArrayList<>();
    for (JsonNode link : view.path("links")) {
      String other = text(link, "id");
      if (other.compareTo(id) <= 0) {
        throw new Malformed("'links' must name items whose ids come after this one's");
      }
      links.add(
          new Carried.Link(
              other, name(Relation.class, link, "relation"), link.path("similarity").asDouble()));
    }
    return new Carried.Item(
        new Experience(
            id,
            whole(view, "version", 1),
            space,
            new Lesson(
                any(view, "title"),
                text(view, "when"),
                text(view, "content"),
                name(Kind.class, view, "kind"),
                text(view, "type")),
            state,
            text(view, "owner"),
            0,
            0,
            0,
            maybe(view, "successor")),
        evidence,
        links);
  }

  private static JsonNode list(JsonNode view, String field) throws Malformed {
    JsonNode list = view.path(field);
    if (!list.isArray()) {
      throw new Malformed("'" + field + "' must be a list");
    }
    return list;
  }

  private static String any(JsonNode view, String field) throws Malformed {
    JsonNode value = view.path(field);
    if (!value.isTextual()) {
      throw new Malformed("'" + field + "' must be a string");
    }
    return value.asText();
  }

  private static String text(JsonNode view, String field) throws Malformed {
    String text = any(view, field);
    if (text.isBlank()) {
      throw new Malformed("'" + field + "' must be a string that is not blank");
    }
    return text;
  }

  private static @Nullable String maybe(JsonNode view, String field) throws Malformed {
    return view.hasNonNull(field) ? any(view, field) : null;
  }

  private static int whole(JsonNode view, String field, int least) throws Malformed {
    JsonNode value = view.path(field);
    if (!value.isInt() || value.asInt() < least) {
      throw new Malformed("'" + field + "' must be a whole number from " + least);
    }
    return value.asInt();
  }

  private static double share(JsonNode view, String field, double least, double most)
      throws Malformed {
    JsonNode value = view.path(field);
    if (!value.isNumber() || value.asDouble() < least || value.asDouble() > most) {
      throw new Malformed("'" + field + "' must be a share, between 0 and 1");
    }
    return value.asDouble();
  }

  private static Instant time(JsonNode view, String field) throws Malformed {
    try {
      return Instant.parse(text(view, field));
    } catch (DateTimeException e) {
      throw new Malformed("'" + field + "' must be a time such as 2026-01-31T12:00:00Z");
    }
  }

  private static Digest digest(String text, String field) throws Malformed {
    if (!text.matches("[0-9a-f]{64}")) {
      throw new Malformed("'" + field + "' must have 64 hexadecimal digits");
    }
    return new Digest(text);
  }

  private static <E extends Enum<E>> E name(Class<E> names, JsonNode view, String field)
      throws Malformed {
    String given = text(view, field);
    Optional<E> found =
        Stream.of(names.getEnumConstants())
            .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(given))
            .findFirst();
    if (found.isEmpty()) {
      throw new Malformed("'" + field + "' is '" + given + "', which is none of Hone's");
    }
    return found.get();
  }
}
