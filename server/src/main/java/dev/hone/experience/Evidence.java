package dev.hone.experience;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

  private static final String EDIT = "edit/";
  private static final Pattern VERSION = Pattern.compile(EDIT + "(.+)/(\\d{1,9})");

  public Evidence {
    if (quote.isBlank()) {
      throw new IllegalArgumentException("evidence quotes something");
    }
  }

  /** What a person wrote into a version of an item. */
  public static Evidence ofEdit(String experience, int version, String quote, String principal) {
    return new Evidence(EDIT + experience + "/" + version, Role.OUTCOME, quote.strip(), principal);
  }

  /** Whether a person wrote it in an edit. */
  public boolean isEdit() {
    return interaction.startsWith(EDIT);
  }

  /** A version of an item that a person wrote. */
  public record Edited(String experience, int version) {}

  /** The version that it quotes, if it names one. */
  public Optional<Edited> edited() {
    Matcher named = VERSION.matcher(interaction);
    return named.matches()
        ? Optional.of(new Edited(named.group(1), Integer.parseInt(named.group(2))))
        : Optional.empty();
  }
}
