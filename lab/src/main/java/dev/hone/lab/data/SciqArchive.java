package dev.hone.lab.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * SciQ as its authors publish it (Welbl et al. 2017): {@code train.json}, {@code valid.json} and
 * {@code test.json}, each a list of {@code question}, {@code distractor1} to {@code distractor3},
 * {@code correct_answer} and {@code support}. As a folder, or as their {@code SciQ.zip}.
 *
 * <p>Questions of train and valid are open ones, those of test multiple choice, with the choices in
 * an order that depends on the id alone.
 */
final class SciqArchive {

  private static final Pattern FILE = Pattern.compile("(?:.*/)?(train|valid|test)\\.json");
  private static final List<String> CHOICES =
      List.of("correct_answer", "distractor1", "distractor2", "distractor3");

  private SciqArchive() {}

  /** Whether a file of this name is one of its files. */
  static boolean holds(String name) {
    return FILE.matcher(name).matches();
  }

  /**
   * Reads all splits; ids are {@code sciq/SPLIT/NUMBER}, from 0.
   *
   * @throws BadData if it is not there, or an entry is not a question
   */
  static List<Question> read(Path place) {
    List<Question> questions = new ArrayList<>();
    Packed.each(
        place,
        (name, content) -> {
          Matcher file = FILE.matcher(name);
          if (file.matches()) {
            read(file.group(1), place + ": " + name, content, questions);
          }
        });
    if (questions.isEmpty()) {
      throw new BadData(
          place
              + " holds no train.json, valid.json or test.json: it is not SciQ. 'hone lab data get"
              + " sciq' downloads it.");
    }
    return questions;
  }

  private static void read(
      String split, String where, InputStream content, List<Question> questions)
      throws IOException {
    JsonNode entries;
    try {
      entries = new ObjectMapper().readTree(content.readAllBytes());
    } catch (JsonProcessingException e) {
      throw new BadData(where + " is not JSON: " + e.getOriginalMessage() + ".");
    }
    if (!entries.isArray()) {
      throw new BadData(where + " is not a list of questions.");
    }
    int number = 0;
    for (JsonNode entry : entries) {
      questions.add(question(split, number, entry, where + ", entry " + number));
      number++;
    }
  }

  private static Question question(String split, int number, JsonNode entry, String where) {
    String text = text(entry, "question", where);
    String answer = text(entry, "correct_answer", where);
    String id = "sciq/" + split + "/" + number;
    if (!split.equals("test")) {
      return new Question(id, split, "", text, List.of(), answer);
    }
    List<String> choices =
        IntStream.range(0, CHOICES.size())
            .boxed()
            .sorted(Comparator.comparing(choice -> place(id, choice)))
            .map(choice -> text(entry, CHOICES.get(choice), where))
            .toList();
    return new Question(id, split, "", text, choices, answer);
  }

  private static String text(JsonNode entry, String field, String where) {
    JsonNode value = entry.path(field);
    if (!value.isTextual()) {
      throw new BadData(where + " has no text '" + field + "'.");
    }
    return value.asText();
  }

  /** Where a choice stands among the others: the digest of the id and the choice's number. */
  private static String place(String id, int choice) {
    return Sha256.of((id + "\0" + choice).getBytes(StandardCharsets.UTF_8));
  }
}
