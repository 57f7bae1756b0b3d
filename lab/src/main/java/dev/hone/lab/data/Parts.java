package dev.hone.lab.data;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The two parts of a data set, each of distinct ids. What is asked is never lived through: a
 * question is the same when its words and its choices are, in whatever order; an open question is
 * the same as a multiple-choice question of the same words.
 *
 * @param lived questions lived through, in this order
 * @param asked questions asked
 */
public record Parts(List<Question> lived, List<Question> asked) {

  private static final int LIVED_PER_ASKED = 10;

  public Parts {
    asked = asked.stream().filter(question -> !question.answer().isBlank()).toList();
    distinct(asked);
    distinct(lived);
    Set<String> known = new HashSet<>();
    for (Question question : asked) {
      known.add(question.normal());
      known.add(whole(question));
    }
    lived =
        lived.stream()
            .filter(question -> !question.answer().isBlank())
            .filter(question -> !known.contains(whole(question)))
            .toList();
  }

  private static void distinct(List<Question> questions) {
    Set<String> ids = new HashSet<>();
    for (Question question : questions) {
      if (!ids.add(question.id())) {
        throw new BadData(
            "Two questions have the id '"
                + question.id()
                + "': give each its own, or leave ids out.");
      }
    }
  }

  /** At most so many of those asked, and ten times as many lived through. */
  public Parts limited(int most) {
    return new Parts(
        lived.stream().limit((long) LIVED_PER_ASKED * most).toList(),
        asked.stream().limit(most).toList());
  }

  /** Tells other questions, and another order, apart. */
  public String fingerprint() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      Stream.of(lived, asked)
          .flatMap(List::stream)
          .map(question -> question.id() + '\0' + question.prompt() + '\0' + question.answer())
          .forEach(each -> digest.update((each + '\n').getBytes(StandardCharsets.UTF_8)));
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String whole(Question question) {
    if (question.choices().isEmpty()) {
      return question.normal();
    }
    List<String> choices = question.choices().stream().map(Question::normal).sorted().toList();
    return question.normal() + '\n' + String.join("\n", choices);
  }
}
