package dev.hone.testing;

import dev.hone.backend.store.Database;
import dev.hone.backend.store.SqlEpisodes;
import dev.hone.backend.store.SqlForgetting;
import dev.hone.backend.store.SqlJobs;
import dev.hone.backend.store.SqlJournal;
import dev.hone.backend.store.SqlKeys;
import dev.hone.backend.store.SqlPool;
import dev.hone.backend.store.SqlRetention;
import dev.hone.backend.store.SqlSpaces;
import dev.hone.backend.store.SqlSpending;
import dev.hone.experience.Digest;
import dev.hone.experience.Episode;
import dev.hone.experience.Interaction;
import dev.hone.experience.Outcome;
import dev.hone.experience.Scope;
import dev.hone.port.Episodes;
import dev.hone.port.Forgetting;
import dev.hone.port.Jobs;
import dev.hone.port.Journal;
import dev.hone.port.Keys;
import dev.hone.port.Pool;
import dev.hone.port.Retention;
import dev.hone.port.Spaces;
import dev.hone.port.Spending;
import dev.hone.similarity.Analysis;
import dev.hone.similarity.Background;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** The stores of one Hone, in which somebody said what the items of the pool rest on. */
public record Stores(
    Journal journal, Episodes episodes, Pool pool, Spaces spaces, Keys keys, Database database)
    implements AutoCloseable {

  /** The embedded stores in a folder; a text costs as many tokens as it has words. */
  public static Stores in(Path folder, InstantSource clock) {
    return in(folder, clock, 1);
  }

  /** The same, where so many voices make an item active. */
  public static Stores in(Path folder, InstantSource clock, int quorum) {
    return over(new Database(folder.resolve("hone.db")), clock, quorum);
  }

  /** The stores in a database. */
  public static Stores over(Database database, InstantSource clock) {
    return over(database, clock, 1);
  }

  private static Stores over(Database database, InstantSource clock, int quorum) {
    Journal journal = new SqlJournal(database);
    return new Stores(
        journal,
        new SqlEpisodes(database),
        Witnesses.before(
            new SqlPool(database, clock, text -> text.split("\\s+", -1).length, quorum), journal),
        new SqlSpaces(database, clock),
        new SqlKeys(database, clock, Runnable::run),
        database);
  }

  /** Records an interaction, with what was said of it, and puts it in an episode, now closed. */
  public Episode closedEpisode(
      String episode, String interaction, Scope scope, Outcome... outcomes) {
    journal.recorded(
        Samples.opening(interaction, scope, Samples.user("question " + interaction)),
        Samples.answered(Samples.assistant("answer " + interaction)),
        List.of(outcomes));
    Interaction found = journal.interaction(scope.space(), interaction).orElseThrow();
    episodes.put(List.of(new Episodes.Place(episode, found)));
    episodes.close(List.of(episode), Samples.START);
    return episodes.episode(scope.space(), episode).orElseThrow();
  }

  /** What learning cost. */
  public Spending spending() {
    return new SqlSpending(database);
  }

  public Jobs jobs() {
    return new SqlJobs(database);
  }

  /** What lets go of the journal's words. */
  public Retention retention() {
    return new SqlRetention(database);
  }

  /** What forgets; one voice makes an item active. */
  public Forgetting forgetting(InstantSource clock) {
    return forgetting(clock, 1);
  }

  /** What forgets; so many voices make an item active. */
  public Forgetting forgetting(InstantSource clock, int quorum) {
    Analysis analysis = new Analysis();
    return new SqlForgetting(
        database,
        clock,
        text -> text.split("\\s+", -1).length,
        analysis,
        new Background(analysis),
        quorum,
        name -> Digest.of("a key", name).value());
  }

  /** Closes them, once what must hold of every store holds. */
  @Override
  public void close() {
    try {
      Invariants.hold(database);
    } finally {
      database.close();
    }
  }
}
