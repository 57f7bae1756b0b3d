package dev.hone.frontend.distill;

import static dev.hone.testing.Samples.ANN;
import static dev.hone.testing.Samples.SPACE;
import static dev.hone.testing.Samples.START;
import static dev.hone.testing.Samples.assistant;
import static dev.hone.testing.Samples.correction;
import static dev.hone.testing.Samples.episode;
import static dev.hone.testing.Samples.interaction;
import static dev.hone.testing.Samples.scope;
import static dev.hone.testing.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.experience.Episode;
import dev.hone.experience.Interaction;
import dev.hone.experience.InteractionState;
import dev.hone.experience.Message;
import dev.hone.experience.Outcome;
import dev.hone.experience.Part;
import dev.hone.experience.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An episode as a language model reads it. A text costs as many tokens as it has characters. */
class MaterialTest {

  private static Interaction turn(
      String id, List<Message> said, Message answer, Outcome... judged) {
    return new Interaction(
        id,
        scope(SPACE, ANN),
        "c",
        null,
        InteractionState.COMPLETED,
        "a-model",
        said,
        answer,
        List.of(judged),
        START,
        null);
  }

  private static Message call(String name, String arguments) {
    return new Message(Role.ASSISTANT, List.of(new Part.ToolCall("call_4711", name, arguments)));
  }

  private static String told(Episode episode, int limit) {
    return new Material(String::length, limit).of(episode, Lens.of(episode));
  }

  @Test
  void itTellsWhoSaidWhatAndWhichToolsWereCalled() {
    String material =
        told(
            episode(
                turn(
                    "i1",
                    List.of(Message.text(Role.SYSTEM, "Be brief."), user("Book Rome.")),
                    call("search", "{\"to\":\"Rome\"}")),
                turn(
                    "i2",
                    List.of(Message.text(Role.TOOL, "2 flights")),
                    assistant("Booked."),
                    new Outcome("o", "i2", "reward", 1.0, null, "fine", "bob", START))),
            10_000);

    assertThat(material)
        .isEqualTo(
            """
            Interaction 1 (2026-01-01)
            user: Book Rome.
            assistant calls: search {"to":"Rome"}

            Interaction 2 (2026-01-01)
            tool: 2 flights
            assistant: Booked.
            outcome: fine
            outcome: reward=1.0
            """);
  }

  @Test
  void anOutcomeOfALaterDayIsDated() {
    Outcome later =
        new Outcome(
            "o", "i1", "note", null, null, "It broke.", "bob", START.plus(Duration.ofDays(40)));

    assertThat(told(episode(interaction("i1", "How?", "So.", later)), 10_000))
        .contains("outcome (2026-02-10): It broke.");
  }

  @Test
  void attemptsAreNumbered() {
    Outcome good = new Outcome("o", "i1", "reward", 1.0, null, null, "bob", START);
    Outcome bad = new Outcome("o", "i2", "reward", 0.0, null, null, "bob", START);

    assertThat(
            told(
                episode(
                    interaction("i1", "Fly to Rome", "Done.", good),
                    interaction("i2", "Fly to Rome", "Done.", bad)),
                10_000))
        .contains("Interaction 1 (2026-01-01, attempt 1)", "Interaction 2 (2026-01-01, attempt 2)");
  }

  @Test
  void aLongTextLosesItsMiddleAndAToolsTextMoreOfIt() {
    String text = "begin " + "x".repeat(9_000) + " end";
    String material =
        told(
            episode(
                turn("i1", List.of(user(text), Message.text(Role.TOOL, text)), call("f", text))),
            100_000);

    assertThat(material.lines().filter(line -> line.startsWith("user: begin x")))
        .singleElement()
        .satisfies(
            line ->
                assertThat(line).contains(" […] ").endsWith("x end").hasSizeBetween(8_000, 8_050));
    assertThat(material.lines().filter(line -> line.startsWith("tool: begin x")))
        .singleElement()
        .satisfies(line -> assertThat(line).endsWith("x end").hasSizeBetween(2_000, 2_050));
    assertThat(material.lines().filter(line -> line.startsWith("assistant calls: f begin x")))
        .singleElement()
        .satisfies(line -> assertThat(line).endsWith("x end").hasSizeBetween(2_000, 2_050));
  }

  @Test
  void noCharacterIsCutInTwo() {
    for (int longest = 20; longest < 40; longest++) {
      String cut = Material.cut("🙂".repeat(100), longest);
      assertThat(cut.codePoints()).noneMatch(each -> each >= 0xD800 && each <= 0xDFFF);
    }
  }

  @Test
  void ofALongRunTheBeginningTheEndAndWhatWasJudgedAreKept() {
    List<Interaction> run = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      List<Message> said = List.of(i == 0 ? user("The task.") : Message.text(Role.TOOL, "r" + i));
      run.add(
          i == 150
              ? turn("i" + i, said, assistant("Halfway."), correction("o", "i", "bob", "Not so!"))
              : turn("i" + i, said, call("step_" + i, "{\"n\":" + "7".repeat(200) + "}")));
    }
    String material = told(episode(run.toArray(Interaction[]::new)), 4_000);

    assertThat(material.length()).isLessThan(5_500);
    assertThat(material)
        .contains("user: The task.", "step_0 ", "step_299 ", "assistant: Halfway.", "Not so!")
        .contains("[…]\n")
        .doesNotContain("step_75 ", "step_225 ");
  }

  @Test
  void whatOutcomesSayIsKeptLongest() {
    String long1 = "a".repeat(990);
    Episode episode =
        episode(interaction("i1", long1, long1, correction("o", "i1", "bob", "b".repeat(990))));

    assertThat(told(episode, 1_100))
        .contains("b".repeat(990))
        .doesNotContain(long1)
        .contains("outcome: correct=0.0");
  }
}
