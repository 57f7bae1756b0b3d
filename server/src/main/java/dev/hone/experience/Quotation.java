package dev.hone.experience;

import java.util.List;

/** Whether a quote stands where it is said to stand, but for white space. */
public final class Quotation {

  private Quotation() {}

  /**
   * Whether the interaction has these words, said in that role, but for secrets, in place of which
   * the quote has placeholders. One whose words were let go is taken to have had them.
   */
  public static boolean stands(Interaction interaction, Evidence evidence) {
    List<String> pieces = Placeholder.around(folded(evidence.quote()));
    return interaction.state() == InteractionState.EXPIRED
        || interaction.said(evidence.role()).stream()
            .anyMatch(text -> inOrder(folded(text), pieces));
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

  private static String folded(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }
}
