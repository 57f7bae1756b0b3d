package dev.hone.backend.store;

import dev.hone.experience.Digest;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The ids that what comes from elsewhere has in a space: its own, unless another space has them;
 * then ones derived from them, the same each time, and of the same time.
 */
record CarriedIds(Handle handle, String space) {

  private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  String interaction(String id) {
    return own("interaction", id);
  }

  @Nullable String maybe(@Nullable String interaction) {
    return interaction == null ? null : interaction(interaction);
  }

  String episode(String id) {
    return own("episode", id);
  }

  String outcome(String id) {
    return own("outcome", id);
  }

  private String own(String table, String id) {
    boolean foreign =
        handle
            .createQuery(
                "SELECT EXISTS (SELECT 1 FROM " + table + " WHERE id = :id AND space <> :space)")
            .bind("id", id)
            .bind("space", space)
            .mapTo(Boolean.class)
            .one();
    return foreign ? derived(id) : id;
  }

  private String derived(String id) {
    String digest = Digest.of("carried", space, id).value();
    if (!UUID.matcher(id).matches()) {
      return digest.substring(0, 32);
    }
    return id.substring(0, 15)
        + digest.substring(0, 3)
        + "-8"
        + digest.substring(3, 6)
        + "-"
        + digest.substring(6, 18);
  }
}
