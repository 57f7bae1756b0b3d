package dev.hone.frontend.distill;

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
import dev.hone.similarity.Sentences;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The built-in distiller: no language model, it only selects what somebody said. It learns from a
 * correction, from an answer judged good, from a comment on an answer judged bad, and from a user
 * who contradicts the answer before; where nobody said anything about an answer, it learns nothing.
 */
public final class ExtractiveDistiller implements Distiller {

  private static final int LONGEST_SITUATION = 600;
  private static final int LONGEST_CONTENT = 1_200;
  private static final int WORDS_OF_TITLE = 8;
  private static final Pattern CHOICE = Pattern.compile("(?m)^\\s*\\(?[A-Ha-h1-9][).:]\\s");
  private static final Pattern CONTRADICTION =
      Pattern.compile(
          "^\\s*(?:no\\b|nope\\b|wrong\\b|incorrect\\b|actually\\b|that(?:['’]s| is)"
              + " (?:not|wrong|incorrect)|not quite\\b|nein\\b|falsch\\b|non\\b)[\\s,.:;!–-]*",
          Pattern.CASE_INSENSITIVE);

  @Override
  public Distillation distill(Episode episode) {
    List<Draft> drafts = new ArrayList<>();
    for (Interaction interaction : episode.interactions()) {
      Optional<Span> situation = situation(interaction);
      if (situation.isPresent()) {
        outcomes(interaction, situation.get(), drafts);
        contradiction(episode, interaction, situation.get(), drafts);
      }
    }
    return drafts.isEmpty()
        ? new Distillation.Nothing("nobody corrected or judged an answer")
        : new Distillation.Lessons(drafts, List.of());
  }

  /** A span as it stands, and who said it. */
  private record Span(Role role, String text) {}

  private static Optional<Span> situation(Interaction interaction) {
    return interaction
        .question()
        .or(() -> interaction.messages().stream().findFirst())
        .map(message -> new Span(message.role(), situation(message.text())))
        .filter(span -> !span.text().isBlank());
  }

  /** The question without its choices, cut at a sentence when it is long. */
  private static String situation(String text) {
    Matcher choice = CHOICE.matcher(text);
    String asked = choice.find() && choice.start() > 0 ? text.substring(0, choice.start()) : text;
    return shortened(asked.strip(), LONGEST_SITUATION);
  }

  private static String shortened(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    int end = -1;
    for (String sentence : Sentences.of(text)) {
      int found = text.indexOf(sentence, Math.max(0, end)) + sentence.length();
      if (found > longest) {
        break;
      }
      end = found;
    }
    int cut = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
    return end > 0 ? text.substring(0, end) : text.substring(0, cut);
  }

  private static void outcomes(Interaction interaction, Span situation, List<Draft> drafts) {
    List<Outcome> last =
        interaction.outcomes().stream().filter(each -> !saidAnew(interaction, each)).toList();
    boolean corrected = last.stream().anyMatch(outcome -> outcome.correction() != null);
    for (Outcome outcome : last) {
      String correction = outcome.correction();
      String comment = outcome.comment();
      if (correction != null) {
        said(interaction, situation, outcome, correction, Kind.FACT, drafts);
      } else if (!corrected && outcome.negative() && comment != null) {
        said(interaction, situation, outcome, comment, Kind.PITFALL, drafts);
      } else if (!corrected && outcome.positive()) {
        praised(interaction, situation, outcome, drafts);
      }
    }
  }

  /**
   * Of each principal the last correction counts. A judgement is taken back by the opposite one by
   * the same metric, a correction also by a judgement that the answer was right after all.
   */
  private static boolean saidAnew(Interaction interaction, Outcome outcome) {
    int index = interaction.outcomes().indexOf(outcome);
    return interaction.outcomes().stream()
        .skip(index + 1L)
        .filter(later -> later.principal().equals(outcome.principal()))
        .anyMatch(
            later ->
                outcome.correction() == null
                    ? outcome.value() != null
                        && later.value() != null
                        && later.metric().equals(outcome.metric())
                        && later.positive() != outcome.positive()
                    : later.correction() != null
                        || (later.positive() && later.metric().equals(outcome.metric())));
  }

  private static void said(
      Interaction interaction,
      Span situation,
      Outcome outcome,
      String words,
      Kind kind,
      List<Draft> drafts) {
    String content = shortened(words.strip(), LONGEST_CONTENT);
    if (!content.isEmpty()) {
      drafts.add(
          draft(
              situation,
              content,
              kind,
              List.of(
                  quote(interaction, situation),
                  new Evidence(interaction.id(), Role.OUTCOME, content, outcome.principal()))));
    }
  }

  private static void praised(
      Interaction interaction, Span situation, Outcome outcome, List<Draft> drafts) {
    Message answer = interaction.answer();
    if (answer != null && !answer.text().isBlank()) {
      String content = shortened(answer.text().strip(), LONGEST_CONTENT);
      drafts.add(
          draft(
              situation,
              content,
              Kind.INSIGHT,
              List.of(
                  new Evidence(
                      interaction.id(), Role.ASSISTANT, content, interaction.scope().principal()),
                  new Evidence(
                      interaction.id(),
                      Role.OUTCOME,
                      outcome.words().getLast(),
                      outcome.principal()))));
    }
  }

  /** The user's next message contradicts the answer: its words are the lesson, as a candidate. */
  private static void contradiction(
      Episode episode, Interaction interaction, Span situation, List<Draft> drafts) {
    for (Interaction next : episode.interactions()) {
      Optional<String> reply =
          Objects.equals(next.parent(), interaction.id())
              ? next.question().map(Message::text)
              : Optional.empty();
      if (reply.isPresent()) {
        Matcher cue = CONTRADICTION.matcher(reply.get());
        if (cue.find() && cue.end() < reply.get().length()) {
          Span words =
              new Span(
                  Role.USER, shortened(reply.get().substring(cue.end()).strip(), LONGEST_CONTENT));
          drafts.add(
              draft(
                  situation,
                  words.text(),
                  Kind.FACT,
                  List.of(quote(interaction, situation), quote(next, words))));
        }
      }
    }
  }

  private static Evidence quote(Interaction interaction, Span span) {
    return new Evidence(
        interaction.id(), span.role(), span.text(), interaction.scope().principal());
  }

  private static Draft draft(Span situation, String content, Kind kind, List<Evidence> evidence) {
    String when = Sentences.folded(situation.text());
    return new Draft(new Lesson(title(when), when, content, kind, ""), evidence);
  }

  private static String title(String when) {
    String[] words = when.split(" ");
    return words.length <= WORDS_OF_TITLE
        ? when
        : String.join(" ", List.of(words).subList(0, WORDS_OF_TITLE)) + " …";
  }
}
