package dev.hone.lab.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Reads questions from JSON Lines, gzipped when the name ends in {@code .gz}: {@code question},
 * with {@code choices} and {@code answer} (the index of the right one), or with {@code
 * answer_text}; {@code id}, {@code split} and {@code subject} if there are. A question without id
 * is called after its line.
 */
public final class QuestionFile {

  private static final ObjectMapper JSON = new ObjectMapper();

  private QuestionFile() {}

  /**
   * Reads a file.
   *
   * @throws BadData if it is not there, or a line is not a question
   */
  public static List<Question> read(Path file) {
    try (InputStream raw = Files.newInputStream(file);
        InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw) {
      return read(in, file.toString());
    } catch (NoSuchFileException e) {
      throw new BadData("There is no file " + file + ".");
    } catch (IOException e) {
      throw new BadData(file + " cannot be read: " + e.getMessage() + ".");
    }
  }

  /** Reads a bundled file. */
  public static List<Question> bundled(String name) {
    try (InputStream in = QuestionFile.class.getResourceAsStream("/demo/" + name)) {
      if (in == null) {
        throw new BadData("This build holds no " + name + ".");
      }
      return read(in, name);
    } catch (IOException e) {
      throw new BadData(name + " cannot be read: " + e.getMessage() + ".");
    }
  }

  private static List<Question> read(InputStream in, String name) throws IOException {
    List<Question> questions = new ArrayList<>();
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    int number = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      if (!line.isBlank()) {
        questions.add(question(line, number, name));
      }
    }
    return questions;
  }

  private static Question question(String line, int number, String name) {
    String where = name + ", line " + number;
    JsonNode node;
    try {
      node = JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new BadData(where + " is not JSON: " + e.getOriginalMessage() + ".");
    }
    if (!node.path("question").isTextual()) {
      throw new BadData(where + " has no text 'question'.");
    }
    List<String> choices = new ArrayList<>();
    node.path("choices").forEach(choice -> choices.add(choice.asText()));
    String answer = node.path("answer_text").asText("");
    if (node.path("answer").isInt()) {
      int index = node.path("answer").asInt();
      if (index < 0 || index >= choices.size()) {
        throw new BadData(where + ": 'answer' is not the index of a choice.");
      }
      answer = choices.get(index);
    }
    return new Question(
        node.path("id").asText("line-" + number),
        node.path("split").asText(""),
        node.path("subject").asText(""),
        node.path("question").asText(),
        choices,
        answer);
  }
}
