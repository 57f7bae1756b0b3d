package dev.hone.frontend.distill;

import dev.hone.experience.Draft;
import dev.hone.experience.Episode;
import dev.hone.experience.Evidence;
import dev.hone.experience.Kind;
import dev.hone.experience.Message;
import dev.hone.experience.Part;
import dev.hone.experience.Role;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a tool or an environment says may be a stranger's words. A lesson that rests on nothing else
 * cannot tell an agent which tools to call: it may be no procedure, name no tool that the episode
 * called, and not speak of calling one, or what is named as programs name things. This is a rule
 * about words: a call that is paraphrased, or named in a language other than English, is not
 * recognised.
 */
final class Taint {

  private static final Pattern CALLING =
      Pattern.compile(
          "\\b(?:call|invoke|run|execute|use|trigger)\\b[^.!?]{0,60}"
              + "\\b(?:tool|function|command|api|endpoint|script|action)s?\\b",
          Pattern.CASE_INSENSITIVE);
  private static final String USING =
      "(?i:(?:call|invok|runn?|execut|us|trigger)(?:e|es|s|ing)? (?:the )?)\\W?";
  private static final Pattern CODE_NAME =
      Pattern.compile("\\b" + USING + "\\p{L}\\w*(?:_\\w|\\p{Ll}\\p{Lu}|\\()");

  private Taint() {}

  /** Why the lesson may not be, if so. */
  static Optional<String> in(Episode episode, Draft draft) {
    if (draft.evidence().stream().map(Evidence::role).anyMatch(Taint::trusted)
        || draft.evidence().stream().allMatch(each -> each.role() == Role.ASSISTANT)) {
      return Optional.empty();
    }
    if (draft.lesson().kind() == Kind.PROCEDURE) {
      return Optional.of("a procedure that rests on what tools said alone");
    }
    String text = draft.lesson().text().toLowerCase(Locale.ROOT);
    boolean steers =
        CALLING.matcher(text).find()
            || CODE_NAME.matcher(draft.lesson().text()).find()
            || tools(episode).stream().anyMatch(name -> named(name).matcher(text).find());
    return steers
        ? Optional.of("tells which tools to call, and rests on what tools said alone")
        : Optional.empty();
  }

  private static boolean trusted(Role role) {
    return switch (role) {
      case SYSTEM, USER, OUTCOME -> true;
      case ASSISTANT, TOOL, ENVIRONMENT -> false;
    };
  }

  /** How a text names a tool; where the name is a common word, as something to be called. */
  private static Pattern named(String tool) {
    String name = Pattern.quote(tool);
    boolean common = tool.codePoints().allMatch(Character::isLetter);
    return Pattern.compile(
        common
            ? "\\b" + USING + name + "\\b|\\b" + name + "\\("
            : "(?<![\\p{L}\\p{N}_])" + name + "(?![\\p{L}\\p{N}_])");
  }

  /** The names of the tools called, in lower case. */
  private static List<String> tools(Episode episode) {
    return episode.interactions().stream()
        .flatMap(interaction -> interaction.turns().stream())
        .map(Message::parts)
        .flatMap(List::stream)
        .filter(Part.ToolCall.class::isInstance)
        .map(part -> ((Part.ToolCall) part).name().toLowerCase(Locale.ROOT))
        .filter(name -> !name.isBlank())
        .distinct()
        .toList();
  }
}
