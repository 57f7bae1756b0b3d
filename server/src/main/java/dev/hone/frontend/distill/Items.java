package dev.hone.frontend.distill;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.experience.Draft;
import dev.hone.experience.Episode;
import dev.hone.experience.Evidence;
import dev.hone.experience.Interaction;
import dev.hone.experience.Kind;
import dev.hone.experience.Lesson;
import dev.hone.experience.Outcome;
import dev.hone.experience.Role;
import dev.hone.port.Distiller.Distillation;
import dev.hone.similarity.Sentences;
import dev.hone.wire.JsonAnswer;
import dev.hone.wire.Malformed;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads the items of a language model's answer.
 *
 * @param types the types there are; an item of another is left to the classifier
 */
record Items(Set<String> types) {

  private static final int MOST = 3;

  /**
   * What the answer comes to.
   *
   * @throws Malformed if it has not the form that was asked for
   */
  Distillation read(Episode episode, String answer) throws Malformed {
    JsonNode document = JsonAnswer.object(answer);
    List<Draft> drafts = new ArrayList<>();
    List<String> rejected = new ArrayList<>();
    for (JsonNode item : JsonAnswer.list(document, "items")) {
      if (drafts.size() < MOST) {
        drafts.add(draft(episode, item));
      } else {
        rejected.add(JsonAnswer.text(item, "title") + ": more than " + MOST + " items");
      }
    }
    return drafts.isEmpty()
        ? new Distillation.Nothing(
            document.path("nothing").asText("the model found nothing to learn"))
        : new Distillation.Lessons(drafts, rejected);
  }

  private Draft draft(Episode episode, JsonNode item) throws Malformed {
    String type = item.path("type").asText("");
    Lesson lesson =
        new Lesson(
            JsonAnswer.text(item, "title"),
            JsonAnswer.text(item, "when"),
            JsonAnswer.text(item, "content"),
            kind(item),
            types.contains(type) ? type : "");
    List<Evidence> evidence = new ArrayList<>();
    for (JsonNode span : JsonAnswer.list(item, "evidence")) {
      evidence.add(evidence(episode, span));
    }
    if (evidence.isEmpty()) {
      throw new Malformed("item '" + lesson.title() + "' quotes no evidence");
    }
    return new Draft(lesson, evidence);
  }

  private static Evidence evidence(Episode episode, JsonNode span) throws Malformed {
    int number = span.path("interaction").asInt(0);
    if (number < 1 || number > episode.interactions().size()) {
      throw new Malformed(
          "evidence names interaction " + span.path("interaction") + ", which is not there");
    }
    Interaction interaction = episode.interactions().get(number - 1);
    String quote = JsonAnswer.text(span, "quote");
    Role role = role(span);
    String principal = interaction.scope().principal();
    if (role == Role.OUTCOME) {
      principal =
          interaction.outcomes().stream()
              .filter(outcome -> says(outcome, quote))
              .map(Outcome::principal)
              .findFirst()
              .orElse(principal);
    }
    return new Evidence(interaction.id(), role, quote, principal);
  }

  private static boolean says(Outcome outcome, String quote) {
    String folded = Sentences.folded(quote);
    return outcome.words().stream().anyMatch(words -> Sentences.folded(words).contains(folded));
  }

  private static Role role(JsonNode span) throws Malformed {
    return switch (span.path("role").asText()) {
      case "user" -> Role.USER;
      case "assistant" -> Role.ASSISTANT;
      case "tool" -> Role.TOOL;
      case "environment" -> Role.ENVIRONMENT;
      case "outcome" -> Role.OUTCOME;
      default -> throw new Malformed("evidence has the role " + span.path("role"));
    };
  }

  private static Kind kind(JsonNode item) throws Malformed {
    String name = item.path("kind").asText();
    for (Kind kind : Kind.values()) {
      if (kind.name().equalsIgnoreCase(name)) {
        return kind;
      }
    }
    throw new Malformed("'kind' is " + item.path("kind"));
  }
}
