package dev.hone.http.gateway;

import dev.hone.http.exchange.Operation;
import dev.hone.http.exchange.Schema;
import dev.hone.http.exchange.Struct;
import dev.hone.port.Keys.Role;
import java.util.List;

/**
 * What the {@link Gateway} takes, as told in {@code /openapi.json}; the upstream defines the rest.
 */
final class Passages {

  private static final Struct CHAT =
      Struct.of()
          .required("model", Schema.text(1, 256), "Chooses the upstream.")
          .required(
              "messages",
              Schema.list(
                  Struct.of().required("role", Schema.text(), "").andOthers(),
                  1,
                  Integer.MAX_VALUE),
              "The conversation so far.")
          .optional("stream", Schema.flag(), "Whether to answer with server-sent events.")
          .andOthers();

  static final Operation COMPLETIONS =
      Operation.of(
              "POST",
              "/v1/chat/completions",
              Role.CLIENT,
              "Answers a chat request with experience (OpenAI protocol).")
          .with(Operation.Trait.SCOPED)
          .header("x-hone-session", Schema.text(), "The application's session.")
          .header(
              "x-hone-mode",
              Schema.choice(List.of("off", "capture", "augment", "read")),
              "What Hone does; augment unless said.")
          .header("x-hone-pin", Schema.text(), "A commit: the pool is seen as it was then.")
          .takes(
              CHAT,
              "{\"model\":\"hone-builtin\",\"messages\":[{\"role\":\"user\",\"content\":\"Is it"
                  + " on?\"}]}")
          .answers(200, Struct.of().andOthers());

  static final Operation MODELS =
      Operation.of("GET", "/v1/models", Role.CLIENT, "The models of all upstreams.")
          .answers(200, Struct.of().andOthers());

  static final Operation OTHERS =
      Operation.of(Operation.ANY, "/v1/*", Role.CLIENT, "Passed on to the upstream as it is.")
          .takes(Struct.of().andOthers(), "{}")
          .answers(200, "*/*");

  private Passages() {}
}
