package dev.hone.experience;

import org.jspecify.annotations.Nullable;

/**
 * What became of a draft, and why; or of an item that made room for one.
 *
 * @param made what was decided
 * @param experience the item decided about; absent when the draft was turned down before admission,
 *     and of an item that the episode's principal may not see
 * @param title the draft's, or the item's; empty where none is known or may be told
 * @param reason why
 */
public record Decision(Made made, @Nullable String experience, String title, String reason) {

  /** The decisions there are, as in {@link Admission}. */
  public enum Made {
    ADD_NEW,
    REINFORCE,
    REVISE,
    DISCARD
  }

  /** What admission decided about a draft of this title. */
  public static Decision of(Admission admission, String title) {
    Made made =
        switch (admission) {
          case Admission.AddNew ignored -> Made.ADD_NEW;
          case Admission.Reinforce ignored -> Made.REINFORCE;
          case Admission.Revise ignored -> Made.REVISE;
          case Admission.Discard ignored -> Made.DISCARD;
        };
    return new Decision(made, admission.experience(), title, admission.reason());
  }

  /** A draft that was turned down before admission. */
  public static Decision turnedDown(String reason) {
    return new Decision(Made.DISCARD, null, "", reason);
  }
}
