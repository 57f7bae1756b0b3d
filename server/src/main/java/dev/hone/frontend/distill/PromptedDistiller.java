package dev.hone.frontend.distill;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.experience.Draft;
import dev.hone.experience.Episode;
import dev.hone.experience.Evidence;
import dev.hone.experience.Interaction;
import dev.hone.experience.Kind;
import dev.hone.experience.Lesson;
import dev.hone.experience.Message;
import dev.hone.experience.Outcome;
import dev.hone.experience.Role;
import dev.hone.port.Distiller;
import dev.hone.port.LearningModel;
import dev.hone.similarity.Sentences;
import dev.hone.wire.JsonAnswer;
import dev.hone.wire.Malformed;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Distills with a language model: one call an episode, a versioned prompt ({@code
 * prompts/distill}), one JSON document. An answer that cannot be read is sent back once with the
 * reason.
 */
public final class PromptedDistiller implements Distiller {

  private static final int MOST_ITEMS = 3;
  private static final int LONGEST_TEXT = 8_000;

  private final LearningModel model;
  private final String instructions;
  private final Map<String, String> types;

  /**
   * @param instructions the prompt
   * @param types names and descriptions of the types
   */
  public PromptedDistiller(LearningModel model, String instructions, Map<String, String> types) {
    this.model = model;
    this.instructions = instructions;
    this.types = new TreeMap<>(types);
  }

  @Override
  public Distillation distill(Episode episode) {
    String material = material(episode);
    return switch (model.ask(instructions, material)) {
      case LearningModel.Reply.Unavailable later ->
          new Distillation.Later(later.why(), later.retryAfter());
      case LearningModel.Reply.Text text -> read(episode, material, text.text());
    };
  }

  private Distillation read(Episode episode, String material, String answer) {
    try {
      return lessons(episode, answer);
    } catch (Malformed first) {
      String repair =
          material
              + "\n\nYour last answer could not be read: "
              + first.reason()
              + "\nIt was:\n"
              + cut(answer)
              + "\nAnswer again with one JSON object of the form described.";
      return switch (model.ask(instructions, repair)) {
        case LearningModel.Reply.Unavailable later ->
            new Distillation.Later(later.why(), later.retryAfter());
        case LearningModel.Reply.Text text -> {
          try {
            yield lessons(episode, text.text());
          } catch (Malformed second) {
            yield new Distillation.Unreadable(second.reason(), text.text());
          }
        }
      };
    }
  }

  private String material(Episode episode) {
    StringBuilder text = new StringBuilder("Types:\n");
    types.forEach(
        (name, says) -> text.append("- ").append(name).append(": ").append(says).append('\n'));
    int number = 0;
    for (Interaction interaction : episode.interactions()) {
      text.append("\nInteraction ").append(++number).append('\n');
      for (Message message : interaction.messages()) {
        if (message.role() != Role.SYSTEM) {
          line(text, message.role(), message.text());
        }
      }
      Message answer = interaction.answer();
      if (answer != null) {
        line(text, Role.ASSISTANT, answer.text());
      }
      for (Outcome outcome : interaction.outcomes()) {
        for (String words : outcome.words()) {
          line(text, Role.OUTCOME, words);
        }
      }
    }
    return text.toString();
  }

  private static void line(StringBuilder text, Role role, String said) {
    if (!said.isBlank()) {
      text.append(role.name().toLowerCase(Locale.ROOT)).append(": ").append(cut(said)).append('\n');
    }
  }

  private static String cut(String text) {
    return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + " […]";
  }

  private Distillation lessons(Episode episode, String answer) throws Malformed {
    JsonNode document = JsonAnswer.object(answer);
    JsonNode items = JsonAnswer.list(document, "items");
    List<Draft> drafts = new ArrayList<>();
    List<String> rejected = new ArrayList<>();
    for (JsonNode item : items) {
      if (drafts.size() == MOST_ITEMS) {
        rejected.add("more than " + MOST_ITEMS + " items");
        break;
      }
      drafts.add(draft(episode, item));
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
            types.containsKey(type) ? type : "");
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
