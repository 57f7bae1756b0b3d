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
import dev.hone.wire.Confidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The built-in distiller: no language model, it only selects what somebody said. It learns from a
 * correction, from an answer judged good, from a comment on an answer judged bad, and from a user
 * who contradicts the answer before; where a conversation with calls of tools ends in praise, the
 * sequence of these calls is the lesson. Where nobody said anything about an answer, and of a
 * failure without words, it learns nothing.
 */
public final class ExtractiveDistiller implements Distiller {

  private static final int LONGEST_SITUATION = 600;
  private static final int LONGEST_CONTENT = 1_200;
  private static final int WORDS_OF_TITLE = 8;
  private static final Pattern CHOICE = Pattern.compile("(?m)^[ \\t]*+\\(?[A-Ha-h1-9][).:]\\s");
  private static final int LONGEST_COURTESY = 25;
  private static final Pattern COURTESY =
      Pattern.compile(
          "(?:^|[.!,]\\s)\\W*(?:(?:ok(?:ay)?|great|perfect|wonderful|yes|no)\\W+)*(?:thanks?|thank"
              + " you|thx|cheers|(?:good)?bye|(?:vielen )?dank|danke|merci|gracias)\\b",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern CONTRADICTION =
      Pattern.compile(
          "^\\s*(?:no\\b|nope\\b|wrong\\b|incorrect\\b|actually\\b|that(?:['’]s| is)"
              + " (?:not|wrong|incorrect)|not quite\\b|nein\\b|falsch\\b|non\\b)[\\s,.:;!–-]*",
          Pattern.CASE_INSENSITIVE);

  @Override
  public Distillation distill(Episode episode) {
    List<Draft> drafts = new ArrayList<>();
    for (Interaction interaction : episode.interactions()) {
      Optional<ToolRun> run = endedRun(episode, interaction);
      run.ifPresent(tools -> procedures(interaction, tools, drafts));
      situation(interaction)
          .ifPresent(
              situation -> {
                outcomes(interaction, situation, run.isPresent(), drafts);
                contradiction(episode, interaction, situation, drafts);
              });
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

  /** The calls of tools of the conversation that ends with this interaction. */
  private static Optional<ToolRun> endedRun(Episode episode, Interaction interaction) {
    List<Interaction> conversation =
        episode.interactions().stream()
            .filter(each -> each.conversation().equals(interaction.conversation()))
            .toList();
    return conversation.getLast().equals(interaction) ? ToolRun.of(conversation) : Optional.empty();
  }

  /** What was done in a run that was judged good is how it is done. */
  private static void procedures(Interaction interaction, ToolRun run, List<Draft> drafts) {
    List<Outcome> standing = Judgement.standing(interaction);
    if (standing.stream().anyMatch(outcome -> outcome.correction() != null)) {
      return;
    }
    Span task = new Span(Role.USER, situation(run.task().quote()));
    for (Outcome outcome : standing) {
      if (outcome.positive()) {
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(
            new Evidence(run.task().interaction(), Role.USER, task.text(), run.task().principal()));
        evidence.addAll(run.evidence());
        evidence.add(judged(interaction, outcome));
        drafts.add(draft(task, run.steps(), Kind.PROCEDURE, evidence));
      }
    }
  }

  /**
   * @param ran whether the interaction ends a run of tools, of which praise speaks as a whole
   */
  private static void outcomes(
      Interaction interaction, Span situation, boolean ran, List<Draft> drafts) {
    List<Outcome> standing = Judgement.standing(interaction);
    boolean corrected = standing.stream().anyMatch(outcome -> outcome.correction() != null);
    for (Outcome outcome : standing) {
      String correction = outcome.correction();
      String comment = outcome.comment();
      if (correction != null) {
        said(interaction, situation, outcome, correction, Kind.FACT, drafts);
      } else if (!corrected && outcome.negative() && comment != null) {
        said(interaction, situation, outcome, comment, Kind.PITFALL, drafts);
      } else if (!corrected && outcome.positive() && !ran && !courtesy(situation.text())) {
        praised(interaction, situation, outcome, drafts);
      }
    }
  }

  /** Whether somebody says thanks or goodbye and asks nothing: the answer to that is no lesson. */
  private static boolean courtesy(String text) {
    return COURTESY.matcher(text).find()
        && text.indexOf('?') < 0
        && text.split("\\s+").length <= LONGEST_COURTESY;
  }

  private static void said(
      Interaction interaction,
      Span situation,
      Outcome outcome,
      String words,
      Kind kind,
      List<Draft> drafts) {
    List<String> telling = telling(words, situation);
    if (!telling.isEmpty()) {
      List<Evidence> evidence = new ArrayList<>(List.of(quote(interaction, situation)));
      telling.forEach(
          span ->
              evidence.add(
                  new Evidence(interaction.id(), Role.OUTCOME, span, outcome.principal())));
      drafts.add(draft(situation, String.join(" ", telling), kind, evidence));
    }
  }

  /** The words as they are; of many, the sentences that tell most. */
  private static List<String> telling(String words, Span situation) {
    String text = words.strip();
    if (text.length() <= LONGEST_CONTENT) {
      return text.isEmpty() ? List.of() : List.of(text);
    }
    List<String> chosen = TellingSentences.of(text, situation.text(), LONGEST_CONTENT);
    return chosen.isEmpty() ? List.of(shortened(text, LONGEST_CONTENT)) : chosen;
  }

  private static void praised(
      Interaction interaction, Span situation, Outcome outcome, List<Draft> drafts) {
    Message answer = interaction.answer();
    if (answer != null && !answer.text().isBlank()) {
      String content =
          shortened(Confidence.without(answer.text().strip()).strip(), LONGEST_CONTENT);
      drafts.add(
          draft(
              situation,
              content,
              Kind.INSIGHT,
              List.of(
                  new Evidence(
                      interaction.id(), Role.ASSISTANT, content, interaction.scope().principal()),
                  judged(interaction, outcome))));
    }
  }

  private static Evidence judged(Interaction interaction, Outcome outcome) {
    return new Evidence(
        interaction.id(), Role.OUTCOME, outcome.words().getLast(), outcome.principal());
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
          List<String> words = telling(reply.get().substring(cue.end()), situation);
          List<Evidence> evidence = new ArrayList<>(List.of(quote(interaction, situation)));
          words.forEach(span -> evidence.add(quote(next, new Span(Role.USER, span))));
          if (!words.isEmpty()) {
            drafts.add(draft(situation, String.join(" ", words), Kind.FACT, evidence));
          }
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
