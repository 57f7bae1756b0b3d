package dev.hone.http.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.experience.Anchor;
import dev.hone.experience.Commit;
import dev.hone.experience.Experience;
import dev.hone.experience.Message;
import dev.hone.experience.Outcome;
import dev.hone.experience.Part;
import dev.hone.experience.Usage;
import dev.hone.port.Carried;
import dev.hone.port.Journal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The lines of an export, as {@code docs/import-export.md} describes them. */
final class PoolLines {

  /** The version of the format. */
  static final int VERSION = 1;

  private final JsonNodeFactory json = JsonNodeFactory.instance;

  ObjectNode header(String space, long sequence, boolean interactions, Instant at, String by) {
    return json.objectNode()
        .put("hone", "export")
        .put("version", VERSION)
        .put("space", space)
        .put("sequence", sequence)
        .put("interactions", interactions)
        .put("at", at.toString())
        .put("by", by);
  }

  ObjectNode end(int episodes, int interactions, int items) {
    ObjectNode line = json.objectNode();
    line.putObject("end")
        .put("episodes", episodes)
        .put("interactions", interactions)
        .put("experiences", items);
    return line;
  }

  ObjectNode commit(Commit commit) {
    ObjectNode line = json.objectNode();
    line.putObject("commit")
        .put("id", commit.id())
        .put("sequence", commit.sequence())
        .put("kind", name(commit.kind()))
        .put("author", commit.author())
        .put("reason", commit.reason())
        .put("at", commit.at().toString())
        .put("touched", commit.touched().size());
    return line;
  }

  ObjectNode episode(Carried.Episode episode) {
    ObjectNode line = json.objectNode();
    ObjectNode view =
        line.putObject("episode")
            .put("id", episode.id())
            .put("principal", episode.principal())
            .put("revision", episode.revision())
            .put("state", name(episode.state()))
            .put("size", episode.size())
            .put("repetitions", episode.repetitions())
            .put("tokens", episode.tokens())
            .put("last_at", episode.lastAt().toString());
    put(view, "note", episode.note());
    ArrayNode list = view.putArray("interactions");
    episode.interactions().forEach(each -> list.add(recording(each)));
    return line;
  }

  ObjectNode interaction(Carried.Recording recording) {
    ObjectNode line = json.objectNode();
    line.set("interaction", recording(recording));
    return line;
  }

  private ObjectNode recording(Carried.Recording recording) {
    Journal.Opening opening = recording.recorded().opening();
    Journal.Completion completion = recording.recorded().completion();
    ObjectNode view = json.objectNode().put("id", opening.id());
    view.put("principal", opening.scope().principal());
    put(view, "user", opening.scope().user());
    put(view, "session", opening.scope().session());
    put(view, "agent", opening.scope().agent());
    view.put("mode", opening.mode().toString()).put("path", opening.path());
    view.put("conversation", opening.conversation());
    put(view, "parent", opening.parent());
    view.put("model", opening.model()).put("state", name(completion.state()));
    put(view, "source", recording.source());
    put(view, "repeats", recording.repeats());
    view.put("opened_at", opening.at().toString());
    view.put("completed_at", completion.at().toString());
    view.put("status", completion.status());
    view.put("parameters", opening.parameters());
    view.put("chain", opening.chain().value());
    put(view, "answer_chain", completion.chain() == null ? null : completion.chain().value());
    ArrayNode messages = view.putArray("messages");
    opening.messages().forEach(message -> messages.add(message(message)));
    if (completion.answer() != null) {
      view.set("answer", message(completion.answer()));
    }
    usage(view, completion.usage());
    ArrayNode outcomes = view.putArray("outcomes");
    recording.recorded().outcomes().forEach(each -> outcomes.add(outcome(each)));
    shown(view, recording);
    return view;
  }

  private static void usage(ObjectNode view, @Nullable Usage usage) {
    if (usage != null) {
      view.putObject("usage")
          .put("prompt_tokens", usage.prompt())
          .put("cached_tokens", usage.cached())
          .put("answer_tokens", usage.answer());
    }
  }

