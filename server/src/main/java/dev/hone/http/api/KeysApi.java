package dev.hone.http.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.experience.Commit;
import dev.hone.experience.Digest;
import dev.hone.http.exchange.Answer;
import dev.hone.http.exchange.Ask;
import dev.hone.http.exchange.Caller;
import dev.hone.http.exchange.Callers;
import dev.hone.http.exchange.Endpoint;
import dev.hone.http.exchange.Operation;
import dev.hone.http.exchange.Operation.Trait;
import dev.hone.http.exchange.Problem;
import dev.hone.http.exchange.Resource;
import dev.hone.http.exchange.Schema;
import dev.hone.http.exchange.Struct;
import dev.hone.port.Ids;
import dev.hone.port.Keys;
import dev.hone.port.Keys.Role;
import dev.hone.port.Pool;
import dev.hone.port.Spaces;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /api/v1/keys}: making, listing, pinning and revoking API keys. An administrator sees and
 * makes keys for those spaces only that its own key opens.
 */
public final class KeysApi implements Resource {

  private static final Logger LOG = LoggerFactory.getLogger(KeysApi.class);

  private static final String PATH = "/api/v1/keys";
  private static final String PREFIX = "hone_";
  private static final int KEY_BYTES = 32;
  private static final int MOST_SPACES = 100;

  private final Keys keys;
  private final Spaces spaces;
  private final Pool pool;
  private final Ids ids;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final Views views = new Views();

  public KeysApi(Keys keys, Spaces spaces, Pool pool, Ids ids, InstantSource clock) {
    this.keys = keys;
    this.spaces = spaces;
    this.pool = pool;
    this.ids = ids;
    this.clock = clock;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(
            Operation.of("GET", PATH, Role.ADMIN, "The keys of your spaces, newest first.")
                .paged(Shapes.KEY),
            this::list),
        new Endpoint(
            Operation.of("POST", PATH, Role.ADMIN, "Makes a key, shown in this answer alone.")
                .with(Trait.WRITES)
                .takes(
                    Struct.of()
                        .required("name", Schema.text(1, 100), "What it is for.")
                        .optional("role", Shapes.ROLE, "client unless said.")
                        .optional(
                            "spaces",
                            Schema.list(Schema.text(1, 64), 1, MOST_SPACES),
                            "Those it opens: default, or all (*) for an administrator, unless"
                                + " said."),
                    "{\"name\":\"shop\",\"role\":\"client\",\"spaces\":[\"default\"]}")
                .answers(201, Shapes.KEY.required("key", Schema.text(), "What its holder shows.")),
            this::create),
        new Endpoint(
            Operation.of(
                    "PATCH",
                    PATH + "/{id}",
                    Role.ADMIN,
                    "Pins a key to a commit of a space, or to none: what its requests see.")
                .with(Trait.SCOPED)
                .takes(
                    Struct.of()
                        .optional(
                            "pin",
                            Shapes.ID,
                            "A commit of the space, or null for the newest state."),
                    "{\"pin\":null}")
                .answers(200, Shapes.KEY),
            this::pin),
        new Endpoint(
            Operation.of("DELETE", PATH + "/{id}", Role.ADMIN, "Makes a key invalid, for good.")
                .answers(200, Shapes.KEY),
            this::revoke));
  }

  private Answer list(Ask ask) {
    String before = ask.cursor();
    return Pages.answer(
        ask,
        keys.list().stream()
            .filter(key -> reaches(ask.caller(), key))
            .filter(key -> before == null || key.id().compareTo(before) < 0)
            .limit(Pages.fetched(ask))
            .toList(),
        Keys.Key::id,
        views::key);
  }

  private Answer create(Ask ask) {
    Role role = ask.text("role").flatMap(Role::named).orElse(Role.CLIENT);
    Set<String> bound = bound(ask.body().path("spaces"), role);
    bound.forEach(space -> requireWithinReach(ask.caller(), space));
    Keys.Key key = key(ask.text("name").orElseThrow(), role, bound);
    byte[] drawn = new byte[KEY_BYTES];
    random.nextBytes(drawn);
    String shown = PREFIX + HexFormat.of().formatHex(drawn);
    return Answer.of(201, views.key(key).put("key", shown))
        .header("Cache-Control", "no-store")
        .after(
            () -> {
              keys.create(key, Digest.of(shown));
              LOG.info("key {} made: role {}, spaces {}", key.id(), role, new TreeSet<>(bound));
            });
  }

  private static Set<String> bound(JsonNode given, Role role) {
    Set<String> names = new TreeSet<>();
    given.forEach(name -> names.add(name.asText()));
    return names.isEmpty()
        ? Set.of(role == Role.ADMIN ? Keys.ALL_SPACES : Callers.DEFAULT_SPACE)
        : names;
  }

  private Answer revoke(Ask ask) {
    Keys.Key revoked =
        found(ask).flatMap(key -> keys.revoke(key.id())).orElseThrow(() -> unknown(ask));
    LOG.info("key {} revoked", revoked.id());
    return Answer.of(200, views.key(revoked));
  }

  private Answer pin(Ask ask) {
    Keys.Key key = found(ask).orElseThrow(() -> unknown(ask));
    if (!ask.body().has("pin")) {
      throw Problem.badRequest("Say what to change: 'pin' is a commit's id, or null for none.");
    }
    String commit = ask.text("pin").map(named -> commit(ask, key, named)).orElse(null);
    Keys.Key pinned = keys.pin(key.id(), commit).orElseThrow(() -> unknown(ask));
    LOG.info("key {} is pinned to {}", key.id(), commit == null ? "no commit" : commit);
    return Answer.of(200, views.key(pinned));
  }

  private String commit(Ask ask, Keys.Key key, String named) {
    String space = ask.space();
    Commit commit =
        pool.commit(space, named)
            .orElseThrow(
                () -> Problem.badRequest("Space '" + space + "' has no commit '" + named + "'."));
    if (!key.opens(space)) {
      throw Problem.badRequest(
          "The key does not open space '" + space + "': it can be pinned in its own spaces only.");
    }
    return commit.id();
  }

  private Optional<Keys.Key> found(Ask ask) {
    return keys.list().stream()
        .filter(key -> key.id().equals(ask.path("id")) && reaches(ask.caller(), key))
        .findFirst();
  }

  private static Problem unknown(Ask ask) {
    return Problem.notFound("There is no key '" + ask.path("id") + "'.");
  }

  private static boolean reaches(Caller caller, Keys.Key key) {
    return key.spaces().stream().allMatch(caller::enters);
  }

  private void requireWithinReach(Caller caller, String space) {
    if (space.equals(Keys.ALL_SPACES)) {
      if (!caller.enters(space)) {
        throw new Problem(
            403, "Not allowed", "Your key is not bound to all spaces: name some of its own.");
      }
    } else if (spaces.space(space).isEmpty() || !caller.enters(space)) {
      throw Problem.badRequest(
          "There is no space '" + space + "'. POST /api/v1/spaces {\"name\": …} makes one.");
    }
  }

  private Keys.Key key(String name, Role role, Set<String> bound) {
    try {
      Instant now = Instant.ofEpochMilli(clock.millis());
      return new Keys.Key(ids.next(), name.strip(), role, bound, now, null, null, null);
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest(String.valueOf(e.getMessage()));
    }
  }
}
