package dev.hone.frontend.distill;

import dev.hone.experience.Draft;
import dev.hone.experience.Episode;
import dev.hone.experience.Lesson;
import dev.hone.port.Distiller;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns down what must not be taught, whatever it quotes: advice to ignore instructions or to leave
 * checks out; of a model's own words also a situation that names one case (an e-mail address, a
 * URL, a UUID, a long number, a handle with digits), and content that goes by the day it was
 * written on. Rules about words, in English for the most part.
 */
public final class GuardedDistiller implements Distiller {

  /** Whose words lessons are in. */
  public enum Words {
    /** A model's, which is to generalise. */
    OWN,
    /** Somebody's, as they stand: they may name a case, and a day. */
    QUOTED
  }

  private static final Pattern ONE_CASE =
      Pattern.compile(
          "[\\p{L}\\p{N}._%+-]{1,64}@[\\p{L}\\p{N}.-]+\\.\\p{L}{2,}"
              + "|\\b(?:https?|ftp)://\\S+"
              + "|\\bwww\\.\\S+"
              + "|\\b\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}\\b"
              + "|\\b(?=\\p{XDigit}*\\d)(?=\\p{XDigit}*[a-fA-F])\\p{XDigit}{16,}\\b"
              + "|\\b\\d{7,}\\b"
              + "|\\b\\p{L}++(?:_\\p{L}++){0,32}_\\d{3,}\\b");

  private static final Pattern RELATIVE_DATE =
      Pattern.compile(
          "\\b(?:yesterday|today|tomorrow|tonight|(?:last|next|this) (?:week|month|year|weekend"
              + "|monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
              + "|\\d+ (?:hours?|days?|weeks?|months?|years?) ago"
              + "|heute|gestern|vorgestern|übermorgen|(?:letzte|nächste|diese)[nrs]? (?:Woche|Monat"
              + "|Jahr)|aujourd['’]hui|demain|ayer|hoy)\\b",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS);

  private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"|“[^”]*”|„[^“]*“|«[^»]*»");

  private static final Pattern UNSAFE =
      Pattern.compile(
          "(?<!\\b(?:not|never|avoid|not to|never to) )(?<!n['’]t )"
              + "\\b(?:(?:ignor(?:e|ing)|disregard(?:ing)?|overrid(?:e|ing)|forget)"
              + " (?:(?:all|any|the|your|its|their|previous|prior|earlier|other|system|these|those)"
              + " ){0,32}(?:instructions?|guidelines?|polic(?:y|ies)|rules|prompts?)"
              + "|(?:skip(?:ping)?|bypass(?:ing)?|disabl(?:e|ing)|omit(?:ting)?)"
              + " (?:(?:all|any|the|this|your|its|their|that) ){0,32}(?:\\w+ )?"
              + "(?:checks?|verifications?|validations?|confirmations?|approvals?|safety\\w*"
              + "|safeguards?|authentication))\\b",
          Pattern.CASE_INSENSITIVE);

  private final Distiller distiller;
  private final Words words;

  public GuardedDistiller(Distiller distiller, Words words) {
    this.distiller = distiller;
    this.words = words;
  }

  @Override
  public Distillation distill(Episode episode) {
    Distillation claimed = distiller.distill(episode);
    return claimed instanceof Distillation.Lessons lessons ? guarded(lessons) : claimed;
  }

  private Distillation guarded(Distillation.Lessons lessons) {
    List<Draft> kept = new ArrayList<>();
    List<String> rejected = new ArrayList<>(lessons.rejected());
    for (Draft draft : lessons.drafts()) {
      Optional<String> objection = objection(draft.lesson());
      if (objection.isPresent()) {
        rejected.add(draft.lesson().title() + ": " + objection.get());
      } else {
        kept.add(draft);
      }
    }
    return kept.isEmpty()
        ? new Distillation.Nothing(String.join("; ", rejected), rejected)
        : new Distillation.Lessons(kept, rejected);
  }

  private Optional<String> objection(Lesson lesson) {
    return general(lesson)
        .or(
            () ->
                found(UNSAFE, lesson.text())
                    .map(it -> "advises against checks or instructions: \"" + it + "\""));
  }

  private Optional<String> general(Lesson lesson) {
    return words == Words.QUOTED
        ? Optional.empty()
        : found(ONE_CASE, lesson.when())
            .map(it -> "its situation names one case: " + it)
            .or(
                () ->
                    found(RELATIVE_DATE, QUOTED.matcher(lesson.content()).replaceAll("\"\""))
                        .map(
                            it ->
                                "\"" + it + "\" is no date: it goes by the day it was written on"));
  }

  private static Optional<String> found(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
  }
}
