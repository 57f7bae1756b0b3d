package dev.hone.http.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.experience.State;
import dev.hone.http.exchange.Answer;
import dev.hone.http.exchange.Ask;
import dev.hone.http.exchange.Endpoint;
import dev.hone.http.exchange.Operation;
import dev.hone.http.exchange.Operation.Trait;
import dev.hone.http.exchange.Resource;
import dev.hone.http.exchange.Schema;
import dev.hone.http.exchange.Struct;
import dev.hone.port.Episodes;
import dev.hone.port.Journal;
import dev.hone.port.Keys;
import dev.hone.port.Keys.Role;
import dev.hone.port.Pool;
import dev.hone.port.Spending;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** {@code /api/v1/stats}: how full a space is. */
public final class StatsApi implements Resource {

  private final Pool pool;
  private final Episodes episodes;
  private final Journal journal;
  private final Spending spending;
  private final InstantSource clock;
  private final LongSupplier capturesMissed;
  private final LongSupplier databaseBytes;

  /**
   * @param capturesMissed journal entries of this process, of all spaces, that were not durable in
   *     time
   * @param databaseBytes of all spaces, in use
   */
  public StatsApi(
      Pool pool,
      Episodes episodes,
      Journal journal,
      Spending spending,
      InstantSource clock,
      LongSupplier capturesMissed,
      LongSupplier databaseBytes) {
    this.pool = pool;
    this.episodes = episodes;
    this.journal = journal;
    this.spending = spending;
    this.clock = clock;
    this.capturesMissed = capturesMissed;
    this.databaseBytes = databaseBytes;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(
            Operation.of("GET", "/api/v1/stats", Role.CLIENT, "How full a space is.")
                .with(Trait.SCOPED)
                .answers(
                    200,
                    Struct.of()
                        .required("space", Schema.text(), "")
                        .required("interactions", Schema.count(), "")
                        .required("interactions_by_state", Schema.counts(), "")
                        .required("augmented", Schema.count(), "Prompts that held experience.")
                        .required("journal_bytes", Schema.count(), "Messages and answers.")
                        .required("episodes", Schema.count(), "")
                        .required("failed_episodes", Schema.count(), "")
                        .required("backlog", Schema.count(), "What waits to be learned from.")
                        .required("active", Schema.count(), "Items shown to everybody.")
                        .required("candidates", Schema.count(), "Items shown to their owners.")
                        .required("items_by_state", Schema.counts(), "")
                        .required("items_by_kind", Schema.counts(), "Items shown, by kind.")
                        .required("items_by_type", Schema.counts(), "Items shown, by type.")
                        .required("commits", Schema.count(), "")
                        .required(
                            "learning_today",
                            Struct.of()
                                .required("calls", Schema.count(), "Answers of the learning model.")
                                .required("tokens", Schema.count(), "Its questions and answers.")
                                .required(
                                    "cpu_millis",
                                    Schema.count(),
                                    "Processor time of distilling without a model."),
                            "What learning has cost since midnight UTC.")
                        .optional(
                            "captures_missed",
                            Schema.count(),
                            "Since the process started, in all spaces: for those who may enter"
                                + " all.")
                        .optional(
                            "database_bytes",
                            Schema.count(),
                            "In use, of all spaces, without the write-ahead log: for the same.")),
            this::stats));
  }

  private Answer stats(Ask ask) {
    String space = ask.space();
    Episodes.Counts counts = episodes.counts(space);
    List<Pool.Count> items = pool.counts(space);
    List<Pool.Count> shown = items.stream().filter(each -> each.state().shown()).toList();
    Journal.Size size = journal.size(space);
    ObjectNode stats = JsonNodeFactory.instance.objectNode();
    stats.put("space", space);
    stats.put("interactions", counts.interactions());
    ObjectNode states = stats.putObject("interactions_by_state");
    size.interactions().forEach((state, n) -> states.put(lower(state), n));
    stats.put("augmented", size.augmented());
    stats.put("journal_bytes", size.bytes());
    stats.put("episodes", counts.episodes());
    stats.put("failed_episodes", counts.failed());
    stats.put("backlog", episodes.backlog(space));
    stats.put("active", sum(items, State.ACTIVE));
    stats.put("candidates", sum(items, State.CANDIDATE));
    sums(stats.putObject("items_by_state"), items, each -> lower(each.state()));
    sums(stats.putObject("items_by_kind"), shown, each -> lower(each.kind()));
    sums(stats.putObject("items_by_type"), shown, Pool.Count::type);
    stats.put("commits", pool.head(space));
    Spending.Cost cost = spending.on(space, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
    stats
        .putObject("learning_today")
        .put("calls", cost.calls())
        .put("tokens", cost.tokens())
        .put("cpu_millis", cost.distilling().toMillis());
    if (ask.caller().enters(Keys.ALL_SPACES)) {
      stats.put("captures_missed", capturesMissed.getAsLong());
      stats.put("database_bytes", databaseBytes.getAsLong());
    }
    return Answer.of(200, stats);
  }

  private static int sum(List<Pool.Count> items, State state) {
    return items.stream().filter(each -> each.state() == state).mapToInt(Pool.Count::items).sum();
  }

  private static void sums(
      ObjectNode sums, List<Pool.Count> items, Function<Pool.Count, String> by) {
    items.forEach(
        each -> sums.put(by.apply(each), sums.path(by.apply(each)).asInt() + each.items()));
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
