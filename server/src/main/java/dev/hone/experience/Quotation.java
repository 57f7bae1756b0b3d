package dev.hone.experience;

import java.util.List;
import java.util.stream.Stream;

/** Whether a quote stands where it is said to stand, but for white space. */
public final class Quotation {

  private Quotation() {}

  /** Whether the interaction has these words, said in that role. */
  public static boolean stands(Interaction interaction, Evidence evidence) {
    String quote = folded(evidence.quote());
    return said(interaction, evidence.role()).anyMatch(text -> folded(text).contains(quote));
  }

  /**
   * Whether the interaction has these words but for secrets, in place of which the quote has
   * placeholders.
   */
  public static boolean standsRedacted(Interaction interaction, Evidence evidence) {
    List<String> pieces = Placeholder.around(folded(evidence.quote()));
    return said(interaction, evidence.role()).anyMatch(text -> inOrder(folded(text), pieces));
  }

  private static boolean inOrder(String text, List<String> pieces) {
    int from = 0;
    for (String piece : pieces) {
      int found = text.indexOf(piece.strip(), from);
      if (found < 0) {
        return false;
      }
      from = found + piece.strip().length();
    }
    return true;
  }

  /** What was said in a role. */
  public static Stream<String> said(Interaction interaction, Role role) {
    return role == Role.OUTCOME
        ? interaction.outcomes().stream().flatMap(outcome -> outcome.words().stream())
        : Stream.concat(interaction.messages().stream(), Stream.ofNullable(interaction.answer()))
            .filter(message -> message.role() == role)
            .map(Message::text);
  }

  private static String folded(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }
}
