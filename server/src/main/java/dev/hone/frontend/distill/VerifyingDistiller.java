package dev.hone.frontend.distill;

import dev.hone.experience.Draft;
import dev.hone.experience.Episode;
import dev.hone.experience.Evidence;
import dev.hone.experience.Interaction;
import dev.hone.experience.Kind;
import dev.hone.experience.Message;
import dev.hone.experience.Role;
import dev.hone.port.Distiller;
import dev.hone.port.Journal;
import dev.hone.similarity.Sentences;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Checks what another distiller claims: every quote stands word for word where it is said to stand;
 * what Hone itself put into a prompt is no evidence when it comes back; an assistant's words alone
 * are no evidence for a fact. A lesson that fails is turned down with the reason.
 */
public final class VerifyingDistiller implements Distiller {

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
    };
  }

  private Distillation verified(Episode episode, Distillation.Lessons lessons) {
    List<Draft> kept = new ArrayList<>();
    List<String> rejected = new ArrayList<>(lessons.rejected());
    for (Draft draft : lessons.drafts()) {
      Optional<String> invented =
          draft.evidence().stream()
              .filter(evidence -> !stands(episode, evidence))
              .map(Evidence::quote)
              .findFirst();
      List<Evidence> own =
          draft.evidence().stream().filter(evidence -> !echoed(episode, evidence)).toList();
      if (invented.isPresent()) {
        rejected.add("unsupported quote: \"" + invented.get() + "\"");
      } else if (own.stream().noneMatch(VerifyingDistiller::supports)) {
        rejected.add("rests on nothing but what Hone itself put into the prompt");
      } else if (draft.lesson().kind() == Kind.FACT
          && own.stream().allMatch(evidence -> evidence.role() == Role.ASSISTANT)) {
        rejected.add("a fact for which the assistant alone speaks: " + draft.lesson().title());
      } else {
        kept.add(new Draft(draft.lesson(), own));
      }
    }
    return kept.isEmpty()
        ? new Distillation.Nothing(String.join("; ", rejected))
        : new Distillation.Lessons(kept, rejected);
  }

  /** A bare measure judges an answer; it says nothing by itself. */
  private static boolean supports(Evidence evidence) {
    return evidence.role() != Role.OUTCOME || !evidence.quote().matches("[\\w.-]+=[\\d.]+");
  }

  private static boolean stands(Episode episode, Evidence evidence) {
    String quote = Sentences.folded(evidence.quote());
    return episode.interactions().stream()
        .filter(interaction -> interaction.id().equals(evidence.interaction()))
        .flatMap(interaction -> said(interaction, evidence.role()))
        .anyMatch(text -> Sentences.folded(text).contains(quote));
  }

  private static Stream<String> said(Interaction interaction, Role role) {
    Stream<Message> answer = Stream.ofNullable(interaction.answer());
    return role == Role.OUTCOME
        ? interaction.outcomes().stream().flatMap(outcome -> outcome.words().stream())
        : Stream.concat(interaction.messages().stream(), answer)
            .filter(message -> message.role() == role)
            .map(Message::text);
  }

  private boolean echoed(Episode episode, Evidence evidence) {
    return evidence.role() != Role.OUTCOME
        && journal.emitted(
            episode.space(), episode.principal(), Sentences.normal(evidence.quote()));
  }
}
