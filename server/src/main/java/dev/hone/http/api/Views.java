package dev.hone.http.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.experience.Commit;
import dev.hone.experience.Decision;
import dev.hone.experience.Draft;
import dev.hone.experience.Episode;
import dev.hone.experience.Evidence;
import dev.hone.experience.Experience;
import dev.hone.experience.Exposure;
import dev.hone.experience.Hit;
import dev.hone.experience.Interaction;
import dev.hone.experience.Lesson;
import dev.hone.experience.Message;
import dev.hone.experience.Outcome;
import dev.hone.experience.Query;
import dev.hone.experience.Receipt;
import dev.hone.experience.Refinement;
import dev.hone.experience.State;
import dev.hone.experience.Usage;
import dev.hone.port.Episodes;
import dev.hone.port.Keys;
import dev.hone.port.Pool;
import dev.hone.port.Spaces;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How things look in JSON: snake_case names, lower-case enum values, times in ISO 8601. */
final class Views {

  private final JsonNodeFactory json = JsonNodeFactory.instance;

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  ObjectNode key(Keys.Key key) {
    ObjectNode view = json.objectNode();
    view.put("id", key.id());
    view.put("name", key.name());
    view.put("role", key.role().toString());
    ArrayNode spaces = view.putArray("spaces");
    key.spaces().stream().sorted().forEach(spaces::add);
    view.put("created", key.created().toString());
    view.put("last_used", text(key.used()));
    view.put("revoked", text(key.revoked()));
    return view.put("pin", key.pin());
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }

  ObjectNode space(Spaces.Space space) {
    return json.objectNode().put("name", space.name()).put("learning", lower(space.learning()));
  }

  ObjectNode experience(Experience item) {
    ObjectNode view = json.objectNode();
    view.put("id", item.id());
    view.put("version", item.version());
    view.put("space", item.space());
    lesson(view, item.lesson());
    view.put("state", lower(item.state()));
    view.put("support", item.support());
    view.put("tokens", item.tokens());
    view.put("sequence", item.sequence());
    view.put("successor", item.successor());
    return view;
  }

  private static void lesson(ObjectNode view, Lesson lesson) {
    view.put("title", lesson.title());
    view.put("when", lesson.when());
    view.put("content", lesson.content());
    view.put("kind", lower(lesson.kind()));
    view.put("type", lesson.type());
  }

  /** A lesson that is not in the pool, with its evidence. */
  ObjectNode draft(Draft draft) {
    ObjectNode view = json.objectNode();
    lesson(view, draft.lesson());
    view.set("evidence", evidence(draft.evidence()));
    return view;
  }

  ArrayNode evidence(List<Evidence> evidence) {
    ArrayNode list = json.arrayNode();
    for (Evidence span : evidence) {
      list.addObject()
          .put("interaction_id", span.interaction())
          .put("role", lower(span.role()))
          .put("quote", span.quote())
          .put("principal", span.principal());
    }
    return list;
  }

  ArrayNode links(List<Pool.Linked> links) {
    ArrayNode list = json.arrayNode();
    for (Pool.Linked link : links) {
      list.addObject()
          .put("id", link.experience())
          .put("relation", lower(link.relation()))
          .put("similarity", link.similarity());
    }
    return list;
  }

  ObjectNode decision(Pool.Decided decided) {
    Decision decision = decided.decision();
    return json.objectNode()
        .put("decision", lower(decision.made()))
        .put("experience_id", decision.experience())
        .put("title", decision.title())
        .put("reason", decision.reason())
        .put("episode_id", decided.episode())
        .put("revision", decided.revision())
        .put("at", decided.at().toString());
  }

  ObjectNode hit(Hit hit) {
    return experience(hit.experience()).put("score", hit.score()).put("coverage", hit.coverage());
  }

