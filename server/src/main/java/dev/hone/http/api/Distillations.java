package dev.hone.http.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.Learning;
import dev.hone.LearningLoop;
import dev.hone.experience.Admission;
import dev.hone.experience.Draft;
import dev.hone.experience.Episode;
import dev.hone.experience.InteractionState;
import dev.hone.http.exchange.Answer;
import dev.hone.http.exchange.Ask;
import dev.hone.http.exchange.Endpoint;
import dev.hone.http.exchange.Operation;
import dev.hone.http.exchange.Operation.Trait;
import dev.hone.http.exchange.Problem;
import dev.hone.http.exchange.Resource;
import dev.hone.http.exchange.Schema;
import dev.hone.http.exchange.Struct;
import dev.hone.port.Distiller.Distillation;
import dev.hone.port.Episodes;
import dev.hone.port.Keys.Role;
import dev.hone.port.Pool;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code /api/v1/episodes/{id}/distill}: what would come of an episode, or learning from it again.
 * For the principal whose episode it is, and for curators.
 */
public final class Distillations implements Resource {

  private static final Struct DRAFT =
      Shapes.LESSON
          .required("evidence", Schema.list(Shapes.EVIDENCE), "")
          .required(
              "decision",
              Schema.choice(List.of("add", "reinforce", "revise", "discard")),
              "What admission would decide now.")
          .required("reason", Schema.text(), "")
          .optional("experience_id", Shapes.ID, "The item there is, if you may read it.");

  private final Episodes episodes;
  private final Learning learning;
  private final LearningLoop loop;
  private final Pool pool;
  private final Views views = new Views();

  public Distillations(Episodes episodes, Learning learning, LearningLoop loop, Pool pool) {
    this.episodes = episodes;
    this.learning = learning;
    this.loop = loop;
    this.pool = pool;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(
            Operation.of(
                    "POST",
                    "/api/v1/episodes/{id}/distill",
                    Role.CLIENT,
                    "What would come of an episode; without 'dryRun', learns from it again."
                        + " Of your own episode, or as a curator of any in the space.")
                .with(Trait.SCOPED, Trait.WRITES)
                .query(
                    "dryRun",
                    Schema.choice(List.of("true", "false")),
                    "Distill now, store nothing, answer with 200. What it costs counts. False"
                        + " unless said.")
                .takes(Struct.of(), "{}")
                .answers(202, answer("queued"))
                .alsoAnswers(
                    200,
                    answer("lessons", "nothing", "unreadable", "later")
                        .optional("why", Schema.text(), "Why there are no lessons.")
                        .optional("raw", Schema.text(), "What the learning model answered.")
                        .optional("drafts", Schema.list(DRAFT), "")
                        .optional(
                            "turned_down",
                            Schema.list(Schema.text()),
                            "Of each lesson turned down its title, and why.")),
            this::distill));
  }

  private static Struct answer(String... results) {
    return Struct.of()
        .required("id", Shapes.ID, "")
        .required("revision", Schema.count(), "")
        .required("result", Schema.choice(List.of(results)), "");
  }

  private Answer distill(Ask ask) {
    Episode episode = episode(ask);
    return ask.parameter("dryRun").filter("true"::equals).isPresent()
        ? Answer.of(200, preview(ask, episode))
        : Answer.of(202, again(episode));
  }

  private Episode episode(Ask ask) {
    String space = ask.space();
    String id = ask.path("id");
    Episode episode =
        episodes
            .episode(space, id)
            .filter(
                each ->
                    each.principal().equals(ask.principal())
                        || ask.caller().role().covers(Role.CURATOR))
            .orElseThrow(
                () ->
                    Problem.notFound(
                        "Space '" + space + "' has no episode '" + id + "' of yours."));
    if (episode.interactions().stream()
        .anyMatch(each -> each.state() == InteractionState.EXPIRED)) {
      throw new Problem(
          409,
          "Words let go",
          "Words of episode '"
              + id
              + "' were let go after the journal's limits (capture.keep, capture.size): what is"
              + " left would tell less than what was learned. It stays as it is.");
    }
    return episode;
  }

  private ObjectNode again(Episode episode) {
    int revision = episodes.again(episode.space(), episode.id()).orElse(episode.revision());
    loop.end(episode.id());
    return view(episode.id(), revision, "queued");
  }

  private static ObjectNode view(String id, int revision, String result) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", id)
        .put("revision", revision)
        .put("result", result);
  }

  private ObjectNode preview(Ask ask, Episode episode) {
    Learning.Preview preview = learning.preview(episode);
    String id = episode.id();
    int revision = episode.revision();
    return switch (preview.distillation()) {
      case Distillation.Lessons lessons -> {
        ObjectNode view = view(id, revision, "lessons");
        view.set("drafts", drafts(ask, lessons.drafts(), preview.admissions()));
        turnedDown(view, lessons.rejected());
        yield view;
      }
      case Distillation.Nothing nothing -> {
        ObjectNode view = view(id, revision, "nothing").put("why", nothing.why());
        turnedDown(view, nothing.rejected());
        yield view;
      }
      case Distillation.Unreadable unreadable ->
          view(id, revision, "unreadable")
              .put("why", unreadable.why())
              .put("raw", unreadable.raw());
      case Distillation.Later later -> view(id, revision, "later").put("why", later.why());
      case Distillation.Waits waits -> view(id, revision, "later").put("why", waits.why());
    };
  }

  private static void turnedDown(ObjectNode view, List<String> rejected) {
    ArrayNode list = view.putArray("turned_down");
    rejected.forEach(list::add);
  }

  private ArrayNode drafts(Ask ask, List<Draft> drafts, List<Admission> admissions) {
    Set<String> added =
        admissions.stream()
            .filter(Admission.AddNew.class::isInstance)
            .map(Admission::experience)
            .collect(Collectors.toSet());
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < drafts.size(); i++) {
      Admission admission = admissions.get(i);
      ObjectNode view = views.draft(drafts.get(i));
      view.put("decision", decision(admission)).put("reason", admission.reason());
      String item = admission.experience();
      if (!added.contains(item) && pool.readable(ask.space(), item, ask.principal()).isPresent()) {
        view.put("experience_id", item);
      }
      list.add(view);
    }
    return list;
  }

  private static String decision(Admission admission) {
    return switch (admission) {
      case Admission.AddNew ignored -> "add";
      case Admission.Reinforce ignored -> "reinforce";
      case Admission.Revise ignored -> "revise";
      case Admission.Discard ignored -> "discard";
    };
  }
}
