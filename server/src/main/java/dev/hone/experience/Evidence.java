package dev.hone.experience;

/**
 * A verbatim span of a captured interaction on which an item rests.
 *
 * @param interaction where it stands
 * @param role who said it
 * @param quote the span, word for word
 * @param principal who is answerable for the interaction or the outcome
 */
public record Evidence(String interaction, Role role, String quote, String principal) {

  public Evidence {
    if (quote.isBlank()) {
      throw new IllegalArgumentException("evidence quotes something");
    }
  }
}
