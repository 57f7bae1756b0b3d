package dev.hone.http.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.LearningLoop;
import dev.hone.experience.Episode;
import dev.hone.experience.EpisodeState;
import dev.hone.http.exchange.Answer;
import dev.hone.http.exchange.Ask;
import dev.hone.http.exchange.Endpoint;
import dev.hone.http.exchange.Operation;
import dev.hone.http.exchange.Operation.Trait;
import dev.hone.http.exchange.Problem;
import dev.hone.http.exchange.Resource;
import dev.hone.http.exchange.Schema;
import dev.hone.http.exchange.Struct;
import dev.hone.http.exchange.Tag;
import dev.hone.port.Episodes;
import dev.hone.port.Episodes.Summary;
import dev.hone.port.Keys.Role;
import dev.hone.port.Pool;
import java.util.List;
import java.util.Locale;

/** {@code /api/v1/episodes}: what was put together, each principal's own. */
public final class EpisodesApi implements Resource {

  private static final String PATH = "/api/v1/episodes";

  private final Episodes episodes;
  private final LearningLoop loop;
  private final Pool pool;
  private final Views views = new Views();

  public EpisodesApi(Episodes episodes, LearningLoop loop, Pool pool) {
    this.episodes = episodes;
    this.loop = loop;
    this.pool = pool;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(
            Operation.of("GET", PATH, Role.CLIENT, "Your episodes, newest first.")
                .with(Trait.SCOPED)
                .query("state", Shapes.EPISODE_STATE, "Only those.")
                .paged(Shapes.EPISODE_SUMMARY),
            this::list),
        new Endpoint(
            Operation.of("GET", PATH + "/{id}", Role.CLIENT, "One episode of yours.")
                .with(Trait.SCOPED, Trait.TAGGED)
                .answers(200, Shapes.EPISODE),
            this::one),
        new Endpoint(
            Operation.of("POST", PATH + "/{id}/end", Role.CLIENT, "Ends an open episode of yours.")
                .with(Trait.SCOPED, Trait.WRITES)
                .takes(Struct.of(), "{}")
                .answers(
                    202,
                    Struct.of()
                        .required("id", Shapes.ID, "")
                        .required("ending", Schema.flag(), "")),
            this::end));
  }

  private Answer list(Ask ask) {
    EpisodeState state =
        ask.parameter("state")
            .map(name -> EpisodeState.valueOf(name.toUpperCase(Locale.ROOT)))
            .orElse(null);
    return Pages.answer(
        ask,
        episodes.list(ask.space(), ask.principal(), state, ask.cursor(), Pages.fetched(ask)),
        Summary::id,
        views::episode);
  }

  private Answer one(Ask ask) {
    Episode episode = own(ask);
    int repetitions =
        episodes.summary(episode.space(), episode.id()).map(Summary::repetitions).orElse(0);
    ObjectNode view =
        views
            .episode(episode, pool.decisions(episode.space(), episode.id()))
            .put("repetitions", repetitions);
    return Answer.of(200, view).header("ETag", Tag.of(view).value());
  }

  /** The caller's own episode of that id. */
  private Episode own(Ask ask) {
    String space = ask.space();
    String id = ask.path("id");
    return episodes
        .episode(space, id)
        .filter(episode -> episode.principal().equals(ask.principal()))
        .orElseThrow(
            () -> Problem.notFound("Space '" + space + "' has no episode '" + id + "' of yours."));
  }

  private Answer end(Ask ask) {
    String id = own(ask).id();
    loop.end(id);
    return Answer.of(202, JsonNodeFactory.instance.objectNode().put("id", id).put("ending", true));
  }
}
