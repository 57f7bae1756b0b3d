package dev.hone.http.exchange;

import dev.hone.Secret;
import dev.hone.experience.Digest;
import dev.hone.port.Keys;
import dev.hone.port.Keys.Role;
import io.helidon.webserver.http.ServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells who asks, and lets in who may. As long as no key was ever made, whoever reaches Hone may do
 * everything, and is known by a keyed hash of the {@code Authorization} header. From the first key
 * on, one is needed: as bearer token or in {@code x-api-key}. What is shown is never kept.
 */
public final class Authentication {

  private static final String ANONYMOUS = "anonymous";
  private static final String BEARER = "bearer ";

  /** The headers in which a key can be shown; none of them goes to a model. */
  public static final Set<String> HEADERS = Set.of("authorization", "x-api-key");

  private final Secret secret;
  private final Keys keys;

  public Authentication(Secret secret, Keys keys) {
    this.secret = secret;
    this.keys = keys;
  }

  /** What the local administrator shows in place of a key. */
  public String administrator() {
    return secret.administrator();
  }

  /** Whether there is no key yet, and none is needed. */
  public boolean open() {
    return !keys.any();
  }

  /**
   * Who asks, if they may do what needs this role.
   *
   * @throws Problem 401 without a valid key where one is needed, 403 if its role is too small
   */
  public Caller admit(ServerRequest request, Role needed) {
    return caller(request).as(needed);
  }

  /**
   * Who asks; recognised once for each request.
   *
   * @throws Problem 401 without a valid key where one is needed
   */
  public Caller caller(ServerRequest request) {
    return request
        .context()
        .get(Caller.class)
        .orElseGet(
            () -> {
              Caller caller = recognised(request);
              request.context().register(caller);
              return caller;
            });
  }

  private Caller recognised(ServerRequest request) {
    String authorization = Exchange.header(request, "authorization");
    String shown = shown(authorization, Exchange.header(request, "x-api-key"));
    if (shown != null && equal(shown, administrator())) {
      return Caller.local();
    }
    if (open()) {
      return Caller.open(
          authorization == null || authorization.isBlank()
              ? ANONYMOUS
              : secret.principal(authorization.strip()));
    }
    return Optional.ofNullable(shown)
        .flatMap(key -> keys.held(Digest.of(key)))
        .map(Caller::holding)
        .orElseThrow(() -> refusal(shown != null));
  }

  private static @Nullable String shown(@Nullable String authorization, @Nullable String apiKey) {
    if (authorization == null || authorization.isBlank()) {
      return apiKey == null || apiKey.isBlank() ? null : apiKey.strip();
    }
    String value = authorization.strip();
    return value.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? value.substring(BEARER.length()).strip()
        : null;
  }

  private static boolean equal(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  private static Problem refusal(boolean shown) {
    return new Problem(
            401,
            "Invalid API key",
            (shown ? "The API key shown is unknown or revoked." : "This Hone needs an API key.")
                + " Send 'Authorization: Bearer hone_…'; 'hone keys create' makes a key.")
        .header("WWW-Authenticate", "Bearer");
  }
}
