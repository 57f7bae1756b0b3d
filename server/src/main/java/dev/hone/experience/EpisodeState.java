package dev.hone.experience;

/** Where an episode stands on its way to experience. */
public enum EpisodeState {
  /** Still gathers interactions. */
  OPEN,
  /** Waits to be distilled. */
  CLOSED,
  /** Distilled and stored; what came of it may be nothing. */
  LEARNED,
  /** Cannot be distilled without a person's help; kept with its error. */
  FAILED
}
