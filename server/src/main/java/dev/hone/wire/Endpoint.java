package dev.hone.wire;

/** The endpoints of the OpenAI protocol that take a request for a model. */
public enum Endpoint {
  /** Chat completions. */
  CHAT("/v1/chat/completions"),
  /** Responses, which may be stateful. */
  RESPONSES("/v1/responses"),
  /** The legacy text completions. */
  COMPLETIONS("/v1/completions"),
  /** Embeddings, whose answers hold no text. */
  EMBEDDINGS("/v1/embeddings"),
  /** Any other, of which only what all have in common is known. */
  OTHER("");

  private final String path;

  Endpoint(String path) {
    this.path = path;
  }

  /** The endpoint at a path without its query. */
  public static Endpoint at(String path) {
    for (Endpoint endpoint : values()) {
      if (endpoint.path.equals(path)) {
        return endpoint;
      }
    }
    return OTHER;
  }

  /** Whether its answers hold something that a model says. */
  public boolean answersInWords() {
    return this == CHAT || this == RESPONSES || this == COMPLETIONS;
  }
}
