package dev.hone.lab.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hone.lab.data.Question;
import dev.hone.lab.server.HoneClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The loop in six steps, each shown as it happens: asked and wrong, corrected, distilled, asked by
 * another client and right, rolled back and wrong again, rolled forward and right.
 */
final class Story {

  private static final String SPACE = "story";

  private final HoneClient ana;
  private final HoneClient ben;
  private final PrintStream out;

  Story(HoneClient client, PrintStream out) {
    this.ana = client.as("ana");
    this.ben = client.as("ben");
    this.out = out;
  }

  private record Plot(Question first, Question second) {}

  /**
   * Tells the story up to the first step that does not come out as it should; returns that step, if
   * there is one.
   */
  Optional<String> tell() {
    ana.post("default", "/api/v1/spaces", ana.object().put("name", SPACE));
    out.println();
    out.println("  One lesson, from a mistake to everybody's use");
    for (Plot plot : plots()) {
      HoneClient.Said said = ana.ask(SPACE, plot.first().prompt(), "augment", "");
      if (!plot.first().answeredBy(said.text())) {
        return tell(plot, said);
      }
    }
    out.println("  The model knew every answer of the story beforehand; there is nothing to show.");
    return Optional.empty();
  }

  private Optional<String> tell(Plot plot, HoneClient.Said wrong) {
    step(1, "Ana asks, and gets it wrong");
    quote(plot.first().prompt());
    answer(wrong, plot.first());

    step(2, "Ana is told the right answer: POST /api/v1/feedback");
    quote("correction: " + plot.first().answer());
    ana.post(
        SPACE,
        "/api/v1/feedback",
        ana.object()
            .put("interaction_id", wrong.interaction())
            .put("correction", plot.first().answer()));
    ana.post(SPACE, "/api/v1/learning/settle", ana.object());

    JsonNode receipt = ana.get(SPACE, "/api/v1/interactions/" + wrong.interaction());
    JsonNode items = receipt.path("learning").path("experiences");
    if (items.isEmpty()) {
      return Optional.of(
          "step 3: nothing was learned: " + receipt.path("learning").path("why").asText());
    }
    JsonNode item = ana.get(SPACE, "/api/v1/experiences/" + items.get(0).asText());
    String commit = ana.head(SPACE);
    step(3, "What came of it: item " + item.path("id").asText() + ", commit " + commit);
    quote("when: " + item.path("when").asText() + "\nnote: " + item.path("content").asText());
    for (JsonNode span : item.path("evidence")) {
      quote(
          "evidence, " + span.path("role").asText() + ": \"" + span.path("quote").asText() + "\"");
    }

    step(4, "Ben, another client, asks in other words, and gets it right");
    HoneClient.Said right = ben.ask(SPACE, plot.second().prompt(), "augment", "");
    quote(plot.second().prompt());
    out.println("     with the block that Hone put behind it (" + right.tokens() + " tokens):");
    quote(
        ben.get(SPACE, "/api/v1/interactions/" + right.interaction())
            .path("block")
            .asText()
            .strip());
    answer(right, plot.second());
    if (!plot.second().answeredBy(right.text())) {
      return Optional.of("step 4: Ben was answered wrong");
    }

    step(5, "The commit is rolled back: wrong again");
    ana.post(SPACE, "/api/v1/commits/" + commit + "/restore", ana.object().put("before", true));
    HoneClient.Said again = ben.ask(SPACE, plot.second().prompt(), "read", "");
    answer(again, plot.second());
    if (plot.second().answeredBy(again.text())) {
      return Optional.of("step 5: Ben was answered right without the lesson");
    }

    step(6, "Rolled forward: right");
    ana.post(SPACE, "/api/v1/commits/" + commit + "/restore", ana.object());
    HoneClient.Said finallyRight = ben.ask(SPACE, plot.second().prompt(), "read", "");
    answer(finallyRight, plot.second());
    out.println();
    return plot.second().answeredBy(finallyRight.text())
        ? Optional.empty()
        : Optional.of("step 6: Ben was answered wrong again");
  }

  private void step(int number, String what) {
    out.println();
    out.println("  " + number + "  " + what);
  }

  private void quote(String text) {
    text.lines().forEach(line -> out.println("     | " + line));
  }

  private void answer(HoneClient.Said said, Question question) {
    String mark = question.answeredBy(said.text()) ? "right" : "wrong";
    out.println(
        "     -> " + said.text().replace("\n", "   ") + "   [" + mark + ", " + said.mode() + "]");
  }

  private static List<Plot> plots() {
    ObjectMapper json = new ObjectMapper();
    List<Plot> plots = new ArrayList<>();
    try (InputStream in =
            Objects.requireNonNull(Story.class.getResourceAsStream("/demo/story.jsonl"));
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode node = json.readTree(line);
        String id = node.path("id").asText();
        plots.add(
            new Plot(
                new Question(
                    id,
                    "",
                    "",
                    node.path("question").asText(),
                    texts(node.path("choices")),
                    node.path("answer_text").asText()),
                new Question(
                    id,
                    "",
                    "",
                    node.path("differently").asText(),
                    texts(node.path("differently_choices")),
                    node.path("differently_answer").asText())));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return plots;
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(each -> texts.add(each.asText()));
    return texts;
  }
}
