package dev.hone.frontend.redact;

import static dev.hone.testing.Samples.ANN;
import static dev.hone.testing.Samples.SPACE;
import static dev.hone.testing.Samples.START;
import static dev.hone.testing.Samples.assistant;
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
import dev.hone.port.Distiller;
import dev.hone.testing.SampleSecrets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a distiller is given holds no secret, and is otherwise as it was said. */
class RedactingDistillerTest {

  private final SampleSecrets samples = new SampleSecrets(42);
  private final List<Episode> given = new ArrayList<>();
  private final Distiller redacting =
      new RedactingDistiller(
          episode -> {
            given.add(episode);
            return new Distiller.Distillation.Nothing("only looking");
          },
          new KnownSecrets());

  private Episode seen(Interaction... interactions) {
    redacting.distill(episode(interactions));
    return given.getLast();
  }

  private static Interaction of(List<Message> messages, Message answer, Outcome... outcomes) {
    return new Interaction(
        "i1",
        scope(SPACE, ANN),
        "c",
        null,
        InteractionState.COMPLETED,
        "a-model",
        messages,
        answer,
        List.of(outcomes),
        START,
        "episode");
  }

  @Test
  void anEpisodeWithoutSecretsIsGivenAsItIs() {
    Episode harmless = episode(interaction("i1", "How many legs?", "Eight legs."));

    redacting.distill(harmless);

    assertThat(given.getLast()).isSameAs(harmless);
  }

  @Test
  void whateverPartSaysASecretItIsReplacedByAPlaceholderOfItsKind() {
    String secret = "ghp_" + samples.any(36);
    Episode seen =
        seen(
            of(
                List.of(
                    Message.text(Role.SYSTEM, "Use " + secret + "."),
                    new Message(
                        Role.TOOL, List.of(new Part.Text("{\"auth\":\"" + secret + "\"}")))),
                new Message(
                    Role.ASSISTANT,
                    List.of(
                        new Part.Reasoning("With " + secret + " I can."),
                        new Part.Text("Done with " + secret),
                        new Part.ToolCall("call-1", "http", "{\"key\":\"" + secret + "\"}"),
                        new Part.Other("image_url", "{\"url\":\"x?t=" + secret + "\"}"))),
                new Outcome(
                    "o", "i1", "correct", 0.0, "No: " + secret, "It is " + secret, ANN, START)));

    assertThat(seen.toString()).doesNotContain(secret);
    Interaction interaction = seen.interactions().getFirst();
    assertThat(interaction.messages().getFirst().text())
        .isEqualTo("Use [redacted: github-v2-tokens].");
    assertThat(interaction.outcomes().getFirst().words())
        .containsExactly(
            "No: [redacted: github-v2-tokens]",
            "It is [redacted: github-v2-tokens]",
            "correct=0.0");
    assertThat(interaction.id()).isEqualTo("i1");
    assertThat(interaction.episode()).isEqualTo("episode");
  }

  @Test
  void aSecretThatOneTextGivesAwayIsTakenOutOfAllTexts() {
    String secret = samples.any(14) + "7K";
    Episode seen =
        seen(
            interaction("i1", "What is " + secret + "?", "I cannot know."),
            interaction("i2", "client_secret=" + secret, "Thank you for " + secret + "!"));

    assertThat(seen.toString()).doesNotContain(secret);
    assertThat(seen.interactions().getFirst().messages())
        .containsExactly(user("What is [redacted: assigned-secret]?"));
    assertThat(seen.interactions().getLast().answer())
        .isEqualTo(assistant("Thank you for [redacted: assigned-secret]!"));
  }

  @Test
  void aShortPasswordIsTakenOutWhereItIsOneOnly() {
    Episode seen = seen(interaction("i1", "mysql://rig:lever@db/rig", "The lever is stuck."));

    assertThat(seen.interactions().getFirst().messages().getFirst().text())
        .isEqualTo("mysql://rig:[redacted: mysql-url]@db/rig");
    assertThat(seen.interactions().getFirst().answer()).isEqualTo(assistant("The lever is stuck."));
  }
}
