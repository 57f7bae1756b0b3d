package dev.hone.frontend.distill;

import dev.hone.experience.Episode;
import dev.hone.port.Distiller;
import dev.hone.port.Spaces;

/** Distills as the episode's space wants it. */
public final class DistillerOfSpace implements Distiller {

  private final Spaces spaces;
  private final Distiller distilling;
  private final Distiller recording;

  public DistillerOfSpace(Spaces spaces, Distiller distilling, Distiller recording) {
    this.spaces = spaces;
    this.distilling = distilling;
    this.recording = recording;
  }

  @Override
  public Distillation distill(Episode episode) {
    Spaces.LearningMode mode =
        spaces.space(episode.space()).map(Spaces.Space::learning).orElse(Spaces.LearningMode.OFF);
    return switch (mode) {
      case DISTILL -> distilling.distill(episode);
      case RAW -> recording.distill(episode);
      case OFF -> new Distillation.Nothing("learning is off in space " + episode.space());
    };
  }
}
