package dev.hone.http.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.Erasure;
import dev.hone.experience.Selection.By;
import dev.hone.experience.State;
import dev.hone.http.exchange.Schema;
import dev.hone.http.exchange.Struct;
import dev.hone.port.Forgetting.Affected;
import dev.hone.port.Forgetting.Entry;
import dev.hone.port.Forgetting.Fate;
import dev.hone.port.Forgetting.Plan;
import dev.hone.port.Forgetting.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** How plans to forget, and what was forgotten, look in JSON. */
final class ForgetViews {

  private static final String PLANNED = "planned";

  private static final Struct COUNTS =
      Struct.of()
          .required("interactions", Schema.count(), "Covered.")
          .required("conversations", Schema.count(), "That these belong to.")
          .required("outcomes", Schema.count(), "Words and measures said of them.")
          .required("answers", Schema.count(), "Answers to others that repeat what is forgotten.")
          .required("evidence", Schema.count(), "Spans that items rest or rested on.");

  private static final Struct HEAD =
      Struct.of()
          .required("id", Shapes.ID, "")
          .required("space", Schema.text(), "")
          .required("by", names(By.values()), "What was named.")
          .required(
              "state",
              Schema.choice(
                  Stream.concat(
                          Stream.of(PLANNED), Stream.of(Stage.values()).map(ForgetViews::lower))
                      .toList()),
              "")
          .required("author", Schema.text(), "")
          .required("at", Shapes.TIME, "")
          .optional("purge_at", Shapes.TIME, "From when on it is destroyed.")
          .required("counts", COUNTS, "")
          .required("affected", Schema.count(), "Items concerned.");

  static final Struct ENTRY = HEAD;

  private static final Struct ITEM =
      Struct.of()
          .required("id", Shapes.ID, "")
          .optional("title", Schema.text(), "Of those that you may read.")
          .required("state", Shapes.STATE, "As it stands now.")
          .required("fate", names(Fate.values()), "What becomes of it.");

  static final Struct PLAN =
      HEAD.required("items", Schema.list(ITEM), "")
          .required("interactions", Schema.list(Shapes.ID), "The first hundred.")
          .required("episodes", Schema.list(Shapes.ID), "")
          .required(
              "commits",
              Schema.list(Shapes.ID),
              "Whose reasons say the words, or name the source: these stay.")
          .required("token", Schema.text(), "To be sent back to carry it out.");

  static final Struct PLAN_OR_ENTRY =
      HEAD.optional("items", Schema.list(ITEM), "")
          .optional("interactions", Schema.list(Shapes.ID), "")
          .optional("episodes", Schema.list(Shapes.ID), "")
          .optional("commits", Schema.list(Shapes.ID), "")
          .optional("token", Schema.text(), "");

  private static final int MOST_IDS = 100;

  private final JsonNodeFactory json = JsonNodeFactory.instance;

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static Schema names(Enum<?>[] values) {
    List<String> names = new ArrayList<>();
    for (Enum<?> each : values) {
      names.add(lower(each));
    }
    return Schema.choice(names);
  }

  static String stage(Entry entry) {
    return lower(entry.stage());
  }

  ObjectNode plan(Erasure.Planned planned, String principal) {
    Plan plan = planned.plan();
    ObjectNode view =
        json.objectNode()
            .put("id", planned.id())
            .put("space", planned.space())
            .put("by", lower(planned.selection().by()))
            .put("state", PLANNED)
            .put("author", planned.author())
            .put("at", planned.at().toString());
    view.putObject("counts")
        .put("interactions", plan.interactions().size())
        .put("conversations", plan.conversations())
        .put("outcomes", plan.outcomes())
        .put("answers", plan.answers())
        .put("evidence", plan.evidence());
    view.put("affected", plan.items().size());
    ArrayNode items = view.putArray("items");
    plan.items().forEach(item -> items.add(item(item, principal)));
    ArrayNode interactions = view.putArray("interactions");
    plan.interactions().stream().limit(MOST_IDS).forEach(interactions::add);
    ArrayNode episodes = view.putArray("episodes");
    plan.episodes().forEach(episodes::add);
    ArrayNode commits = view.putArray("commits");
    plan.commits().forEach(commits::add);
    return view.put("token", plan.token());
  }

  private ObjectNode item(Affected item, String principal) {
    ObjectNode view = json.objectNode().put("id", item.id());
    if (item.state() == State.ACTIVE || item.owner().equals(principal)) {
      view.put("title", item.title());
    }
    return view.put("state", lower(item.state())).put("fate", lower(item.fate()));
  }

  ObjectNode entry(Entry entry) {
    ObjectNode view =
        json.objectNode()
            .put("id", entry.id())
            .put("space", entry.space())
            .put("by", lower(entry.by()))
            .put("state", stage(entry))
            .put("author", entry.author())
            .put("at", entry.at().toString())
            .put("purge_at", entry.purgeAt().toString());
    view.putObject("counts")
        .put("interactions", entry.interactions())
        .put("conversations", entry.conversations())
        .put("outcomes", entry.outcomes())
        .put("answers", entry.answers())
        .put("evidence", entry.evidence());
    return view.put("affected", entry.items());
  }
}
