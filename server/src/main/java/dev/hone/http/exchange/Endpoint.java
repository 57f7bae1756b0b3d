package dev.hone.http.exchange;

/** An operation and what carries it out. */
public record Endpoint(Operation operation, Handler handler) {

  /** Carries out an operation. */
  @FunctionalInterface
  public interface Handler {

    /**
     * Answers one request, which is as the operation declares.
     *
     * @throws Problem if it cannot be served
     */
    Answer answer(Ask ask);
  }
}