  ObjectNode commit(Commit commit) {
    ObjectNode view = json.objectNode();
    view.put("id", commit.id());
    view.put("sequence", commit.sequence());
    view.put("space", commit.space());
    view.put("parent", commit.parent());
    view.put("kind", lower(commit.kind()));
    view.put("author", commit.author());
    view.put("reason", commit.reason());
    view.put("at", commit.at().toString());
    view.put("touched", commit.touched().size());
    Map<Change, Long> counts =
        commit.touched().stream().collect(Collectors.groupingBy(Change::of, Collectors.counting()));
    for (Change change : Change.values()) {
      view.put(lower(change), counts.getOrDefault(change, 0L));
    }
    return view;
  }

  /** How a commit changed an item. */
  private enum Change {
    ADDED,
    CHANGED,
    WITHDRAWN,
    EVIDENCED;

    static Change of(Commit.Touched touched) {
      if (touched.before() == 0) {
        return ADDED;
      }
      if (touched.before() == touched.after()) {
        return EVIDENCED;
      }
      return touched.state() == State.WITHDRAWN ? WITHDRAWN : CHANGED;
    }
  }

  ArrayNode differences(List<Pool.Difference> differences) {
    ArrayNode list = json.arrayNode();
    for (Pool.Difference each : differences) {
      ObjectNode view = list.addObject();
      view.put("experience_id", each.before().or(each::after).map(Experience::id).orElse(""));
      view.set("before", side(each.before()));
      view.set("after", side(each.after()));
      view.put("unified", UnifiedDiff.of(each));
    }
    return list;
  }

  private JsonNode side(Optional<Experience> item) {
    return item.<JsonNode>map(
            each -> {
              ObjectNode side = json.objectNode();
              side.put("version", each.version()).put("state", lower(each.state()));
              lesson(side, each.lesson());
              return side;
            })
        .orElseGet(json::nullNode);
  }

  /** A version of an item, and the commit that wrote it. */
  ObjectNode version(Pool.Projected version, Commit commit) {
    return experience(version.experience())
        .put("current", version.until() == Query.HEAD)
        .put("commit_id", commit.id())
        .put("commit_kind", lower(commit.kind()))
        .put("author", commit.author())
        .put("reason", commit.reason())
        .put("at", commit.at().toString());
  }

  ObjectNode episode(Episodes.Summary episode) {
    return json.objectNode()
        .put("id", episode.id())
        .put("revision", episode.revision())
        .put("state", lower(episode.state()))
        .put("interactions", episode.size())
        .put("repetitions", episode.repetitions())
        .put("tokens", episode.tokens())
        .put("last_at", episode.lastAt().toString())
        .put("note", episode.note())
        .put("raw", episode.raw());
  }

  ObjectNode episode(Episode episode, List<Pool.Decided> decisions) {
    ObjectNode view = json.objectNode();
    view.put("id", episode.id());
    view.put("revision", episode.revision());
    view.put("space", episode.space());
    ArrayNode interactions = view.putArray("interactions");
    episode.interactions().forEach(each -> interactions.add(interaction(each)));
    view.putArray("decisions").addAll(decisions.stream().map(this::decision).toList());
    return view;
  }

  private ObjectNode interaction(Interaction interaction) {
    ObjectNode view = json.objectNode();
    view.put("id", interaction.id());
    view.put("space", interaction.scope().space());
    view.put("session", interaction.scope().session());
    view.put("user", interaction.scope().user());
    view.put("agent", interaction.scope().agent());
    view.put("conversation", interaction.conversation());
    view.put("parent", interaction.parent());
    view.put("state", lower(interaction.state()));
    view.put("model", interaction.model());
    view.put("opened_at", interaction.openedAt().toString());
    ArrayNode messages = view.putArray("messages");
    interaction.messages().forEach(message -> messages.add(message(message)));
    Message answer = interaction.answer();
    if (answer != null) {
      view.set("answer", message(answer));
    }
    ArrayNode outcomes = view.putArray("outcomes");
    interaction.outcomes().forEach(outcome -> outcomes.add(outcome(outcome)));
    return view;
  }

  ObjectNode outcome(Outcome outcome) {
    return json.objectNode()
        .put("id", outcome.id())
        .put("metric", outcome.metric())
        .put("value", outcome.value())
        .put("correction", outcome.correction())
        .put("comment", outcome.comment())
        .put("at", outcome.at().toString());
  }

