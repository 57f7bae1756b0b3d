package dev.hone;

import com.github.f4b6a3.uuid.factory.standard.TimeOrderedEpochFactory;
import dev.hone.backend.ChargedBackend;
import dev.hone.backend.LocalBackend;
import dev.hone.backend.admit.AdmissionRules;
import dev.hone.backend.admit.EditRules;
import dev.hone.backend.admit.Likeness;
import dev.hone.backend.admit.NearDuplicates;
import dev.hone.backend.refine.ExtractiveCondenser;
import dev.hone.backend.refine.PromptedCondenser;
import dev.hone.backend.refine.Refiner;
import dev.hone.backend.refine.RepresentativeCondenser;
import dev.hone.backend.retrieve.IndexContents;
import dev.hone.backend.retrieve.IndexPosition;
import dev.hone.backend.retrieve.LuceneProjection;
import dev.hone.backend.store.CommitChain;
import dev.hone.backend.store.ConversationChains;
import dev.hone.backend.store.Database;
import dev.hone.backend.store.EvidenceSpans;
import dev.hone.backend.store.ForgottenWords;
import dev.hone.backend.store.Histories;
import dev.hone.backend.store.Readings;
import dev.hone.backend.store.SqlClosedSessions;
import dev.hone.backend.store.SqlConfidences;
import dev.hone.backend.store.SqlCosts;
import dev.hone.backend.store.SqlEpisodes;
import dev.hone.backend.store.SqlExports;
import dev.hone.backend.store.SqlForgetting;
import dev.hone.backend.store.SqlImports;
import dev.hone.backend.store.SqlJobs;
import dev.hone.backend.store.SqlJournal;
import dev.hone.backend.store.SqlKeys;
import dev.hone.backend.store.SqlPool;
import dev.hone.backend.store.SqlReplays;
import dev.hone.backend.store.SqlRetention;
import dev.hone.backend.store.SqlSessions;
import dev.hone.backend.store.SqlSpaces;
import dev.hone.backend.store.SqlSpending;
import dev.hone.backend.store.StoredMessages;
import dev.hone.backend.store.Tallies;
import dev.hone.backend.store.Unfinished;
import dev.hone.backend.store.Walls;
import dev.hone.config.InvalidSettings;
import dev.hone.config.Settings;
import dev.hone.config.SettingsReader;
import dev.hone.experience.Limits;
import dev.hone.experience.Mode;
import dev.hone.experience.Pin;
import dev.hone.experience.Refinement;
import dev.hone.experience.Scope;
import dev.hone.frontend.augment.Asking;
import dev.hone.frontend.augment.Augmenter;
import dev.hone.frontend.capture.Conversations;
import dev.hone.frontend.capture.Recorder;
import dev.hone.frontend.classify.LexicalClassifier;
import dev.hone.frontend.distill.BudgetedDistiller;
import dev.hone.frontend.distill.DistillerOfSpace;
import dev.hone.frontend.distill.ExtractiveDistiller;
import dev.hone.frontend.distill.GuardedDistiller;
import dev.hone.frontend.distill.PromptedDistiller;
import dev.hone.frontend.distill.RecordingDistiller;
import dev.hone.frontend.distill.VerifyingDistiller;
import dev.hone.frontend.episode.EpisodeBuffer;
import dev.hone.frontend.episode.OpenEpisodes;
import dev.hone.frontend.redact.KnownSecrets;
import dev.hone.frontend.redact.RedactingDistiller;
import dev.hone.http.Admittance;
import dev.hone.http.Endpoints;
import dev.hone.http.HttpDoor;
import dev.hone.http.Once;
import dev.hone.http.OpenApi;
import dev.hone.http.Operations;
import dev.hone.http.RequestLog;
import dev.hone.http.api.AlarmsApi;
import dev.hone.http.api.CalibrationApi;
import dev.hone.http.api.Commits;
import dev.hone.http.api.CostsApi;
import dev.hone.http.api.DeadLetters;
import dev.hone.http.api.Distillations;
import dev.hone.http.api.Edits;
import dev.hone.http.api.EpisodesApi;
import dev.hone.http.api.Experiences;
import dev.hone.http.api.ExportApi;
import dev.hone.http.api.FeedbackApi;
import dev.hone.http.api.ForgetApi;
import dev.hone.http.api.ImportApi;
import dev.hone.http.api.Interactions;
import dev.hone.http.api.KeysApi;
import dev.hone.http.api.LearningApi;
import dev.hone.http.api.LiftApi;
import dev.hone.http.api.Receipts;
import dev.hone.http.api.Search;
import dev.hone.http.api.SpacesApi;
import dev.hone.http.api.StatsApi;
import dev.hone.http.exchange.Authentication;
import dev.hone.http.exchange.BodyBudget;
import dev.hone.http.exchange.Callers;
import dev.hone.http.exchange.Connections;
import dev.hone.http.exchange.Endpoint;
import dev.hone.http.exchange.Exchange;
import dev.hone.http.exchange.Guard;
import dev.hone.http.exchange.Operation;
import dev.hone.http.exchange.Resource;
import dev.hone.http.exchange.Route;
import dev.hone.http.gateway.Gateway;
import dev.hone.model.BudgetedModel;
import dev.hone.model.CircuitBreaker;
import dev.hone.model.HttpUpstream;
import dev.hone.model.LangChainModel;
import dev.hone.model.LearningHttp;
import dev.hone.model.NamedUpstreams;
import dev.hone.model.PatientUpstream;
import dev.hone.model.TokenEstimate;
import dev.hone.model.builtin.BuiltinUpstream;
import dev.hone.network.Deadline;
import dev.hone.network.Network;
import dev.hone.outcome.Alarms;
import dev.hone.outcome.Assignment;
import dev.hone.outcome.Feedback;
import dev.hone.outcome.Lifts;
import dev.hone.outcome.Prices;
import dev.hone.outcome.Standing;
import dev.hone.outcome.Worth;
import dev.hone.port.Backend;
import dev.hone.port.Check;
import dev.hone.port.Condenser;
import dev.hone.port.Distiller;
import dev.hone.port.Ids;
import dev.hone.port.Jobs;
import dev.hone.port.Keys;
import dev.hone.port.LearningModel;
import dev.hone.port.Pool;
import dev.hone.port.Retention;
import dev.hone.port.Spaces;
import dev.hone.port.Spending;
import dev.hone.port.Tokens;
import dev.hone.port.Unwritable;
import dev.hone.port.Upstream;
import dev.hone.port.Upstreams;
import dev.hone.port.Utility;
import dev.hone.port.Work;
import dev.hone.similarity.Analysis;
import dev.hone.similarity.Background;
import dev.hone.similarity.Bm25;
import dev.hone.similarity.Sameness;
import dev.hone.wire.ChatRequest;
import dev.hone.wire.Malformed;
import dev.langchain4j.model.openai.OpenAiChatModel;
import io.helidon.webserver.http.Filter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The composition root: every part of a running Hone, made by hand, in the order in which they
 * start; they close in reverse. Two servers in one process do not know of each other.
 *
 * <p>Long because every part is made here, and nowhere else.
 */
