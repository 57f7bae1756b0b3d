package dev.hone.lab.server;

import dev.hone.Logging;
import dev.hone.config.Settings;
import dev.hone.config.SettingsReader;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a Hone of the lab is set to: patient, so that answers are measured on however slow a
 * machine; refined by hand only; and learning only when asked to, with episodes that depend on what
 * was told and in which order, but not on when, so that a run can be repeated.
 */
public final class LabSettings {

  private static final String NEVER = "3650d";
  private static final Map<String, String> SETTINGS =
      Map.ofEntries(
          Map.entry("server.port", "0"),
          Map.entry("refine.growth", "0"),
          Map.entry("refine.every", "0s"),
          Map.entry("retrieval.deadline", "5s"),
          Map.entry("capture.deadline", "30s"),
          Map.entry("capture.keep", "0s"),
          Map.entry("episode.idle", NEVER),
          Map.entry("episode.outcome", NEVER),
          Map.entry("episode.closeness", "0"),
          Map.entry("learning.idle", NEVER),
          Map.entry("learning.overdue", NEVER),
          Map.entry("alarm.every", "0s"),
          Map.entry("outcome.every", "0s"),
          Map.entry("outcome.dropout", "0"),
          Map.entry("api.replay", NEVER),
          Map.entry("api.stall", "1h"),
          Map.entry("log.requests", "false"));

  /**
   * All that is read of the environment: a run must not depend on what its folder does not tell.
   */
  private static final Map<String, String> KEYS =
      Map.of("HONE_UPSTREAM_KEY", "upstream.key", "HONE_LEARNING_KEY", "learning.key");

  private LabSettings() {}

  /**
   * The settings.
   *
   * @param data the data folder
   * @param model who answers and distills, unless it is the built-in model
   * @param own what an experiment sets besides
   */
  public static Settings of(Path data, Optional<RemoteModel> model, Map<String, String> own) {
    SettingsReader reader = new SettingsReader();
    KEYS.forEach(
        (variable, key) -> {
          String value = System.getenv(variable);
          if (value != null) {
            reader.set(key, value);
          }
        });
    SETTINGS.forEach(reader::set);
    reader.set("server.data", data.toString());
    model.ifPresent(
        remote -> {
          reader.set("upstream.url", remote.url());
          reader.set("learning.url", remote.url());
          reader.set("learning.model", remote.name());
        });
    own.forEach(reader::set);
    Settings settings = reader.read();
    Logging.configure(settings.log().format());
    return settings;
  }
}
