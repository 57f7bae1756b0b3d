package dev.hone.frontend.distill;

import dev.hone.experience.Draft;
import dev.hone.experience.Episode;
import dev.hone.experience.Evidence;
import dev.hone.experience.Interaction;
import dev.hone.experience.Kind;
import dev.hone.experience.Role;
import dev.hone.port.Distiller;
import dev.hone.port.Journal;
import dev.hone.similarity.Sentences;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Checks what another distiller claims: every quote stands word for word where it is said to stand;
 * what Hone itself put into a prompt is no evidence when it comes back; an assistant's words alone
 * are no evidence for a fact; what tools say alone {@linkplain Taint steers no agent}. A lesson
 * that fails is turned down with the reason.
 */
public final class VerifyingDistiller implements Distiller {

  /** A shorter sentence, such as "Yes, it is.", says too little to tell whose it is. */
  private static final int TELLING_WORDS = 4;

  private final Distiller distiller;
  private final Journal journal;

  public VerifyingDistiller(Distiller distiller, Journal journal) {
    this.distiller = distiller;
    this.journal = journal;
  }

  @Override
  public Distillation distill(Episode episode) {
    return switch (distiller.distill(episode)) {
      case Distillation.Lessons lessons -> verified(episode, lessons);
      case Distillation.Nothing nothing -> nothing;
      case Distillation.Unreadable unreadable -> unreadable;
      case Distillation.Later later -> later;
      case Distillation.Waits waits -> waits;
    };
  }

  private Distillation verified(Episode episode, Distillation.Lessons lessons) {
    List<Draft> kept = new ArrayList<>();
    List<String> rejected = new ArrayList<>(lessons.rejected());
    for (Draft draft : lessons.drafts()) {
      List<Evidence> own =
          draft.evidence().stream().filter(evidence -> !echoed(episode, evidence)).toList();
      Optional<String> objection = objection(episode, draft, own);
      if (objection.isPresent()) {
        rejected.add(draft.lesson().title() + ": " + objection.get());
      } else {
        kept.add(new Draft(draft.lesson(), own));
      }
    }
    return kept.isEmpty()
        ? new Distillation.Nothing(String.join("; ", rejected), rejected)
        : new Distillation.Lessons(kept, rejected);
  }

  /**
   * Why a lesson is turned down, if so.
   *
   * @param own its evidence without what Hone itself had put into a prompt
   */
  private Optional<String> objection(Episode episode, Draft draft, List<Evidence> own) {
    Optional<Evidence> invented =
        draft.evidence().stream().filter(evidence -> !stands(episode, evidence)).findFirst();
    if (invented.isPresent()) {
      return Optional.of("unsupported quote: \"" + invented.get().quote() + "\"");
    }
    if (own.stream().noneMatch(each -> supports(episode, each))) {
      return Optional.of("rests on nothing but what Hone itself put into the prompt");
    }
    if (own.stream().noneMatch(each -> told(episode, each))
        && repeated(episode, draft.evidence(), draft.lesson().content())) {
      return Optional.of("repeats what Hone itself put into the prompt");
    }
    if (draft.lesson().kind() == Kind.FACT
        && own.stream().allMatch(evidence -> evidence.role() == Role.ASSISTANT)) {
      return Optional.of("a fact for which the assistant alone speaks");
    }
    return Taint.in(episode, new Draft(draft.lesson(), own));
  }

  /** A bare measure judges an answer; it says nothing by itself. */
  private static boolean supports(Episode episode, Evidence evidence) {
    return evidence.role() != Role.OUTCOME || told(episode, evidence);
  }

  /** Whether somebody said so of an answer, in words. */
  private static boolean told(Episode episode, Evidence evidence) {
    return evidence.role() == Role.OUTCOME
        && quoted(
            episode,
            evidence,
            interaction -> interaction.outcomes().stream().flatMap(each -> each.told().stream()));
  }

  private static boolean stands(Episode episode, Evidence evidence) {
    return quoted(episode, evidence, interaction -> interaction.said(evidence.role()).stream());
  }

  private static boolean quoted(
      Episode episode, Evidence evidence, Function<Interaction, Stream<String>> said) {
    String quote = Sentences.folded(evidence.quote());
    return episode.interactions().stream()
        .filter(interaction -> interaction.id().equals(evidence.interaction()))
        .flatMap(said)
        .anyMatch(text -> Sentences.folded(text).contains(quote));
  }

  private boolean echoed(Episode episode, Evidence evidence) {
    return evidence.role() != Role.OUTCOME
        && repeated(episode, List.of(evidence), evidence.quote());
  }

  /**
   * Whether a text repeats what Hone had put, by the time of what is quoted, into those
   * conversations or any prompt of the principal: one sentence of some length is enough; short ones
   * count when there is nothing else.
   */
  private boolean repeated(Episode episode, List<Evidence> quoted, String text) {
    List<String> sentences = Sentences.normal(text);
    List<String> telling =
        sentences.stream().filter(each -> each.split(" ").length >= TELLING_WORDS).toList();
    List<String> interactions = quoted.stream().map(Evidence::interaction).sorted().toList();
    Set<String> emitted =
        journal.emitted(episode.space(), episode.principal(), interactions.getLast(), sentences);
    return (!sentences.isEmpty() && emitted.containsAll(sentences))
        || telling.stream().anyMatch(emitted::contains)
        || interactions.stream()
            .distinct()
            .flatMap(interaction -> journal.blocks(episode.space(), interaction).stream())
            .map(VerifyingDistiller::words)
            .anyMatch(
                block ->
                    telling.stream().map(VerifyingDistiller::words).anyMatch(block::contains)
                        || sentences.stream()
                            .map(VerifyingDistiller::words)
                            .allMatch(block::contains));
  }

  /** The words of a text, lower-cased, with a space around each. */
  private static String words(String text) {
    String words = text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
    return " " + words + " ";
  }
}
