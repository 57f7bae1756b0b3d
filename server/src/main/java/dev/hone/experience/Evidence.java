package dev.hone.experience;

/**
 * A verbatim span of a captured interaction on which an item rests, or what a person wrote in an
 * edit.
 *
 * @param interaction where it stands; {@code edit/ITEM/VERSION} for what a person wrote
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

  /** Whether a person wrote it in an edit. */
  public boolean isEdit() {
    return interaction.startsWith("edit/");
  }
}
