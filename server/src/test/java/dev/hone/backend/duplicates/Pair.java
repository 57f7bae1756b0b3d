package dev.hone.backend.duplicates;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** A question and its answer. */
record Pair(String question, String answer) {

  private static final Path SCIQ =
      Path.of("..", "..", "shared", "data", "sciq_open.jsonl.gz").toAbsolutePath().normalize();

  /** The training questions of SciQ (Welbl et al. 2017), each pair once. */
  static List<Pair> sciqTraining() throws IOException {
    assumeTrue(Files.exists(SCIQ), "SciQ is not at " + SCIQ);
    List<Pair> pairs = new ArrayList<>();
    ObjectMapper mapper = new ObjectMapper();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(SCIQ)), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode row = mapper.readTree(line);
        if (row.path("split").asText().equals("train")) {
          pairs.add(
              new Pair(
                  row.path("question").asText().strip(), row.path("answer_text").asText().strip()));
        }
      }
    }
    return pairs;
  }
}
