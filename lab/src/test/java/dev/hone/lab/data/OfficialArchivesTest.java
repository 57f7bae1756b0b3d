package dev.hone.lab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data sets are read as their authors publish them, packed and unpacked. */
class OfficialArchivesTest {

  private static final Path DATA = Path.of("..", "..", "shared", "data");
  private static final String CSV =
      """
      "Which are ""noble"" gases, by
      the table?",neon,"argon, and krypton",xenon,all of these,D
      What is 2 + 2?,3,4,5,6,B
      """;
  private static final String JSON =
      """
      [{"question":"What has six legs?","distractor1":"spider","distractor2":"snake",\
      "distractor3":"cow","correct_answer":"ant","support":"Ants have six legs."}]
      """;

  @TempDir private Path folder;

  private static List<Question> mmlu(Path folder) {
    return new Archives(folder).questions(Source.named("mmlu")).orElseThrow();
  }

  private static List<Question> sciq(Path folder) {
    return new Archives(folder).questions(Source.named("sciq")).orElseThrow();
  }

  @Test
  void mmluIsReadFromAFolderWithQuotesAndNewlinesInside() throws IOException {
    Path test = Files.createDirectories(folder.resolve("data").resolve("test"));
    Files.writeString(test.resolve("high_school_chemistry_test.csv"), CSV);
    Path dev = Files.createDirectories(folder.resolve("data").resolve("dev"));
    Files.writeString(dev.resolve("astronomy_dev.csv"), "Which star?,Sun,Vega,Mars,Moon,A\n");
    Files.writeString(test.resolve("README.txt"), "not data");

    List<Question> questions = mmlu(folder);

    assertThat(questions)
        .extracting(Question::id)
        .containsExactly(
            "mmlu/astronomy/dev/0",
            "mmlu/high_school_chemistry/test/0",
            "mmlu/high_school_chemistry/test/1");
    Question gases = questions.get(1);
    assertThat(gases.text()).isEqualTo("Which are \"noble\" gases, by\nthe table?");
    assertThat(gases.choices())
        .containsExactly("neon", "argon, and krypton", "xenon", "all of these");
    assertThat(gases.answer()).isEqualTo("all of these");
    assertThat(gases.topic()).isEqualTo("high_school_chemistry");
    assertThat(gases.split()).isEqualTo("test");
  }

  @Test
  void mmluIsReadFromTheTar() throws IOException {
    Path tar = folder.resolve("mmlu.tar");
    try (TarArchiveOutputStream out = new TarArchiveOutputStream(Files.newOutputStream(tar))) {
      put(out, "data/auxiliary_train/race.csv", "x,1,2,3,4,A\n");
      put(out, "data/test/._astronomy_test.csv", "resource fork");
      put(out, "data/test/astronomy_test.csv", CSV);
    }

    assertThat(mmlu(folder))
        .extracting(Question::id)
        .containsExactly("mmlu/astronomy/test/0", "mmlu/astronomy/test/1");
    Files.move(tar, folder.resolve("data.tar"));
    assertThat(mmlu(folder)).hasSize(2);
  }

