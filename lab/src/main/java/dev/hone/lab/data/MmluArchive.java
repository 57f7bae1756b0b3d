package dev.hone.lab.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * MMLU as its authors publish it (Hendrycks et al. 2021): {@code data/SPLIT/SUBJECT_SPLIT.csv} with
 * the splits dev, val and test, each record a question, four choices and the letter of the right
 * one, no header. As a folder, or as their {@code data.tar}.
 */
final class MmluArchive {

  private static final Pattern FILE = Pattern.compile("(?:.*/)?(dev|val|test)/([a-z_]+)_\\1\\.csv");
  private static final int CHOICES = 4;

  private MmluArchive() {}

  /** Whether a file of this name is one of its files. */
  static boolean holds(String name) {
    return FILE.matcher(name).matches();
  }

  /**
   * Reads all subjects; ids are {@code mmlu/SUBJECT/SPLIT/NUMBER}, from 0.
   *
   * @throws BadData if it is not there, or a record is not a question
   */
  static List<Question> read(Path place) {
    List<Question> questions = new ArrayList<>();
    Packed.each(
        place,
        (name, content) -> {
          Matcher file = FILE.matcher(name);
          if (file.matches()) {
            read(file.group(2), file.group(1), place + ": " + name, content, questions);
          }
        });
    if (questions.isEmpty()) {
      throw new BadData(
          place
              + " holds no file such as data/test/astronomy_test.csv: it is not the archive of"
              + " MMLU. 'hone lab data get mmlu' downloads it.");
    }
    return questions;
  }

  private static void read(
      String subject, String split, String where, InputStream content, List<Question> questions)
      throws IOException {
    try (CSVParser records =
        CSVParser.builder()
            .setReader(new BufferedReader(new InputStreamReader(content, StandardCharsets.UTF_8)))
            .setFormat(CSVFormat.RFC4180)
            .get()) {
      for (CSVRecord record : records) {
        questions.add(
            question(subject, split, record, where + ", record " + record.getRecordNumber()));
      }
    } catch (UncheckedIOException e) {
      throw new BadData(where + " is not CSV: " + String.valueOf(e.getMessage()) + ".");
    }
  }

  private static Question question(String subject, String split, CSVRecord record, String where) {
    if (record.size() != CHOICES + 2) {
      throw new BadData(
          where
              + " has "
              + record.size()
              + " fields; it takes a question, 4 choices and a letter.");
    }
    List<String> choices = new ArrayList<>();
    for (int i = 1; i <= CHOICES; i++) {
      choices.add(record.get(i));
    }
    String letter = record.get(CHOICES + 1).strip();
    int answer = letter.length() == 1 ? letter.charAt(0) - 'A' : -1;
    if (answer < 0 || answer >= CHOICES) {
      throw new BadData(where + ": the answer is '" + letter + "', not a letter from A to D.");
    }
    String id = "mmlu/" + subject + "/" + split + "/" + (record.getRecordNumber() - 1);
    return new Question(id, split, subject, record.get(0), choices, choices.get(answer));
  }
}