  private ObjectNode message(Message message) {
    ObjectNode view =
        json.objectNode().put("role", lower(message.role())).put("content", message.text());
    if (message.callsTools()) {
      view.put("tool_calls", true);
    }
    return view;
  }

  ObjectNode receipt(Receipt receipt) {
    ObjectNode view = interaction(receipt.interaction());
    view.put("path", receipt.path());
    Usage usage = receipt.usage();
    if (usage != null) {
      view.putObject("usage")
          .put("prompt_tokens", usage.prompt())
          .put("cached_tokens", usage.cached())
          .put("answer_tokens", usage.answer());
    }
    if (receipt.confidence() != null) {
      view.put("confidence", receipt.confidence());
    }
    ArrayNode exposures = view.putArray("exposures");
    for (Exposure exposure : receipt.exposures()) {
      exposures
          .addObject()
          .put("experience_id", exposure.experience())
          .put("version", exposure.version())
          .put("rank", exposure.rank())
          .put("tokens", exposure.tokens())
          .put("arm", exposure.arm().name().toLowerCase(Locale.ROOT))
          .put("probability", exposure.probability())
          .put("holdout", exposure.holdout());
    }
    view.put("block", receipt.block());
    view.set("learning", learning(receipt.learning()).put("repeats", receipt.repeats()));
    return view;
  }

  private ObjectNode learning(Receipt.Learning learning) {
    ObjectNode view = json.objectNode();
    switch (learning) {
      case Receipt.Learning.Excluded excluded ->
          view.put("status", "excluded").put("why", excluded.why());
      case Receipt.Learning.Waiting ignored -> view.put("status", "waiting");
      case Receipt.Learning.InEpisode in -> {
        view.put("status", "in-episode")
            .put("episode_id", in.episode())
            .put("revision", in.revision())
            .put("episode_state", lower(in.state()));
        if (!in.why().isEmpty()) {
          view.put("why", in.why());
        }
      }
      case Receipt.Learning.Distilled distilled -> {
        view.put("status", "distilled")
            .put("episode_id", distilled.episode())
            .put("revision", distilled.revision());
        ArrayNode items = view.putArray("experiences");
        distilled.experiences().forEach(items::add);
      }
      case Receipt.Learning.Nothing nothing ->
          view.put("status", "nothing-learned")
              .put("episode_id", nothing.episode())
              .put("revision", nothing.revision())
              .put("why", nothing.why());
      case Receipt.Learning.Failed failed ->
          view.put("status", "failed")
              .put("episode_id", failed.episode())
              .put("revision", failed.revision())
              .put("why", failed.why());
    }
    return view;
  }

  ObjectNode refinement(Refinement result) {
    ObjectNode view = json.objectNode();
    view.put("space", result.space());
    view.put("dry_run", result.dryRun());
    view.put("measure", lower(result.measure()));
    view.put("threshold", result.threshold());
    view.put("items_before", result.itemsBefore());
    view.put("items_after", result.itemsAfter());
    view.put("pairs", result.pairs());
    view.put("commit", result.commit());
    ArrayNode groups = view.putArray("groups");
    for (Refinement.Group group : result.groups()) {
      ObjectNode each = groups.addObject();
      ArrayNode parents = each.putArray("parents");
      group.parents().forEach(parents::add);
      ArrayNode items = each.putArray("items");
      for (Experience item : group.items()) {
        ObjectNode one =
            items
                .addObject()
                .put("id", item.id())
                .put("version", item.version())
                .put("support", item.support());
        lesson(one, item.lesson());
      }
      each.put("threshold", group.threshold());
      each.put("least_similarity", group.leastSimilarity());
      ArrayNode pairs = each.putArray("pairs");
      group
          .pairs()
          .forEach(
              pair ->
                  pairs
                      .addObject()
                      .put("one", pair.one())
                      .put("other", pair.other())
                      .put("similarity", pair.similarity()));
      each.put("accepted", group.accepted());
      each.put("proof", group.proof());
      group.child().ifPresent(child -> lesson(each.putObject("child"), child));
    }
    return view;
  }
}
