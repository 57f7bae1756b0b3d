package dev.hone.frontend.redact;

import dev.hone.experience.Episode;
import dev.hone.port.Distiller;
import dev.hone.port.Secrets;

/**
 * Takes the secrets out of an episode before it is distilled, so that no lesson, quote, prompt or
 * answer of a learning model can hold one. The journal keeps what was said.
 */
public final class RedactingDistiller implements Distiller {

  private final Distiller distiller;
  private final Secrets secrets;

  public RedactingDistiller(Distiller distiller, Secrets secrets) {
    this.distiller = distiller;
    this.secrets = secrets;
  }

  @Override
  public Distillation distill(Episode episode) {
    return distiller.distill(new Redaction(secrets).of(episode));
  }
}