  private static void put(TarArchiveOutputStream out, String name, String content)
      throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(bytes.length);
    out.putArchiveEntry(entry);
    out.write(bytes);
    out.closeArchiveEntry();
  }

  @Test
  void aRecordThatIsNoQuestionIsNamed() throws IOException {
    Path test = Files.createDirectories(folder.resolve("test"));
    Path file = test.resolve("astronomy_test.csv");
    Files.writeString(file, "What?,1,2,3,4,A\nWhat?,1,2,3,A\n");
    assertThatThrownBy(() -> mmlu(folder))
        .isInstanceOf(BadData.class)
        .hasMessageContaining("test/astronomy_test.csv, record 2 has 5 fields");
    Files.writeString(file, "What?,1,2,3,4,E\n");
    assertThatThrownBy(() -> mmlu(folder)).hasMessageContaining("the answer is 'E', not a letter");
    Files.writeString(file, "\"What?,1,2,3,4,A\n");
    assertThatThrownBy(() -> mmlu(folder)).hasMessageContaining("astronomy_test.csv is not CSV");
  }

  @Test
  void sciqIsReadFromAFolderAndFromTheZip() throws IOException {
    Path unpacked = Files.createDirectories(folder.resolve("a").resolve("SciQ dataset-2 3"));
    Files.writeString(unpacked.resolve("train.json"), JSON);
    Files.writeString(unpacked.resolve("test.json"), JSON);
    List<Question> read = sciq(folder.resolve("a"));
    assertThat(read).extracting(Question::id).containsExactly("sciq/test/0", "sciq/train/0");
    assertThat(read.getFirst().choices())
        .containsExactlyInAnyOrder("ant", "spider", "snake", "cow");
    assertThat(read.getLast().choices()).isEmpty();
    assertThat(read).extracting(Question::answer).containsOnly("ant");

    Path packed = Files.createDirectories(folder.resolve("b")).resolve("SciQ.zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(packed))) {
      for (String name : List.of("SciQ dataset-2 3/test.json", "SciQ dataset-2 3/train.json")) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(JSON.getBytes(StandardCharsets.UTF_8));
      }
    }
    assertThat(sciq(folder.resolve("b"))).isEqualTo(read);
  }

  @Test
  void anArchiveOfOtherFilesThanPublishedIsFound() throws IOException {
    Path packed = folder.resolve("SciQ.zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(packed))) {
      zip.putNextEntry(new ZipEntry("test.json"));
      zip.write(JSON.getBytes(StandardCharsets.UTF_8));
    }
    assertThatThrownBy(() -> Archives.checkMembers(Source.named("sciq"), packed))
        .isInstanceOf(BadData.class)
        .hasMessageContaining("test.json has the SHA-256 ")
        .hasMessageContaining("7340983c427dc2ffd3dccf1adb758b6cdc9455bd22bf3db0ddf6ffcae0452006");
  }

  @Test
  void whereNothingLiesNothingIsFound() {
    assertThat(new Archives(folder).questions(Source.named("mmlu"))).isEqualTo(Optional.empty());
    assertThat(new Archives(folder.resolve("no")).place(Source.named("sciq"))).isEmpty();
    assertThatThrownBy(() -> Source.named("imagenet")).hasMessageContaining("mmlu, sciq");
  }

  /** The questions as published become those of our own file: the same ids, order and answer. */
  @Test
  void sciqAsPublishedMakesTheSameQuestionsAsOurJsonLines() throws IOException {
    Path ours = DATA.resolve("sciq_mc_test.jsonl.gz");
    assumeTrue(Files.exists(ours), "SciQ is not at hand: its licence keeps it out of this project");
    ObjectMapper json = new ObjectMapper();
    ArrayNode published = json.createArrayNode();
    List<JsonNode> expected = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(ours)), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode question = json.readTree(line);
        int number = Integer.parseInt(question.path("id").asText().split("/", -1)[2]);
        while (published.size() < number) {
          published.add(json.readTree(JSON).get(0));
        }
        published.add(published(json, question));
        expected.add(question);
      }
    }
    Files.writeString(folder.resolve("test.json"), published.toString());
    List<Question> read = sciq(folder);
    for (JsonNode question : expected) {
      int number = Integer.parseInt(question.path("id").asText().split("/", -1)[2]);
      assertThat(read.get(number).id()).isEqualTo(question.path("id").asText());
      assertThat(read.get(number).choices())
          .isEqualTo(List.of(json.convertValue(question.path("choices"), String[].class)));
    }
  }

  /** The distractors in one of the orders that they may have had; the answer is told apart. */
  private static ObjectNode published(ObjectMapper json, JsonNode question) {
    String id = question.path("id").asText();
    List<String> fields = List.of("correct_answer", "distractor1", "distractor2", "distractor3");
    List<Integer> order =
        IntStream.range(0, 4)
            .boxed()
            .sorted(
                Comparator.comparing(
                    k -> Sha256.of((id + "\0" + k).getBytes(StandardCharsets.UTF_8))))
            .toList();
    ObjectNode entry = json.createObjectNode().put("question", question.path("question").asText());
    for (int i = 0; i < 4; i++) {
      entry.put(fields.get(order.get(i)), question.path("choices").path(i).asText());
    }
    assertThat(entry.path("correct_answer").asText())
        .isEqualTo(question.path("choices").path(question.path("answer").asInt()).asText());
    return entry;
  }
}