public final class Server implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Server.class);

  /** How often times are added to the accounts. */
  private static final Duration ACCOUNTS_EVERY = Duration.ofSeconds(5);

  private final Deque<Runnable> parts = new ArrayDeque<>();
  private final AtomicBoolean ready = new AtomicBoolean();
  private final String host;
  private List<Operation> operations = List.of();
  private String administrator = "";
  private int port;

  private Server(String host) {
    this.host = host;
  }

  /**
   * Starts a server; when this returns, it serves.
   *
   * @throws InvalidSettings if it cannot start as the settings want it
   */
  public static Server start(Settings settings) {
    return started(settings, server -> server.compose(settings));
  }

  /**
   * Starts a server that keeps the keys of a data folder and does nothing else, on a free loopback
   * port: for commands, while no other server holds the folder.
   *
   * @throws InvalidSettings if the folder cannot be used
   */
  static Server forKeys(Path data) {
    Settings settings =
        new SettingsReader().set("server.port", "0").set("server.data", data.toString()).read();
    return started(settings, server -> server.composeForKeys(settings));
  }

  private static Server started(Settings settings, Consumer<Server> compose) {
    Server server = new Server(settings.server().host());
    boolean started = false;
    try {
      compose.accept(server);
      started = true;
      return server;
    } catch (Unwritable e) {
      throw new InvalidSettings(
          "The data folder "
              + settings.server().data()
              + " cannot be used. "
              + e.getMessage()
              + " Or choose another folder with --data.");
    } finally {
      if (!started) {
        server.close();
      }
    }
  }

  private static Ids ids() {
    TimeOrderedEpochFactory uuids = TimeOrderedEpochFactory.builder().withIncrementPlus1().build();
    return () -> uuids.create().toString();
  }

  private void composeForKeys(Settings settings) {
    InstantSource clock = InstantSource.system();
    Ids ids = ids();
    DataFolder folder = with(DataFolder.open(settings.server().data()), DataFolder::close);
    Database database = with(new Database(folder.database()), Database::close);
    SqlSpaces spaces = new SqlSpaces(database, clock);
    spaces.create(new Spaces.Space(Callers.DEFAULT_SPACE, Spaces.LearningMode.DISTILL));
    SqlKeys keys = new SqlKeys(database, clock, Runnable::run);
    Authentication authentication = new Authentication(folder.secret(), keys);
    SqlPool pool = new SqlPool(database, clock, new TokenEstimate());
    Callers callers = new Callers(authentication, spaces, pool);
    Entrance entrance = entrance(settings, authentication, callers);
    Resource resource = new KeysApi(keys, spaces, pool, ids, clock);
    listen(
        settings, entrance, ids, routes(settings, entrance, database, clock, resource.endpoints()));
  }

  private void compose(Settings settings) {
    InstantSource clock = InstantSource.system();
    Ids ids = ids();
    Tokens tokens = new TokenEstimate();
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    parts.push(registry::close);
    Meters meters = new Meters(registry);
    JvmGcMetrics collections = with(new JvmGcMetrics(), JvmGcMetrics::close);
    collections.bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    Analysis analysis = new Analysis();
    Background background = new Background(analysis);
    Sameness sameness = new Sameness(analysis, background);
    Bm25 bm25 = new Bm25(settings.retrieval().k1(), settings.retrieval().b());

    // Backend: the truth, its projection, and what changes it.
    DataFolder folder = with(DataFolder.open(settings.server().data()), DataFolder::close);
    Database database = with(new Database(folder.database()), Database::close);
    SqlJournal journal = new SqlJournal(database);
    SqlEpisodes episodes = new SqlEpisodes(database);
    SqlSpaces spaces = new SqlSpaces(database, clock);
    SqlPool pool = new SqlPool(database, clock, tokens, settings.pool().quorum());
    Gauge.builder("hone_learning_backlog", episodes, each -> each.backlog(null)).register(registry);
    SqlRetention retention = new SqlRetention(database);
    Gauge.builder("hone_database_bytes", retention, SqlRetention::size).register(registry);
    int interrupted = journal.interruptUnfinished();
    spaces.create(new Spaces.Space(Callers.DEFAULT_SPACE, Spaces.LearningMode.DISTILL));
    SqlClosedSessions sessions = new SqlClosedSessions(database);
    Settings.Outcome outcome = settings.outcome();
    Assignment assignment =
        new Assignment(outcome.holdout(), outcome.dropout(), folder.secret()::keyed);
    Lifts lifts = new Lifts(sessions, outcome::metricOf, outcome.level());
    Worth worth = new Worth(lifts, assignment, outcome.ranking());
    double floor = settings.retrieval().floor();
    LuceneProjection projection =
        with(
            new LuceneProjection(folder.index(), pool, analysis, background, bm25, floor, worth),
            LuceneProjection::close);
    spaces.list().forEach(space -> projection.catchUp(space.name()));
    ExecutorService executor =
        with(Executors.newVirtualThreadPerTaskExecutor(), ExecutorService::close);
    SqlKeys keys = new SqlKeys(database, clock, executor);
    requireKeysOffLoopback(host, keys);
    Ledger ledger = with(new Ledger(new SqlSpending(database)), Ledger::close);
    with(new Periodic("ledger", ledger::write), Periodic::close).start(ACCOUNTS_EVERY);
    Spending spending = new MeteredSpending(ledger, meters);
    Optional<LearningModel> learner = learningModel(settings.learning(), spending, clock, tokens);
    Refiner refiner =
        new Refiner(
            pool,
            ids,
            condenser(learner, settings.refine().proof(), analysis, background),
            projection,
            sameness,
            refining(settings));
    Likeness likeness =
        new Likeness(
            analysis, background, bm25, settings.pool().threshold(), settings.pool().paraphrase());
    pool.linksBy(new Pool.Linking(settings.pool().threshold(), bm25.k1(), bm25.b()));
    AdmissionRules rules = new AdmissionRules(pool, ids, likeness, settings.pool().quorum());
    LocalBackend local =
        new LocalBackend(
            pool,
            projection,
            spaces,
            rules,
            new EditRules(pool, rules),
            likeness,
            refiner,
            analysis,
            background,
            bm25,
            policy(settings),
            clock);
    Backend backend = new ChargedBackend(local, spending, database, clock);

    // Network.
    Network network = new Network(backend);

    // Frontend, offline: from captured interactions to experience.
    Map<String, String> types = settings.typesOrGeneral();
    LexicalClassifier classifier = new LexicalClassifier(types, pool, analysis, background);
    spaces.list().forEach(space -> classifier.catchUp(space.name()));
    spaces.list().forEach(space -> tellOfOtherTypes(space.name(), pool, types.keySet()));
    Distiller distiller =
        new RedactingDistiller(
            new VerifyingDistiller(
                new DistillerOfSpace(
                    spaces,
                    learner
                        .map(model -> prompted(model, types, tokens, settings.learning()))
                        .orElseGet(
                            () ->
                                new GuardedDistiller(
                                    new ExtractiveDistiller(), GuardedDistiller.Words.QUOTED)),
                    new RecordingDistiller()),
                journal),
            new KnownSecrets());
    Distiller budgeted =
        learner.isPresent()
            ? distiller
            : new BudgetedDistiller(
                distiller, spending, database, clock, settings.learning().cpu());
    Settings.Episodes together = settings.episode();
    EpisodeBuffer buffer =
        new EpisodeBuffer(
            episodes,
            clock,
            new EpisodeBuffer.Quiet(together.idle(), together.outcome()),
            new OpenEpisodes(ids, togetherness(together), analysis, background, bm25));
    Foreground foreground = new Foreground();
    Learning learning = new Learning(budgeted, classifier, network, episodes, meters, clock);
    Settings.Learning pace = settings.learning();
    SqlJobs jobs = new SqlJobs(database);
    Refining refining = new Refining(jobs, spaces, network, meters, ids, clock);
    Map<Jobs.Kind, Work> work = Map.of(Jobs.Kind.REFINE, refining);
    LearningLoop loop =
        with(
            new LearningLoop(
                learning,
                buffer,
                episodes,
                new DueWork(jobs, work, clock, pace.pause(), pace.attempts()),
                refining,
                network,
                foreground,
                database,
                clock,
                new LearningLoop.Policy(
                    pace.idle(), pace.overdue(), pace.share(), pace.pause(), pace.attempts()),
                new Pruning(
                    retention,
                    new Retention.Limits(settings.capture().keep(), settings.capture().size()),
                    meters,
                    clock)),
            LearningLoop::close);
    loop.start();
    SqlForgetting forgetting =
        new SqlForgetting(
            database,
            clock,
            tokens,
            analysis,
            background,
            settings.pool().quorum(),
            folder.secret()::keyed);
    Erasure erasure =
        with(
            new Erasure(
                forgetting,
                backend,
                projection,
                space -> {
                  buffer.reload();
                  classifier.recount(space);
                  lifts.recount(space);
                  loop.wake();
                },
                ids,
                clock,
                settings.forget().window()),
            Erasure::close);
    erasure.start();

    // Frontend, online: from request to answer.
    Conversations conversations = new Conversations(journal, ids);
    Upstreams upstreams = upstreams(settings, ids, clock, tokens);
    Augmenter augmenter = new Augmenter(settings.retrieval().tokens(), tokens);
    Inference inference =
        new Inference(
            conversations,
            classifier,
            network,
            new Offers(augmenter, assignment, asking(settings, tokens)),
            new Recorder(journal, executor, settings.capture().deadline(), meters::captureMissed),
            upstreams,
            new Deadline(executor, settings.retrieval().deadline()),
            foreground,
            meters,
            new Credentials(keysOfModels(settings)),
            ids,
            clock,
            limits(settings.retrieval()));

    inference.rehearse(rehearsal());

    // Outcomes.
    Alarms alarms = new Alarms(new SqlSessions(database), pool, watching(settings.alarm()));
    AlarmWatch watch = new AlarmWatch(alarms::of, spaces, registry);
    with(new Periodic("alarms", watch::look), Periodic::close).start(settings.alarm().every());

    OutcomeLoop judged =
        new OutcomeLoop(
            sessions,
            lifts,
            new Standing(lifts, pool, outcome.level(), settings.pool().quorum()),
            network,
            spaces,
            clock,
            new OutcomeLoop.Policy(outcome.idle().plus(outcome.window()), outcome.acts()));
    Periodic judging = with(new Periodic("outcomes", judged::look), Periodic::close);
    judging.start(outcome.every());

    // Doors.
    Authentication authentication = new Authentication(folder.secret(), keys);
    Callers callers = new Callers(authentication, spaces, pool);
    Entrance entrance = entrance(settings, authentication, callers);
    Gateway gateway =
        new Gateway(entrance.exchange, callers, entrance.connections, inference, upstreams);
    List<Resource> resources =
        List.of(
            new Operations(registry, ready::get, version()),
            new Interactions(callers, journal, conversations, loop::wake, ids, clock),
            new Receipts(journal),
            new FeedbackApi(new Feedback(journal, loop::wake), journal, episodes, ids, clock),
            new Experiences(pool),
            new Edits(pool, network, types.keySet(), classifier, ids),
            new Search(network, classifier, pool, limits(settings.retrieval()), augmenter::block),
            new Commits(pool, network),
            new LearningApi(loop, episodes, pool, network),
            new DeadLetters(episodes, jobs, loop::wake, clock),
            new Distillations(episodes, learning, loop, pool),
            new EpisodesApi(episodes, loop, pool),
            new ForgetApi(erasure),
            new SpacesApi(spaces),
            new StatsApi(
                pool, episodes, journal, spending, clock, meters::capturesMissed, retention::size),
            new KeysApi(keys, spaces, pool, ids, clock),
            new AlarmsApi(alarms::of),
            new LiftApi(lifts, pool, judged::look),
            new CalibrationApi(new SqlConfidences(database), outcome::metricOf, clock),
            new CostsApi(new SqlCosts(database), lifts, prices(settings), outcome.level(), clock),
            new ExportApi(new SqlExports(database), pool, clock),
            new ImportApi(
                entrance.exchange,
                new SqlImports(database, forgetting, clock, tokens),
                network,
                classifier,
                loop::wake,
                ids,
                clock));
    List<Route> routes = new ArrayList<>(gateway.routes());
    routes.addAll(
        routes(settings, entrance, database, clock, endpoints(resources, gateway.routes())));
    listen(settings, entrance, ids, routes);
    folder.announce(local());
    ready.set(true);
    LOG.info(
        "Hone {} listens on {}, answers with {}{}",
        version(),
        url(),
        settings.upstream().url().isEmpty() ? "the built-in model" : settings.upstream().url(),
        interrupted == 0 ? "" : "; " + interrupted + " interactions had been interrupted");
  }

  /** All endpoints, and the document that tells of them and of the gateway. */
  private static List<Endpoint> endpoints(List<Resource> resources, List<Route> gateway) {
    List<Endpoint> endpoints = new ArrayList<>();
    resources.forEach(resource -> endpoints.addAll(resource.endpoints()));
    List<Operation> told = new ArrayList<>();
    endpoints.forEach(endpoint -> told.add(endpoint.operation()));
    gateway.forEach(route -> told.add(route.operation()));
    endpoints.addAll(new OpenApi(version(), told).endpoints());
    return endpoints;
  }

  /** All that must hold of a data folder that no server uses. */
  static List<Check> checks(DataFolder folder, Database database) {
    InstantSource clock = InstantSource.system();
    SqlPool pool = new SqlPool(database, clock, new TokenEstimate());
    SqlSpaces spaces = new SqlSpaces(database, clock);
    return List.of(
        new Readings(database),
        new StoredMessages(database),
        new ConversationChains(database),
        new CommitChain(database),
        new Histories(database),
        new EvidenceSpans(database),
        new Tallies(database),
        new Walls(database),
        nearDuplicates(pool, spaces),
        new ForgottenWords(database),
        new IndexPosition(
            folder.index(), pool, spaces, space -> catchUp(folder.index(), pool, space)),
        new IndexContents(
            folder.index(),
            pool,
            spaces,
            new Analysis(),
            space -> rebuild(folder.index(), pool, space)),
        new Unfinished(database));
  }

  private static NearDuplicates nearDuplicates(Pool pool, Spaces spaces) {
    Analysis analysis = new Analysis();
    Background background = new Background(analysis);
    return new NearDuplicates(
        pool,
        spaces,
        linking ->
            new Likeness(
                analysis,
                background,
                new Bm25(linking.k1(), linking.b()),
                linking.least(),
                linking.least()));
  }

  private static void rebuild(Path index, Pool pool, String space) {
    try {
      LuceneProjection.remove(index.resolve(space));
    } catch (IOException e) {
      throw new UncheckedIOException("the index of space " + space + " cannot be removed", e);
    }
    catchUp(index, pool, space);
  }

  private static void catchUp(Path index, Pool pool, String space) {
    Settings.Retrieval retrieval = new SettingsReader().read().retrieval();
    Analysis analysis = new Analysis();
    Bm25 bm25 = new Bm25(retrieval.k1(), retrieval.b());
    Background background = new Background(analysis);
    try (LuceneProjection projection =
        new LuceneProjection(
            index, pool, analysis, background, bm25, retrieval.floor(), Utility.UNKNOWN)) {
      projection.catchUp(space);
    }
  }

  private static Call rehearsal() {
    byte[] body =
        "{\"model\":\"any\",\"messages\":[{\"role\":\"user\",\"content\":\"Is it on?\"}]}"
            .getBytes(StandardCharsets.UTF_8);
    try {
      return new Call(
          ChatRequest.parse(body),
          new Upstream.Request("POST", "/v1/chat/completions", Map.of(), body, () -> false),
          new Scope(Callers.DEFAULT_SPACE, "rehearsal", null, null, null),
          Mode.READ,
          Pin.NONE,
          System.nanoTime());
    } catch (Malformed e) {
      throw new IllegalStateException("the rehearsal's request is well-formed", e);
    }
  }

  /** Takes a part that has to be closed. */
  private <T> T with(T part, Consumer<T> close) {
    parts.push(() -> close.accept(part));
    return part;
  }

  /** What every request passes, whatever it asks. */
  private record Entrance(
      Exchange exchange, Connections connections, Authentication authentication, Callers callers) {}

  private static Entrance entrance(
      Settings settings, Authentication authentication, Callers callers) {
    return new Entrance(
        new Exchange(
            settings.server().body(), new BodyBudget(Runtime.getRuntime().maxMemory() / 4)),
        new Connections(settings.server().head(), settings.server().silence()),
        authentication,
        callers);
  }

  private static List<Route> routes(
      Settings settings,
      Entrance entrance,
      Database database,
      InstantSource clock,
      List<Endpoint> endpoints) {
    return new Endpoints(
            entrance.exchange,
            entrance.callers,
            new Admittance(database, settings.api().queue(), settings.api().stall()),
            new Once(new SqlReplays(database), clock, settings.api().replay()),
            endpoints)
        .routes();
  }

  private void listen(Settings all, Entrance entrance, Ids ids, List<Route> routes) {
    Settings.Server settings = all.server();
    administrator = entrance.authentication.administrator();
    operations = routes.stream().map(Route::operation).toList();
    List<Filter> filters =
        List.of(
            new RequestLog(entrance.callers, ids, all.log().requests()),
            new Guard(
                entrance.exchange, entrance.authentication, settings.host(), settings.origins()));
    try {
      HttpDoor door =
          new HttpDoor(
              settings.host(),
              settings.port(),
              settings.grace(),
              entrance.exchange,
              entrance.authentication,
              entrance.connections,
              filters,
              routes);
      port = with(door, HttpDoor::close).port();
    } catch (IllegalStateException | UncheckedIOException e) {
      throw new InvalidSettings(
          "Cannot listen on "
              + settings.host()
              + ":"
              + settings.port()
              + " ("
              + e.getMessage()
              + "). Stop what uses the port, or choose another with --port.");
    }
  }

  private static OpenEpisodes.Policy togetherness(Settings.Episodes settings) {
    return new OpenEpisodes.Policy(
        settings.size(),
        settings.tokens(),
        settings.run(),
        settings.threshold(),
        settings.session(),
        settings.closeness(),
        settings.halving());
  }

  private static Asking asking(Settings settings, Tokens tokens) {
    return settings.confidence().ask()
        ? new Asking(Prompts.read(Prompts.CONFIDENCE), tokens)
        : Asking.NOTHING;
  }

  private static Prices prices(Settings settings) {
    Settings.Cost cost = settings.cost();
    return new Prices(cost.prompt(), cost.cached(), cost.answer(), cost.learning());
  }

  private static Limits limits(Settings.Retrieval retrieval) {
    return new Limits(retrieval.k(), retrieval.type());
  }

  private static Refiner.Policy refining(Settings settings) {
    return new Refiner.Policy(
        Refinement.Measure.valueOf(settings.refine().measure().name()),
        settings.refine().threshold(),
        settings.refine().type(),
        limits(settings.retrieval()),
        settings.retrieval().floor(),
        settings.refine().proof());
  }

  private static Alarms.Policy watching(Settings.Alarm alarm) {
    return new Alarms.Policy(alarm.metrics(), alarm.sessions(), alarm.level(), alarm.spread());
  }

  /** Items of types that the settings name no longer stay, and are found without a type. */
  private static void tellOfOtherTypes(String space, Pool pool, Set<String> types) {
    Map<String, Integer> others = new TreeMap<>();
    pool.counts(space).stream()
        .filter(each -> each.state().shown() && !types.contains(each.type()))
        .forEach(each -> others.merge(each.type(), each.items(), Integer::sum));
    others.forEach(
        (type, items) ->
            LOG.warn(
                "space {} has {} items of the type '{}', which the settings do not name: only"
                    + " queries that are sent to all types find them. Describe it with types.{},"
                    + " or give them another type",
                space,
                items,
                type,
                type));
  }

  private static LocalBackend.Policy policy(Settings settings) {
    return new LocalBackend.Policy(
        settings.pool().admission(),
        settings.pool().cap(),
        settings.pool().total(),
        Math.min(settings.pool().threshold(), settings.refine().lowest()),
        settings.refine().growth(),
        settings.refine().every());
  }

  private Optional<LearningModel> learningModel(
      Settings.Learning learning, Spending spending, InstantSource clock, Tokens tokens) {
    if (learning.url().isEmpty()) {
      return Optional.empty();
    }
    LearningHttp http = with(new LearningHttp(learning.timeout(), clock), LearningHttp::close);
    LearningModel model =
        new LangChainModel(
            OpenAiChatModel.builder()
                .httpClientBuilder(http.builder())
                .baseUrl(learning.url().replaceAll("/+$", "").replaceAll("/v1$", "") + "/v1")
                .apiKey(learning.key().isEmpty() ? "none" : learning.key())
                .modelName(learning.model())
                .temperature(0.0)
                .timeout(learning.timeout())
                .maxRetries(0)
                .build(),
            learning.pause(),
            tokens);
    return Optional.of(
        new BudgetedModel(new CircuitBreaker(model, clock), spending, clock, learning.tokens()));
  }

  private static Distiller prompted(
      LearningModel model, Map<String, String> types, Tokens tokens, Settings.Learning learning) {
    return new GuardedDistiller(
        new PromptedDistiller(model, Prompts::distill, types, tokens, learning.material()),
        GuardedDistiller.Words.OWN);
  }

  private static Condenser condenser(
      Optional<LearningModel> learner, boolean proof, Analysis analysis, Background background) {
    return learner
        .<Condenser>map(model -> new PromptedCondenser(model, Prompts.read(Prompts.CONDENSE)))
        .orElseGet(
            () ->
                proof
                    ? new ExtractiveCondenser(analysis, background)
                    : new RepresentativeCondenser(new Sameness(analysis, background)));
  }

  private Upstreams upstreams(Settings settings, Ids ids, InstantSource clock, Tokens tokens) {
    Settings.Upstream standard = settings.upstream();
    List<NamedUpstreams.Named> named = new ArrayList<>();
    settings
        .upstreams()
        .values()
        .forEach(
            each ->
                named.add(
                    new NamedUpstreams.Named(
                        each.models(), upstream(each.url(), each.key(), false, standard))));
    Upstream builtin = new BuiltinUpstream(ids, clock, tokens);
    if (standard.url().isEmpty()) {
      return new NamedUpstreams(named, builtin);
    }
    named.add(new NamedUpstreams.Named(List.of(BuiltinUpstream.MODEL), builtin));
    return new NamedUpstreams(named, upstream(standard.url(), standard.key(), true, standard));
  }

  private static List<String> keysOfModels(Settings settings) {
    List<String> keys = new ArrayList<>();
    keys.add(settings.upstream().key());
    settings.upstreams().values().forEach(each -> keys.add(each.key()));
    return keys;
  }

  private Upstream upstream(
      String url, String key, boolean forwardsCredentials, Settings.Upstream limits) {
    HttpUpstream upstream =
        with(
            new HttpUpstream(
                URI.create(url),
                Optional.of(key).filter(each -> !each.isEmpty()),
                forwardsCredentials,
                limits.connect(),
                limits.first().plus(limits.silence())),
            HttpUpstream::close);
    return new PatientUpstream(upstream, limits.first(), limits.silence());
  }

  /** Without keys everybody who reaches Hone may do everything, so it is not reached from afar. */
  private static void requireKeysOffLoopback(String host, Keys keys) {
    if (!address(host).isLoopbackAddress() && !keys.any()) {
      throw new InvalidSettings(
          "server.host is "
              + host
              + ": without API keys Hone listens on a loopback address only, such as 127.0.0.1."
              + " Make a key first: hone keys create --name NAME --data DIR.");
    }
  }

  private static InetAddress address(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new InvalidSettings(
          "server.host is '" + host + "', which is no address of this machine.");
    }
  }

  /** The version, as the jar's manifest has it. */
  public static String version() {
    return Optional.ofNullable(Server.class.getPackage().getImplementationVersion())
        .orElse("development");
  }

  public int port() {
    return port;
  }

  /** Where it listens. */
  public String url() {
    return url(host);
  }

  private String url(String name) {
    return "http://" + (name.contains(":") ? "[" + name + "]" : name) + ":" + port;
  }

  /** Where it is reached from this machine. */
  private String local() {
    InetAddress address = address(host);
    if (!address.isAnyLocalAddress()) {
      return url();
    }
    return url(address instanceof Inet6Address ? "::1" : "127.0.0.1");
  }

  /** What the local administrator shows in place of a key. */
  String administrator() {
    return administrator;
  }

  /** All that can be asked. */
  public List<Operation> operations() {
    return operations;
  }

  /** Lets running requests end, finishes what learning has in hand, closes everything. */
  @Override
  public void close() {
    boolean stopping = ready.getAndSet(false);
    while (!parts.isEmpty()) {
      parts.pop().run();
    }
    if (stopping) {
      LOG.info("Hone has stopped");
    }
  }
}
