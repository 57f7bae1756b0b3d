package dev.hone.frontend.distill;

import static dev.hone.testing.Samples.ANN;
import static dev.hone.testing.Samples.SPACE;
import static dev.hone.testing.Samples.START;
import static dev.hone.testing.Samples.scope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.experience.Draft;
import dev.hone.experience.Episode;
import dev.hone.experience.Interaction;
import dev.hone.experience.InteractionState;
import dev.hone.experience.Kind;
import dev.hone.experience.Message;
import dev.hone.experience.Outcome;
import dev.hone.experience.Role;
import dev.hone.port.Distiller.Distillation;
import dev.hone.testing.FakeJournal;
import dev.hone.wire.Messages;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/**
 * Real runs of an agent (tau-bench, airline), one episode each, an interaction for each thing that
 * the assistant says. Skipped where the evaluation data is absent.
 */
class AgentRunsTest {

  private static final Path RUNS =
      Path.of("..", "..", "shared", "data", "taubench_airline_gpt4o.jsonl.gz");
  private static final ObjectMapper JSON = new ObjectMapper();

  private record Run(double reward, Episode episode) {}

  private static List<Run> runs() throws Exception {
    assumeTrue(Files.exists(RUNS), "the evaluation data " + RUNS + " is not here");
    List<Run> runs = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(RUNS)), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode run = JSON.readTree(line);
        if (run.has("reward")) {
          runs.add(new Run(run.path("reward").asDouble(), episode(run)));
        }
      }
    }
    return runs;
  }

  private static Episode episode(JsonNode run) throws Exception {
    List<Interaction> interactions = new ArrayList<>();
    List<Message> heard = new ArrayList<>();
    for (JsonNode message : run.path("messages")) {
      Message said = Messages.read(normal(message), "message");
      if (said.role() == Role.ASSISTANT) {
        interactions.add(interaction(interactions.size(), heard, said, List.of()));
        heard.clear();
      } else {
        heard.add(said);
      }
    }
    Interaction last = interactions.removeLast();
    Outcome reward =
        new Outcome(
            "o", last.id(), "reward", run.path("reward").asDouble(), null, null, "env", START);
    interactions.add(
        interaction(
            interactions.size(),
            last.messages(),
            Objects.requireNonNull(last.answer()),
            List.of(reward)));
    return new Episode(run.path("id").asText(), 1, SPACE, ANN, interactions);
  }

  /** In the form of the protocol: the name and arguments of a call stand in its function. */
  private static JsonNode normal(JsonNode message) {
    for (JsonNode call : message.path("tool_calls")) {
      if (call instanceof ObjectNode flat && !flat.has("function")) {
        flat.putObject("function")
            .put("name", flat.path("name").asText())
            .put("arguments", flat.path("arguments").asText());
      }
    }
    return message;
  }

  private static Interaction interaction(
      int number, List<Message> heard, Message said, List<Outcome> outcomes) {
    return new Interaction(
        "i" + number,
        scope(SPACE, ANN),
        "run",
        null,
        InteractionState.COMPLETED,
        "gpt-4o",
        heard,
        said,
        outcomes,
        START,
        null);
  }

  private static boolean callsTools(Episode episode) {
    return episode.interactions().stream()
        .anyMatch(each -> each.turns().stream().anyMatch(Message::callsTools));
  }

  @Test
  void everyRunThatSucceededIsOneProcedureAndNoOtherTeachesAnything() throws Exception {
    ExtractiveDistiller distiller = new ExtractiveDistiller();
    VerifyingDistiller verifying = new VerifyingDistiller(distiller, new FakeJournal());
    int procedures = 0;
    for (Run run : runs()) {
      Distillation distillation = verifying.distill(run.episode);
      List<Draft> drafts =
          distillation instanceof Distillation.Lessons lessons ? lessons.drafts() : List.of();
      boolean taught = run.reward >= 0.5 && callsTools(run.episode);
      assertThat(drafts.stream().filter(draft -> draft.lesson().kind() == Kind.PROCEDURE))
          .as(run.episode.id())
          .hasSize(taught ? 1 : 0);
      assertThat(drafts)
          .as("no courtesy is a lesson")
          .noneMatch(draft -> draft.lesson().content().contains("welcome"));
      procedures += taught ? 1 : 0;
    }
    System.out.println("procedures of agent runs: " + procedures);
    assertThat(procedures).isGreaterThan(70);
  }

  @Test
  void everyRunFitsIntoWhatALearningModelIsGiven() throws Exception {
    Material material = new Material(text -> (text.length() + 2) / 3, 4_000);
    for (Run run : runs()) {
      String told = material.of(run.episode, Lens.of(run.episode));
      assertThat(told.length()).as(run.episode.id()).isLessThan(14_000);
      assertThat(told).contains("user: ", "outcome: reward=").doesNotContain("call_");
    }
  }
}
