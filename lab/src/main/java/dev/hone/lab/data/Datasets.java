package dev.hone.lab.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The data sets there are. */
public final class Datasets {

  private static final String TEST = "test";
  private static final String HINT =
      "The names are bundled, sciq and mmlu; a file holds JSON Lines of questions, gzipped when its"
          + " name ends in .gz.";

  private final Optional<Path> folder;

  /**
   * @param folder where the files of named data sets are; empty when nobody said
   */
  public Datasets(Optional<Path> folder) {
    this.folder = folder;
  }

  /**
   * The data set of this name, or the questions of this file.
   *
   * @throws BadData if there is none
   */
  public Dataset named(String name) {
    return switch (name) {
      case "bundled" -> bundled();
      case "sciq" -> sciq();
      case "mmlu" -> mmlu();
      default -> file(name);
    };
  }

  private static Dataset bundled() {
    return new GivenSplit(
        "bundled",
        "the support desk of an invented product, bundled with Hone (Apache-2.0)",
        QuestionFile.bundled("train.jsonl"),
        QuestionFile.bundled("test.jsonl"));
  }

  private Dataset sciq() {
    Optional<List<Question>> published = published("sciq", "sciq_open.jsonl.gz");
    if (published.isPresent()) {
      return new GivenSplit(
          "sciq",
          "SciQ (Welbl, Liu and Gardner 2017), CC BY-NC 3.0, as published: train and valid lived"
              + " through, test asked",
          published.get().stream().filter(question -> !isTest(question)).toList(),
          published.get().stream().filter(Datasets::isTest).toList());
    }
    Path open = file("sciq", "sciq_open.jsonl.gz");
    Path asked = file("sciq", "sciq_mc_test.jsonl.gz");
    return new GivenSplit(
        "sciq",
        "SciQ (Welbl, Liu and Gardner 2017), CC BY-NC 3.0: train and valid lived through, test"
            + " asked",
        QuestionFile.read(open).stream().filter(question -> !isTest(question)).toList(),
        QuestionFile.read(asked));
  }

  private Dataset mmlu() {
    return new SeededSplit(
        "mmlu",
        "MMLU (Hendrycks et al. 2021), MIT: of its test questions 80 % of each subject lived"
            + " through, 20 % asked",
        published("mmlu", "mmlu.jsonl.gz")
            .orElseGet(() -> QuestionFile.read(file("mmlu", "mmlu.jsonl.gz")))
            .stream()
            .filter(Datasets::isTest)
            .toList());
  }

  private static Dataset file(String name) {
    Path file = Path.of(name);
    if (!Files.isRegularFile(file)) {
      throw new BadData("There is neither a data set nor a file '" + name + "'. " + HINT);
    }
    List<Question> questions = named(QuestionFile.read(file));
    String title = String.valueOf(file.getFileName());
    if (questions.stream().noneMatch(Datasets::isTest)) {
      return new SeededSplit(
          title, "a file of questions: 80 % of each topic lived through, 20 % asked", questions);
    }
    return new GivenSplit(
        title,
        "a file of questions: those of the split test asked, the others lived through",
        questions.stream().filter(question -> !isTest(question)).toList(),
        questions.stream().filter(Datasets::isTest).toList());
  }

  private static List<Question> named(List<Question> questions) {
    if (questions.isEmpty()) {
      throw new BadData("The file holds no question. " + HINT);
    }
    return questions;
  }

  private static boolean isTest(Question question) {
    return question.split().equals(TEST);
  }

  /** What the authors published, if it is here and our own file is not. */
  private Optional<List<Question>> published(String dataset, String own) {
    return folder
        .filter(here -> !Files.isRegularFile(here.resolve(own)))
        .flatMap(here -> new Archives(here).questions(Source.named(dataset)));
  }

  private Path file(String dataset, String file) {
    Path found =
        folder
            .orElseThrow(
                () ->
                    new BadData(
                        "Data set '"
                            + dataset
                            + "' is not bundled: name the folder that holds "
                            + file
                            + " with --data DIR, or download it: hone lab data get "
                            + dataset
                            + " --data DIR."))
            .resolve(file);
    if (!Files.isRegularFile(found)) {
      throw new BadData(
          "There is no "
              + file
              + " in "
              + found.getParent()
              + ", which data set '"
              + dataset
              + "' needs. Name the folder that holds it with --data DIR, or download it: hone lab"
              + " data get "
              + dataset
              + " --data DIR; --dataset bundled needs none.");
    }
    return found;
  }
}
