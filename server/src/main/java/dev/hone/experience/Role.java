package dev.hone.experience;

/** Who said or did something. Decides what a span may be evidence for. */
public enum Role {
  /** Instructions of the application's author. */
  SYSTEM,
  /** The person, or the program acting for one, who asks. */
  USER,
  /** The model. Alone it is never evidence for a fact. */
  ASSISTANT,
  /** A tool's result. */
  TOOL,
  /** An observation or reward of the world the model acts in. */
  ENVIRONMENT,
  /** A word said about the answer afterwards: a correction, a comment, a reward. */
  OUTCOME
}
