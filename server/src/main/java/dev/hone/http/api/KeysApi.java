package dev.hone.http.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.experience.Digest;
import dev.hone.http.exchange.Authentication;
import dev.hone.http.exchange.Caller;
import dev.hone.http.exchange.Callers;
import dev.hone.http.exchange.Exchange;
import dev.hone.http.exchange.Operation;
import dev.hone.http.exchange.Problem;
import dev.hone.port.Ids;
import dev.hone.port.Keys;
import dev.hone.port.Keys.Role;
import dev.hone.port.Spaces;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /api/v1/keys}: making, listing and revoking API keys. An administrator sees and makes keys
 * for those spaces only that its own key opens.
 */
public final class KeysApi implements Operation.Service {

  private static final Logger LOG = LoggerFactory.getLogger(KeysApi.class);

  private static final String PREFIX = "hone_";
  private static final int KEY_BYTES = 32;

  private final Exchange exchange;
  private final Authentication authentication;
  private final Keys keys;
  private final Spaces spaces;
  private final Ids ids;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  public KeysApi(
      Exchange exchange,
      Authentication authentication,
      Keys keys,
      Spaces spaces,
      Ids ids,
      InstantSource clock) {
    this.exchange = exchange;
    this.authentication = authentication;
    this.keys = keys;
    this.spaces = spaces;
    this.ids = ids;
    this.clock = clock;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        Operation.of(Role.ADMIN, "GET", "/api/v1/keys", this::list),
        Operation.of(Role.ADMIN, "POST", "/api/v1/keys", this::create),
        Operation.of(Role.ADMIN, "DELETE", "/api/v1/keys/{id}", this::revoke));
  }

  private void list(ServerRequest request, ServerResponse response) {
    Caller caller = authentication.caller(request);
    ObjectNode list = exchange.json().createObjectNode();
    var items = list.putArray("items");
    keys.list().stream().filter(key -> reaches(caller, key)).map(this::view).forEach(items::add);
    exchange.send(response, 200, list);
  }

  /**
   * Takes {@code {"name": …, "role"?: "client" | "curator" | "admin", "spaces"?: […]}}. The answer
   * alone shows the key itself.
   */
  private void create(ServerRequest request, ServerResponse response) {
    JsonNode body = exchange.object(request);
    Caller caller = authentication.caller(request);
    String name =
        Exchange.text(body, "name")
            .orElseThrow(() -> Problem.badRequest("'name' must be a string: what the key is for."));
    Role role = role(Exchange.text(body, "role").orElse(Role.CLIENT.toString()));
    Set<String> bound = spaces(body.path("spaces"), role);
    bound.forEach(space -> requireWithinReach(caller, space));
    Keys.Key key = key(name, role, bound);
    byte[] drawn = new byte[KEY_BYTES];
    random.nextBytes(drawn);
    String shown = PREFIX + HexFormat.of().formatHex(drawn);
    keys.create(key, Digest.of(shown));
    LOG.info("key {} made: role {}, spaces {}", key.id(), role, new TreeSet<>(bound));
    response.header(HeaderNames.CACHE_CONTROL, "no-store");
    exchange.send(response, 201, view(key).put("key", shown));
  }

  private void revoke(ServerRequest request, ServerResponse response) {
    Caller caller = authentication.caller(request);
    String id = Exchange.inPath(request, "id");
    Keys.Key revoked =
        keys.list().stream()
            .filter(key -> key.id().equals(id) && reaches(caller, key))
            .findFirst()
            .flatMap(key -> keys.revoke(key.id()))
            .orElseThrow(() -> Problem.notFound("There is no key '" + id + "'."));
    LOG.info("key {} revoked", revoked.id());
    exchange.send(response, 200, view(revoked));
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
      return new Keys.Key(ids.next(), name.strip(), role, bound, now, null, null);
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest(String.valueOf(e.getMessage()));
    }
  }

  private static Role role(String name) {
    return Role.named(name)
        .orElseThrow(
            () ->
                Problem.badRequest("'role' is one of client, curator, admin; not '" + name + "'."));
  }

  private static Set<String> spaces(JsonNode given, Role role) {
    if (given.isMissingNode() || given.isNull()) {
      return Set.of(role == Role.ADMIN ? Keys.ALL_SPACES : Callers.DEFAULT_SPACE);
    }
    Set<String> names = new LinkedHashSet<>();
    for (JsonNode name : given) {
      names.add(name.isTextual() ? name.asText() : "");
    }
    if (!given.isArray() || names.isEmpty() || names.contains("")) {
      throw Problem.badRequest("'spaces' must be a list of the names of at least one space.");
    }
    return names;
  }

  private ObjectNode view(Keys.Key key) {
    ObjectNode view = exchange.json().createObjectNode();
    view.put("id", key.id());
    view.put("name", key.name());
    view.put("role", key.role().toString());
    var bound = view.putArray("spaces");
    new TreeSet<>(key.spaces()).forEach(bound::add);
    view.put("created", text(key.created()));
    view.put("last_used", text(key.used()));
    view.put("revoked", text(key.revoked()));
    return view;
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }
}
