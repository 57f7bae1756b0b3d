package dev.hone.http.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hone.experience.Mode;
import dev.hone.experience.Pin;
import dev.hone.experience.Scope;
import dev.hone.port.Pool;
import dev.hone.port.Spaces;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells who asks, in which space, and for what. */
public final class Callers {

  /** The space of requests that name none. */
  public static final String DEFAULT_SPACE = "default";

  /** Of a request: the commit as of which it sees the pool. Of an answer: the one that it saw. */
  public static final String PIN = "x-hone-pin";

  private static final String HEAD = "head";
  private static final int LONGEST_NAME = 256;

  private final Authentication authentication;
  private final Spaces spaces;
  private final Pool pool;
  private final ObjectMapper json = new ObjectMapper();

  public Callers(Authentication authentication, Spaces spaces, Pool pool) {
    this.authentication = authentication;
    this.spaces = spaces;
    this.pool = pool;
  }

  /**
   * The scope of a request.
   *
   * @param body its JSON body, whose {@code user} and {@code metadata} are read too
   */
  public Scope scope(ServerRequest request, JsonNode body) {
    JsonNode metadata = body.path("metadata");
    JsonNode portkey = portkey(request);
    return new Scope(
        space(request),
        principal(request),
        name(
            field(metadata, "user_id"),
            field(body, "user"),
            Exchange.header(request, "helicone-user-id"),
            field(portkey, "_user")),
        name(
            Exchange.header(request, "x-hone-session"),
            field(metadata, "session_id"),
            field(metadata, "run_id"),
            Exchange.header(request, "helicone-session-id"),
            Exchange.header(request, "x-bf-session-id")),
        name(field(metadata, "agent_id")));
  }

  /**
   * The space of a request. One that the caller may not enter is as one that does not exist. Where
   * the request names none, it is the default one if the caller may enter that, else the only one.
   */
  public String space(ServerRequest request) {
    Caller caller = caller(request);
    String name = name(Exchange.header(request, "x-hone-space"));
    if (name == null) {
      name = Exchange.parameter(request, "space").orElseGet(() -> unnamed(caller));
    }
    if (spaces.space(name).isEmpty() || !caller.enters(name)) {
      throw Problem.notFound(
          "There is no space '" + name + "'. POST /api/v1/spaces {\"name\": …} makes one.");
    }
    return name;
  }

  private static String unnamed(Caller caller) {
    if (caller.enters(DEFAULT_SPACE)) {
      return DEFAULT_SPACE;
    }
    if (caller.spaces().size() > 1) {
      throw Problem.badRequest(
          "Your key opens several spaces: name one in the header x-hone-space.");
    }
    return caller.spaces().iterator().next();
  }

  /** Who asks. */
  public Caller caller(ServerRequest request) {
    return authentication.caller(request);
  }

  /** Who is answerable for a request. */
  public String principal(ServerRequest request) {
    return caller(request).principal();
  }

  /** What is to be done with a request. */
  public Mode mode(ServerRequest request) {
    String name = Exchange.header(request, "x-hone-mode");
    if (name == null || name.isBlank()) {
      return Mode.AUGMENT;
    }
    return Mode.named(name)
        .orElseThrow(
            () ->
                Problem.badRequest(
                    "x-hone-mode is one of off, capture, augment, read; not '" + name + "'."));
  }

  /**
   * The commit as of which the pool is seen: the one that the request names in {@code x-hone-pin},
   * where {@code head} is the newest state; else the one that the caller's key is pinned to, if it
   * is one of this space.
   */
  public Pin pin(ServerRequest request, String space) {
    String named = Exchange.header(request, PIN);
    if (named == null || named.isBlank()) {
      return Optional.ofNullable(caller(request).pin())
          .flatMap(commit -> pool.pin(space, commit))
          .orElse(Pin.NONE);
    }
    String commit = named.strip();
    if (commit.equalsIgnoreCase(HEAD)) {
      return Pin.NONE;
    }
    return pool.pin(space, commit)
        .orElseThrow(
            () ->
                Problem.notFound(
                    "x-hone-pin: space '" + space + "' has no commit '" + commit + "'."));
  }

  private static @Nullable String field(JsonNode object, String name) {
    JsonNode value = object.path(name);
    return value.isTextual() || value.isNumber() ? value.asText() : null;
  }

  private static @Nullable String name(@Nullable String... candidates) {
    for (String candidate : candidates) {
      if (candidate != null && !candidate.isBlank()) {
        String name = candidate.strip();
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
      }
    }
    return null;
  }

  private JsonNode portkey(ServerRequest request) {
    String metadata = Exchange.header(request, "x-portkey-metadata");
    try {
      return metadata == null ? json.createObjectNode() : json.readTree(metadata);
    } catch (IOException e) {
      return json.createObjectNode();
    }
  }

  /** What is wrong with a space's name, which also names a folder. */
  public static Optional<String> problemWithName(String space) {
    return space.matches("[a-z0-9][a-z0-9_-]{0,63}")
        ? Optional.empty()
        : Optional.of(
            "A space's name has 1 to 64 characters a-z, 0-9, - and _, and begins with a letter or"
                + " digit.");
  }
}