  /** What Hone had put into the prompt, where it had. */
  private static void shown(ObjectNode view, Carried.Recording recording) {
    Journal.Opening opening = recording.recorded().opening();
    Anchor anchor = opening.anchor();
    if (anchor != null) {
      ObjectNode block =
          view.putObject("block")
              .put("chain", anchor.chain().value())
              .put("text", anchor.block().text())
              .put("tokens", anchor.block().tokens());
      ArrayNode items = block.putArray("items");
      anchor
          .block()
          .items()
          .forEach(
              item ->
                  items
                      .addObject()
                      .put("id", item.id())
                      .put("version", item.version())
                      .put("tokens", item.tokens()));
    }
    if (!opening.exposures().isEmpty()) {
      ArrayNode exposures = view.putArray("exposures");
      opening
          .exposures()
          .forEach(
              each ->
                  exposures
                      .addObject()
                      .put("experience_id", each.experience())
                      .put("version", each.version())
                      .put("rank", each.rank())
                      .put("tokens", each.tokens())
                      .put("arm", each.arm().name().toLowerCase(Locale.ROOT))
                      .put("probability", each.probability())
                      .put("holdout", each.holdout()));
    }
    if (!recording.emitted().isEmpty()) {
      recording.emitted().forEach(view.putArray("emitted")::add);
    }
  }

  private ObjectNode message(Message message) {
    ObjectNode view = json.objectNode().put("role", name(message.role()));
    ArrayNode parts = view.putArray("parts");
    for (Part part : message.parts()) {
      switch (part) {
        case Part.Text text -> parts.addObject().put("type", "text").put("text", text.text());
        case Part.Reasoning reasoning ->
            parts.addObject().put("type", "reasoning").put("text", reasoning.text());
        case Part.ToolCall call ->
            parts
                .addObject()
                .put("type", "call")
                .put("id", call.id())
                .put("name", call.name())
                .put("arguments", call.arguments());
        case Part.Other other ->
            parts
                .addObject()
                .put("type", "other")
                .put("name", other.type())
                .put("json", other.json());
      }
    }
    return view;
  }

  private ObjectNode outcome(Outcome outcome) {
    ObjectNode view = json.objectNode().put("id", outcome.id()).put("metric", outcome.metric());
    if (outcome.value() != null) {
      view.put("value", outcome.value());
    }
    put(view, "correction", outcome.correction());
    put(view, "comment", outcome.comment());
    return view.put("principal", outcome.principal()).put("at", outcome.at().toString());
  }

  ObjectNode item(Carried.Item item) {
    Experience experience = item.experience();
    ObjectNode line = json.objectNode();
    ObjectNode view =
        line.putObject("experience")
            .put("id", experience.id())
            .put("version", experience.version())
            .put("state", name(experience.state()))
            .put("owner", experience.owner())
            .put("kind", name(experience.lesson().kind()))
            .put("type", experience.lesson().type())
            .put("title", experience.lesson().title())
            .put("when", experience.lesson().when())
            .put("content", experience.lesson().content())
            .put("support", experience.support());
    put(view, "successor", experience.successor());
    ArrayNode evidence = view.putArray("evidence");
    for (Carried.Span span : item.evidence()) {
      ObjectNode each =
          evidence
              .addObject()
              .put("interaction_id", span.evidence().interaction())
              .put("role", name(span.evidence().role()))
              .put("quote", span.evidence().quote())
              .put("principal", span.evidence().principal());
      put(each, "source", span.source());
    }
    links(view, item.links());
    return line;
  }

  private static void links(ObjectNode view, List<Carried.Link> links) {
    if (!links.isEmpty()) {
      ArrayNode list = view.putArray("links");
      links.forEach(
          link ->
              list.addObject()
                  .put("id", link.other())
                  .put("relation", name(link.relation()))
                  .put("similarity", link.similarity()));
    }
  }

  private static void put(ObjectNode view, String name, @Nullable String value) {
    if (value != null) {
      view.put(name, value);
    }
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
