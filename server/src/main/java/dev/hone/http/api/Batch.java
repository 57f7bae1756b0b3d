package dev.hone.http.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.port.Carried;
import dev.hone.port.Imports;
import dev.hone.port.Imports.Fate;
import dev.hone.wire.Malformed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one request imports: a few writes of a limited size each, so that nobody else who writes
 * waits for long.
 */
final class Batch {

  private static final int AT_ONCE = 100;
  private static final int MOST_ERRORS = 100;

  private final Imports imports;
  private final String space;
  private final String source;
  private final boolean dryRun;
  private final List<List<Carried.Recording>> conversations = new ArrayList<>();
  private final List<Carried.Episode> episodes = new ArrayList<>();
  private final List<Carried.Item> items = new ArrayList<>();
  private final Map<String, String> aside = new LinkedHashMap<>();
  private final Map<Fate, Integer> ofConversations = new EnumMap<>(Fate.class);
  private final Map<Fate, Integer> ofEpisodes = new EnumMap<>(Fate.class);
  private final Map<Fate, Integer> ofItems = new EnumMap<>(Fate.class);
  private final ArrayNode errors = JsonNodeFactory.instance.arrayNode();
  private int waiting;
  private int lines;
  private int refused;
  private int interactions;
  private @Nullable String commit;

  Batch(Imports imports, String space, String source, boolean dryRun) {
    this.imports = imports;
    this.space = space;
    this.source = source;
    this.dryRun = dryRun;
  }

  Imports imports() {
    return imports;
  }

  String space() {
    return space;
  }

  String source() {
    return source;
  }

  boolean dryRun() {
    return dryRun;
  }

  /** Takes a line. */
  interface Line {
    void take(JsonNode json, int number) throws Malformed;
  }

  /** Takes the lines of a body one by one; one that cannot be read is told, and left out. */
  void each(byte[] body, ObjectMapper json, Line line) {
    int number = 0;
    int from = 0;
    for (int end = 0; end <= body.length; end++) {
      if (end == body.length || body[end] == '\n') {
        number++;
        if (!blank(body, from, end)) {
          lines++;
          take(body, from, end, number, json, line);
        }
        from = end + 1;
      }
    }
    flush();
  }

  private void take(byte[] body, int from, int end, int number, ObjectMapper json, Line line) {
    try {
      line.take(json.readTree(body, from, end - from), number);
    } catch (JsonProcessingException e) {
      refuse(number, "is not valid JSON: " + e.getOriginalMessage());
    } catch (Malformed e) {
      refuse(number, e.reason());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean blank(byte[] body, int from, int end) {
    for (int i = from; i < end; i++) {
      if (body[i] != ' ' && body[i] != '\r' && body[i] != '\t') {
        return false;
      }
    }
    return true;
  }

  /** A line is left out. */
  void refuse(int number, String why) {
    refused++;
    if (errors.size() < MOST_ERRORS) {
      errors.addObject().put("line", number).put("detail", why);
    }
  }

  /** Takes a conversation, together with those before it. */
  void take(List<Carried.Recording> conversation) {
    conversations.add(conversation);
    wait(conversation.size());
  }

  /** Takes an episode, likewise. */
  void take(Carried.Episode episode) {
    episodes.add(episode);
    wait(episode.interactions().size());
  }

  /** Sets an item aside, likewise. */
  void stage(Carried.Item item, String line) {
    items.add(item);
    aside.put(item.experience().id(), line);
    wait(1);
  }

  private void wait(int more) {
    waiting += Math.max(1, more);
    if (waiting >= AT_ONCE) {
      flush();
    }
  }

  /** Takes what waits. */
  void flush() {
    if (!episodes.isEmpty()) {
      List<Fate> fates =
          dryRun ? imports.fatesOfEpisodes(space, episodes) : imports.takeEpisodes(space, episodes);
      for (int i = 0; i < fates.size(); i++) {
        count(ofEpisodes, fates.get(i), episodes.get(i).interactions().size());
      }
    }
    if (!conversations.isEmpty()) {
      List<Fate> fates =
          dryRun ? imports.fates(space, conversations) : imports.take(space, conversations);
      for (int i = 0; i < fates.size(); i++) {
        count(ofConversations, fates.get(i), conversations.get(i).size());
      }
    }
    if (!items.isEmpty()) {
      imports.fatesOfItems(space, items).forEach(fate -> count(ofItems, fate, 0));
      if (!dryRun) {
        imports.stage(space, source, aside);
      }
    }
    episodes.clear();
    conversations.clear();
    items.clear();
    aside.clear();
    waiting = 0;
  }

  private void count(Map<Fate, Integer> fates, Fate fate, int of) {
    fates.merge(fate, 1, Integer::sum);
    interactions += fate == Fate.TAKEN ? of : 0;
  }

  /** The items are in the pool, as this commit. */
  void committed(String id) {
    commit = id;
  }

  ObjectNode view(String format) {
    ObjectNode view =
        JsonNodeFactory.instance
            .objectNode()
            .put("source", source)
            .put("format", format)
            .put("dry_run", dryRun)
            .put("lines", lines);
    view.set("conversations", counts(ofConversations));
    view.set("episodes", counts(ofEpisodes));
    view.set("experiences", counts(ofItems));
    view.put("interactions", interactions).put("refused", refused);
    view.set("errors", errors);
    if (commit != null) {
      view.put("commit_id", commit);
    }
    return view;
  }

  private static ObjectNode counts(Map<Fate, Integer> fates) {
    ObjectNode view = JsonNodeFactory.instance.objectNode();
    for (Fate fate : Fate.values()) {
      view.put(fate.name().toLowerCase(Locale.ROOT), fates.getOrDefault(fate, 0));
    }
    return view;
  }
}
