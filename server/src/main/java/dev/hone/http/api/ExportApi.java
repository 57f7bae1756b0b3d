package dev.hone.http.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.experience.Commit;
import dev.hone.http.exchange.Answer;
import dev.hone.http.exchange.Ask;
import dev.hone.http.exchange.Endpoint;
import dev.hone.http.exchange.Operation;
import dev.hone.http.exchange.Operation.Trait;
import dev.hone.http.exchange.Resource;
import dev.hone.http.exchange.Schema;
import dev.hone.port.Carried;
import dev.hone.port.Exports;
import dev.hone.port.Keys.Role;
import dev.hone.port.Pool;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/v1/export}: a space as lines of JSON, read piece by piece while it is sent. */
public final class ExportApi implements Resource {

  private static final int EPISODES = 20;
  private static final int OTHERS = 200;

  private final Exports exports;
  private final Pool pool;
  private final InstantSource clock;
  private final PoolLines lines = new PoolLines();

  public ExportApi(Exports exports, Pool pool, InstantSource clock) {
    this.exports = exports;
    this.pool = pool;
    this.clock = clock;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(
            Operation.of(
                    "GET",
                    "/api/v1/export",
                    Role.CURATOR,
                    "The pool with its lineage as lines of JSON, as of now.")
                .with(Trait.SCOPED)
                .query(
                    "interactions",
                    Schema.choice(List.of("true", "false")),
                    "Whether the words of interactions go with it; true unless said.")
                .answers(200, Operation.LINES),
            this::export));
  }

  private Answer export(Ask ask) {
    String space = ask.space();
    String principal = ask.principal();
    boolean words = ask.parameter("interactions").map(Boolean::parseBoolean).orElse(true);
    return Answer.stream(
        Operation.LINES,
        out -> {
          OutputStream buffered = new BufferedOutputStream(out, 1 << 16);
          write(space, principal, words, buffered);
          buffered.flush();
        });
  }

  /** What is written stands as it did at one moment, whatever is said and learned meanwhile. */
  private void write(String space, String principal, boolean words, OutputStream out)
      throws IOException {
    Exports.Moment moment = exports.moment(space);
    long head = moment.sequence();
    put(out, lines.header(space, head, words, clock.instant(), principal));
    int episodes = 0;
    int interactions = 0;
    if (words) {
      episodes =
          all(
              out,
              after -> exports.episodes(space, moment, after, EPISODES),
              Carried.Episode::id,
              lines::episode);
      interactions =
          all(
              out,
              after -> exports.interactions(space, moment, after, OTHERS),
              Carried.Recording::id,
              lines::interaction);
    } else {
      interactions =
          all(
              out,
              after -> exports.wordless(space, head, after, OTHERS),
              Carried.Recording::id,
              lines::interaction);
    }
    int items =
        all(
            out,
            after -> exports.items(space, head, after, OTHERS),
            item -> item.experience().id(),
            lines::item);
    commits(space, head, out);
    put(out, lines.end(episodes, interactions, items));
  }

  /** Reads page after page. */
  private interface Pages<T> {
    List<T> behind(@Nullable String id);
  }

  private static <T> int all(
      OutputStream out, Pages<T> pages, Function<T, String> id, Function<T, ObjectNode> line)
      throws IOException {
    int count = 0;
    List<T> page = pages.behind(null);
    while (!page.isEmpty()) {
      for (T each : page) {
        put(out, line.apply(each));
        count++;
      }
      page = pages.behind(id.apply(page.getLast()));
    }
    return count;
  }

  private void commits(String space, long head, OutputStream out) throws IOException {
    List<Commit> page = pool.commits(space, head + 1, OTHERS);
    while (!page.isEmpty()) {
      for (Commit commit : page) {
        put(out, lines.commit(commit));
      }
      page = pool.commits(space, page.getLast().sequence(), OTHERS);
    }
  }

  private static void put(OutputStream out, ObjectNode line) throws IOException {
    out.write(line.toString().getBytes(StandardCharsets.UTF_8));
    out.write('\n');
  }
}
