package dev.hone.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All settings. Each can stand in the settings file ({@code retrieval.k = 3}), in the environment
 * ({@code HONE_RETRIEVAL_K=3}) or on the command line ({@code --set retrieval.k=3}); the later of
 * these wins.
 *
 * @param server the process and its door
 * @param upstream the model that answers
 * @param upstreams further models, by a name of one's own: {@code upstreams.NAME.url}
 * @param capture the journal
 * @param episode what belongs together
 * @param learning how experience is made
 * @param types the topics, by name: {@code types.NAME = one line that describes it}
 * @param pool what is admitted
 * @param refine the periodic pass
 * @param forget how what is to be forgotten goes
 * @param retrieval what is found
 * @param outcome whether experience helps, and what is made of it
 * @param confidence how sure models are of their answers
 * @param cost what tokens cost
 * @param alarm what is watched
 * @param log what is logged
 * @param api the native interface
 */
// Long because every setting is declared here, and nowhere else.
public record Settings(
    Server server,
    Upstream upstream,
    Map<String, NamedUpstream> upstreams,
    Capture capture,
    Episodes episode,
    Learning learning,
    @Setting(
            value = "",
            says =
                "Describes the type NAME in one line; items and queries are sorted into the types"
                    + " there are.")
        Map<String, String> types,
    Pool pool,
    Refine refine,
    Forget forget,
    Retrieval retrieval,
    Outcome outcome,
    Confidence confidence,
    Cost cost,
    Alarm alarm,
    Log log,
    Api api) {

  public Settings {
    Set<String> known = names(types);
    refine.type.keySet().forEach(name -> Check.type("refine.type.", name, known));
    retrieval.type.keySet().forEach(name -> Check.type("retrieval.type.", name, known));
  }

  private static final String GENERAL = "general";

  /** Settings of the process and its door. */
  public record Server(
      @Setting(
              value = "127.0.0.1",
              says = "Address to listen on. Any but a loopback address needs API keys.")
          String host,
      @Setting(value = "8420", says = "Port to listen on; 0 takes a free one.") int port,
      @Setting(value = "hone-data", says = "Folder of all that Hone keeps.") Path data,
      @Setting(value = "33554432", says = "Largest request body, in bytes.") int body,
      @Setting(value = "65536", says = "Largest head of a request, its headers, in bytes.")
          int head,
      @Setting(
              value = "30s",
              says = "How long a client may stay silent in the middle of a request.")
          Duration silence,
      @Setting(value = "10s", says = "How long running requests may go on at shutdown.")
          Duration grace,
      @Setting(
              value = "",
              says =
                  "Web sites whose pages may call Hone, such as https://example.com, separated by"
                      + " commas.")
          List<String> origins) {
    public Server {
      origins.forEach(origin -> Check.origin("server.origins", origin));
      Check.that("server.port", port >= 0 && port <= 65_535, "lies between 0 and 65535");
      Check.that("server.body", body >= 1_024, "is at least 1024 bytes");
      Check.that("server.head", head >= 1_024, "is at least 1024 bytes");
    }
  }

  /** The model that answers. */
  public record Upstream(
      @Setting(
              value = "",
              says = "URL of an OpenAI-compatible server; empty for the built-in model.")
          String url,
      @Setting(
              value = "",
              says = "Its API key; empty to pass on the client's own, unless Hone itself has keys.",
              secret = true)
          String key,
      @Setting(value = "5s", says = "How long connecting may take.") Duration connect,
      @Setting(value = "10m", says = "How long the first byte of an answer may take.")
          Duration first,
      @Setting(value = "5m", says = "How long an answer that has begun may pause.")
          Duration silence) {
    public Upstream {
      Check.url("upstream.url", url, true);
      Check.key("upstream.key", key);
    }
  }

  /** A further model. */
  public record NamedUpstream(
      @Setting(value = "", says = "URL of an OpenAI-compatible server.") String url,
      @Setting(value = "", says = "Its API key.", secret = true) String key,
      @Setting(
              value = "",
              says = "The models it answers for, separated by commas; * stands for anything.")
          List<String> models) {
    public NamedUpstream {
      Check.url("upstreams.NAME.url", url, false);
      Check.key("upstreams.NAME.key", key);
      Check.that("upstreams.NAME.models", !models.isEmpty(), "names at least one model");
    }
  }

  /** The journal. */
  public record Capture(
      @Setting(
              value = "250ms",
              says = "How long a request waits for its journal entry before it goes on without.")
          Duration deadline,
      @Setting(
              value = "90d",
              says =
                  "How long the words of interactions are kept after they were learned from; 0s"
                      + " for ever.")
          Duration keep,
      @Setting(
              value = "10GiB",
              says =
                  "Size of the database from which the oldest words go earlier, in B, KiB, MiB or"
                      + " GiB; 0B for no limit.")
          long size) {}

  /** What belongs together. */
  public record Episodes(
      @Setting(value = "8", says = "Interactions at which an episode closes.") int size,
      @Setting(
              value = "16000",
              says = "Tokens, estimated, of what an episode holds at which it closes.")
          int tokens,
      @Setting(
              value = "1000",
              says =
                  "Interactions at which an episode closes in which an agent runs: one that calls"
                      + " tools is not cut by size and tokens.")
          int run,
      @Setting(value = "60s", says = "Idle time after which an episode closes.") Duration idle,
      @Setting(
              value = "2s",
              says =
                  "Idle time after which an episode closes that was judged by a value or a"
                      + " correction.")
          Duration outcome,
      @Setting(
              value = "0.5",
              says = "Similarity from which an interaction joins an episode, in (0, 1].")
          double threshold,
      @Setting(value = "0.2", says = "What a common session adds to the similarity.")
          double session,
      @Setting(
              value = "0.1",
              says =
                  "What it adds to the similarity that two interactions came at the same time; with"
                      + " episode.session less than the threshold.")
          double closeness,
      @Setting(value = "10s", says = "Time between two interactions that halves their closeness.")
          Duration halving) {
    public Episodes {
      Check.that("episode.size", size >= 1, "is at least 1");
      Check.that("episode.tokens", tokens >= 1, "is at least 1");
      Check.that("episode.run", run >= size, "is at least episode.size");
      Check.that("episode.threshold", threshold > 0 && threshold <= 1, "lies in (0, 1]");
      Check.that(
          "episode.session", session >= 0 && session < threshold, "lies in [0, episode.threshold)");
      Check.that(
          "episode.closeness",
          closeness >= 0 && closeness < threshold - session,
          "lies in [0, episode.threshold - episode.session)");
      Check.that("episode.halving", halving.isPositive(), "is above zero");
    }
  }

  /** How experience is made. */
  public record Learning(
      @Setting(
              value = "",
              says =
                  "URL of the OpenAI-compatible server that distills; empty for the built-in"
                      + " distiller.")
          String url,
      @Setting(value = "", says = "The model that distills.") String model,
      @Setting(value = "", says = "Its API key.", secret = true) String key,
      @Setting(value = "2m", says = "How long one distillation may take.") Duration timeout,
      @Setting(
              value = "30s",
              says =
                  "Pause after the learning model could not be asked; doubled each time, up to an"
                      + " hour.")
          Duration pause,
      @Setting(
              value = "12000",
              says = "Tokens of an episode that a learning model is given, at least 500.")
          int material,
      @Setting(
              value = "0",
              says =
                  "Tokens that a learning model may cost per day (UTC) and space; 0 for no limit.")
          int tokens,
      @Setting(
              value = "0s",
              says =
                  "Processor time that distilling without a learning model may cost per day (UTC)"
                      + " and space; 0s for no limit.")
          Duration cpu,
      @Setting(value = "200ms", says = "Learning runs when no request was served for this long.")
          Duration idle,
      @Setting(
              value = "10m",
              says = "Work that waited this long is done beside requests, on a share of a core.")
          Duration overdue,
      @Setting(
              value = "0.125",
              says = "The share of a core that learning takes beside requests, in (0, 1].")
          double share,
      @Setting(
              value = "8",
              says =
                  "After so many failures an episode or a job becomes a dead letter, for a person"
                      + " to retry or drop.")
          int attempts) {
    public Learning {
      Check.that("learning.attempts", attempts >= 1, "is at least 1");
      Check.url("learning.url", url, true);
      Check.key("learning.key", key);
      Check.that(
          "learning.model",
          url.isEmpty() || !model.isBlank(),
          "names a model when learning.url is set");
      Check.that("learning.material", material >= 500, "is at least 500");
      Check.that("learning.share", share > 0 && share <= 1, "is above 0 and at most 1");
      Check.that("learning.tokens", tokens >= 0, "is at least 0");
    }
  }

  /** What is admitted. */
  public record Pool(
      @Setting(
              value = "true",
              says =
                  "Whether near-duplicates are merged on write; false is for pools to be"
                      + " saturated.")
          boolean admission,
      @Setting(
              value = "0.8",
              says =
                  "Similarity of their situations from which two items are near: merged by rule, or"
                      + " linked, in (0, 1].")
          double threshold,
      @Setting(
              value = "0.6",
              says =
                  "Similarity of two situations from which they may be one, if the contents say the"
                      + " same and nothing that decides differs, in (0, 1].")
          double paraphrase,
      @Setting(value = "1", says = "Distinct principals whose outcomes make an item active.")
          int quorum,
      @Setting(
              value = "100000",
              says =
                  "Items shown at most, per space and type; beyond, the oldest of the least"
                      + " supported go.")
          int cap,
      @Setting(value = "500000", says = "Items shown at most, per space.") int total) {
    public Pool {
      Check.that("pool.threshold", threshold > 0 && threshold <= 1, "lies in (0, 1]");
      Check.that("pool.paraphrase", paraphrase > 0 && paraphrase <= 1, "lies in (0, 1]");
      Check.that("pool.total", total >= 1, "is at least 1");
      Check.that("pool.quorum", quorum >= 1, "is at least 1");
      Check.that("pool.cap", cap >= 1, "is at least 1");
    }
  }

  /** The periodic pass. */
  public record Refine(
      @Setting(
              value = "normalised",
              says =
                  "How the similarity of two items is measured: normalised, in [0, 1]; or raw, the"
                      + " BM25 score of one for the other in the direction in which it is higher.")
          Measure measure,
      @Setting(
              value = "0.7",
              says =
                  "Similarity from which two items are a pair: in (0, 1]; above 1 when the measure"
                      + " is raw.")
          double threshold,
      @Setting(value = "", says = "The same for items of the type NAME.") Map<String, Double> type,
      @Setting(value = "1.5", says = "Refine when the pool has grown by this factor; 0 for never.")
          double growth,
      @Setting(value = "24h", says = "Refine when the last pass is this long ago; 0s for never.")
          Duration every,
      @Setting(
              value = "true",
              says =
                  "Whether a condensation must be proved; false is for measuring what the proof is"
                      + " worth: any similar items become one.")
          boolean proof) {
    public Refine {
      measure.check("refine.threshold", threshold);
      type.forEach((name, own) -> measure.check("refine.type." + name, own));
      Check.that("refine.growth", growth == 0 || growth > 1, "is 0 or above 1");
    }

    /** How the similarity of two items is measured. */
    public enum Measure {
      NORMALISED,
      RAW;

      void check(String key, double threshold) {
        Check.that(
            key,
            this == RAW ? threshold > 1 : threshold > 0 && threshold <= 1,
            this == RAW
                ? "is above 1, since refine.measure is raw and BM25 scores have no upper bound,"
                : "lies in (0, 1]");
      }
    }

    /** The lowest normalised similarity that is asked for. */
    public double lowest() {
      return measure == Measure.RAW ? 1 : type.values().stream().reduce(threshold, Math::min);
    }
  }

  /** How what is to be forgotten goes. */
  public record Forget(
      @Setting(
              value = "24h",
              says =
                  "How long a forgetting can be undone before what it took is destroyed; 0s"
                      + " destroys it at once.")
          Duration window) {}

  /** What is found. */
  public record Retrieval(
      @Setting(value = "5", says = "Items shown at most, 0 to 5.") int k,
      @Setting(
              value = "",
              says =
                  "Items of the type NAME shown at most, 0 to 5; of a query sent to several types,"
                      + " no more in all than the largest of theirs.")
          Map<String, Integer> type,
      @Setting(value = "1.2", says = "BM25: how fast repetition of a term saturates, at least 0.")
          double k1,
      @Setting(value = "0.3", says = "BM25: how far long items are discounted, in [0, 1].")
          double b,
      @Setting(
              value = "0.15",
              says = "Share of a query's idf mass that an item must match, in [0, 1].")
          double floor,
      @Setting(value = "800", says = "Tokens that a block may cost at most.") int tokens,
      @Setting(
              value = "50ms",
              says = "How long retrieval may take before the request goes on without.")
          Duration deadline) {
    public Retrieval {
      Check.that("retrieval.k", k >= 0 && k <= 5, "lies between 0 and 5");
      type.forEach(
          (name, own) ->
              Check.that("retrieval.type." + name, own >= 0 && own <= 5, "lies between 0 and 5"));
      Check.that("retrieval.k1", k1 >= 0, "is at least 0");
      Check.that("retrieval.b", b >= 0 && b <= 1, "lies in [0, 1]");
      Check.that("retrieval.floor", floor >= 0 && floor <= 1, "lies in [0, 1]");
      Check.that("retrieval.tokens", tokens >= 0, "is at least 0");
    }
  }

  /** Whether experience helps, and what is made of it. */
  public record Outcome(
      @Setting(
              value = "correct",
              says = "The metric of outcomes that counts: what experience is to raise.")
          String metric,
      @Setting(value = "", says = "The same for the space NAME.") Map<String, String> space,
      @Setting(
              value = "0",
              says =
                  "Share of sessions that are shown no experience, to be compared with the others,"
                      + " in [0, 0.9].")
          double holdout,
      @Setting(
              value = "0.05",
              says =
                  "Probability with which an item is left out of a session, to measure what it is"
                      + " worth, in [0, 0.9].")
          double dropout,
      @Setting(value = "30m", says = "Idle time after which a session is over.") Duration idle,
      @Setting(
              value = "24h",
              says = "How long outcomes of a session that is over may still come and count.")
          Duration window,
      @Setting(
              value = "0.05",
              says =
                  "How often an interval may miss the truth, and what share of the items put into"
                      + " quarantine or made active by outcomes may be wrong, in (0, 0.5].")
          double level,
      @Setting(
              value = "1",
              says =
                  "How much an item's measured worth moves it in the order of what is found, at"
                      + " least 0. Above 0, what is believed to do harm is left out of most"
                      + " conversations; 0 for BM25 alone.")
          double ranking,
      @Setting(
              value = "true",
              says =
                  "Whether items whose harm is established are put into quarantine, and candidates"
                      + " whose help is are made active.")
          boolean acts,
      @Setting(value = "1m", says = "How often sessions are closed and judged; 0s for never.")
          Duration every) {
    public Outcome {
      Check.that("outcome.metric", !metric.isBlank(), "names a metric");
      space.forEach(
          (name, own) -> Check.that("outcome.space." + name, !own.isBlank(), "names one"));
      Check.that("outcome.holdout", holdout >= 0 && holdout <= 0.9, "lies in [0, 0.9]");
      Check.that("outcome.dropout", dropout >= 0 && dropout <= 0.9, "lies in [0, 0.9]");
      Check.that("outcome.level", level > 0 && level <= 0.5, "lies in (0, 0.5]");
      Check.that("outcome.ranking", ranking >= 0, "is at least 0");
    }

    /** The metric that counts in a space. */
    public String metricOf(String name) {
      return space.getOrDefault(name, metric);
    }
  }

  /** How sure models are of their answers. */
  public record Confidence(
      @Setting(
              value = "false",
              says =
                  "Whether models are asked to end their answers with a confidence: one sentence"
                      + " more at the tail of user messages.")
          boolean ask) {}

  /** What tokens cost, in the operator's currency, a million each. */
  public record Cost(
      @Setting(
              value = "0",
              says = "Price of a million tokens of prompts, in your currency; 0 when not told.")
          double prompt,
      @Setting(
              value = "0",
              says = "The same for those of them that the provider had cached; 0 for cost.prompt.")
          double cached,
      @Setting(value = "0", says = "The same for tokens of answers.") double answer,
      @Setting(value = "0", says = "The same for tokens of the learning model.") double learning) {
    public Cost {
      price("cost.prompt", prompt);
      price("cost.cached", cached);
      price("cost.answer", answer);
      price("cost.learning", learning);
    }

    private static void price(String key, double price) {
      Check.that(key, price >= 0 && Double.isFinite(price), "is at least 0");
    }
  }

  /** What is watched: whether outcomes get worse. */
  public record Alarm(
      @Setting(
              value = "correct, reward",
              says = "Metrics of outcomes that say how good an answer was, separated by commas.")
          List<String> metrics,
      @Setting(
              value = "50",
              says = "Sessions with an outcome that are compared at a time, at least 10.")
          int sessions,
      @Setting(
              value = "0.05",
              says =
                  "How likely each alarm may be false between one refinement and the next, in (0,"
                      + " 1).")
          double level,
      @Setting(
              value = "0.3",
              says = "How far types may lie apart in their mean outcome, in [0, 1).")
          double spread,
      @Setting(value = "1m", says = "How often it is looked; 0s for only when asked.")
          Duration every) {
    public Alarm {
      Check.that("alarm.metrics", !metrics.isEmpty(), "names at least one metric");
      Check.that("alarm.sessions", sessions >= 10, "is at least 10");
      Check.that("alarm.level", level > 0 && level < 1, "lies in (0, 1)");
      Check.that("alarm.spread", spread >= 0 && spread < 1, "lies in [0, 1)");
    }
  }

  /** What is logged. */
  public record Log(
      @Setting(value = "text", says = "Form of log lines on standard error: text or json.")
          Format format,
      @Setting(
              value = "true",
              says =
                  "Whether each request is logged in one line: who, what, how long; never what it"
                      + " says.")
          boolean requests) {
    /** The form of log lines. */
    public enum Format {
      TEXT,
      JSON
    }
  }

  /** The native interface. */
  public record Api(
      @Setting(value = "24h", says = "How long the answer to an Idempotency-Key is kept.")
          Duration replay,
      @Setting(
              value = "1000",
              says = "Journal writes waiting from which native writes are refused (503).")
          int queue,
      @Setting(
              value = "2s",
              says = "How long the oldest journal write may wait before native ones are refused.")
          Duration stall) {
    public Api {
      Check.that("api.replay", replay.isPositive(), "is above zero");
      Check.that("api.queue", queue >= 1, "is at least 1");
      Check.that("api.stall", stall.isPositive(), "is above zero");
    }
  }

  /** The types; one called general when none is given. */
  public Map<String, String> typesOrGeneral() {
    return types.isEmpty() ? Map.of(GENERAL, "everything") : types;
  }

  private static Set<String> names(Map<String, String> types) {
    return types.isEmpty() ? Set.of(GENERAL) : types.keySet();
  }
}
