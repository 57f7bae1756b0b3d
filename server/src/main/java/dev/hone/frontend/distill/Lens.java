package dev.hone.frontend.distill;

import dev.hone.experience.Episode;
import dev.hone.experience.Interaction;
import dev.hone.experience.Message;
import dev.hone.experience.Role;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What is to be asked of an episode, going by its outcomes. Each has a prompt of its own. */
enum Lens {
  /** Everything that was judged was good. */
  SUCCESS,
  /** Everything that was judged was bad. */
  FAILURE,
  /** Some was good and some was bad. */
  MIXED,
  /** Several attempts at one task, of which some succeeded and some failed. */
  CONTRAST,
  /** Nobody judged anything. */
  UNJUDGED;

  private static final Pattern WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final double SAME_TASK = 0.5;

  /** The lens for an episode. */
  static Lens of(Episode episode) {
    boolean praised = Judgement.praises(episode.interactions());
    boolean blamed = Judgement.blames(episode.interactions());
    if (praised && blamed) {
      return attempts(episode) ? CONTRAST : MIXED;
    }
    return praised ? SUCCESS : blamed ? FAILURE : UNJUDGED;
  }

  /** The name of its prompt. */
  String prompt() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether a conversation that only succeeded and one that only failed had the same task. */
  private static boolean attempts(Episode episode) {
    List<List<Interaction>> conversations = Judgement.conversations(episode);
    return conversations.stream()
        .filter(each -> Judgement.praises(each) && !Judgement.blames(each))
        .anyMatch(
            good ->
                conversations.stream()
                    .filter(each -> Judgement.blames(each) && !Judgement.praises(each))
                    .anyMatch(bad -> sameTask(task(good), task(bad))));
  }

  /** The words of what a conversation began with. */
  private static Set<String> task(List<Interaction> conversation) {
    return conversation.stream()
        .flatMap(each -> each.messages().stream())
        .filter(message -> message.role() == Role.USER)
        .findFirst()
        .map(Message::text)
        .map(text -> WORDS.splitAsStream(text.toLowerCase(Locale.ROOT)))
        .map(words -> words.filter(word -> !word.isEmpty()).collect(Collectors.toSet()))
        .orElse(Set.of());
  }

  /** At least half of all words are in both, and every word with a digit. */
  private static boolean sameTask(Set<String> one, Set<String> other) {
    Set<String> both = new HashSet<>(one);
    both.retainAll(other);
    Set<String> all = new HashSet<>(one);
    all.addAll(other);
    return !both.isEmpty()
        && both.size() >= SAME_TASK * all.size()
        && all.stream()
            .filter(word -> word.codePoints().anyMatch(Character::isDigit))
            .allMatch(both::contains);
  }
}
