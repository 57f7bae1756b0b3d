package dev.hone.lab.explore;

import dev.hone.lab.data.Choice;
import dev.hone.lab.data.Question;
import dev.hone.lab.environment.Situation;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A situation as a model is asked about it: the observation, and the actions that it may take, with
 * letters as long as these reach.
 *
 * @param observation what the agent sees
 * @param actions those of the situation that are allowed; empty when any text is an action
 */
record Offer(String observation, List<String> actions) {

  private static final int LETTERS = 8;
  private static final Pattern CONFIDENCE = Pattern.compile("(?im)^\\W*confidence\\W.*$");

  static Offer of(Situation situation, AllowList allowed) {
    return new Offer(
        situation.observation(), situation.actions().stream().filter(allowed::allows).toList());
  }

  private boolean lettered() {
    return actions.size() <= LETTERS;
  }

  /** What the model is asked. */
  String prompt() {
    StringBuilder prompt = new StringBuilder(observation);
    for (int i = 0; i < actions.size(); i++) {
      prompt.append('\n').append(label(i)).append(actions.get(i));
    }
    return prompt.toString();
  }

  /** An action as the model would name it. */
  String named(String action) {
    return actions.contains(action) ? label(actions.indexOf(action)) + action : action;
  }

  private String label(int index) {
    return lettered() ? (char) ('A' + index) + ") " : "- ";
  }

  /**
   * The action that a model named: by its letter or in words. What names none of those offered is
   * taken as it stands.
   */
  String action(String said) {
    String words = CONFIDENCE.matcher(said).replaceAll("").strip();
    if (actions.isEmpty()) {
      return words;
    }
    return whole(words).or(() -> byLetter(words)).or(() -> mentioned(words)).orElse(words);
  }

  private Optional<String> whole(String words) {
    return actions.stream().filter(action -> action.equalsIgnoreCase(words)).findFirst();
  }

  private Optional<String> byLetter(String words) {
    int index = lettered() ? Choice.of(words, actions) : -1;
    return index < 0 ? Optional.empty() : Optional.of(actions.get(index));
  }

  /** The only action that is mentioned, but for those that are part of its name. */
  private Optional<String> mentioned(String words) {
    String said = " " + Question.normal(words) + " ";
    List<String> found =
        actions.stream()
            .filter(action -> !Question.normal(action).isEmpty())
            .filter(action -> said.contains(" " + Question.normal(action) + " "))
            .toList();
    List<String> longest =
        found.stream()
            .filter(
                action ->
                    found.stream()
                        .noneMatch(
                            other ->
                                !other.equals(action)
                                    && Question.normal(other).contains(Question.normal(action))))
            .toList();
    return longest.size() == 1 ? Optional.of(longest.getFirst()) : Optional.empty();
  }
}
