package dev.hone.http.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.experience.Outcome;
import dev.hone.http.exchange.Exchange;
import dev.hone.http.exchange.Schema;
import dev.hone.http.exchange.Struct;
import dev.hone.port.Ids;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads outcomes from request bodies. */
final class Outcomes {

  /** What may be said of an outcome. */
  static final Struct SHAPE =
      Struct.of()
          .optional("correction", Schema.text(), "The answer that would have been right.")
          .optional("reward", Schema.measure(), "Short for the metric 'reward' and its value.")
          .optional("metric", Schema.text(1, 256), "What is measured; 'correct' unless said.")
          .optional("metric_name", Schema.text(1, 256), "The same as metric.")
          .optional("value", Schema.measure(), "The measure.")
          .optional("comment", Schema.text(), "Anything else.");

  private Outcomes() {}

  /**
   * The outcome that a body tells of, if any: {@code metric} and {@code value} (or {@code reward}
   * for short), {@code correction}, {@code comment}.
   */
  static List<Outcome> read(
      JsonNode body, String interaction, String principal, Ids ids, InstantSource clock) {
    Double reward = value(body, "reward");
    Double value = reward != null ? reward : value(body, "value");
    String metric =
        Exchange.text(body, "metric")
            .or(() -> Exchange.text(body, "metric_name"))
            .orElse(reward != null ? "reward" : "correct");
    @Nullable String correction =
        Exchange.text(body, "correction").filter(text -> !text.isBlank()).orElse(null);
    @Nullable String comment =
        Exchange.text(body, "comment").filter(text -> !text.isBlank()).orElse(null);
    if (value == null && correction == null && comment == null) {
      return List.of();
    }
    return List.of(
        new Outcome(
            ids.next(),
            interaction,
            metric,
            value,
            correction,
            comment,
            principal,
            clock.instant()));
  }

  private static @Nullable Double value(JsonNode body, String field) {
    JsonNode value = body.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (value.isBoolean()) {
      return value.asBoolean() ? 1.0 : 0.0;
    }
    return value.asDouble();
  }
}
