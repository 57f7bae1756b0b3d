package dev.hone.http.exchange;

import dev.hone.port.Keys.Role;
import io.helidon.webserver.http.Handler;
import java.util.List;
import java.util.Optional;

/**
 * Something that can be asked over HTTP. Services declare theirs; nothing else is routed, so that
 * none is without a role.
 *
 * @param method the HTTP method, {@link #ANY} for all of them
 * @param path from the root, with parameters in braces ({@code /api/v1/commits/{id}}); a final
 *     {@code *} stands for any rest
 * @param role the least role that may; absent when anybody may, without a key
 * @param handler answers
 */
public record Operation(String method, String path, Optional<Role> role, Handler handler) {

  /** All methods. */
  public static final String ANY = "*";

  /** What the holders of keys may ask whose role is at least this one. */
  public static Operation of(Role role, String method, String path, Handler handler) {
    return new Operation(method, path, Optional.of(role), handler);
  }

  /** What anybody may ask. */
  public static Operation open(String method, String path, Handler handler) {
    return new Operation(method, path, Optional.empty(), handler);
  }

  /** What declares operations. */
  @FunctionalInterface
  public interface Service {

    /** Asked for in this order: the first that fits answers. */
    List<Operation> operations();
  }
}
