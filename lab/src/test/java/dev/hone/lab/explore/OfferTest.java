package dev.hone.lab.explore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.lab.environment.Situation;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How a situation is put to a model, and how its words become an action. */
class OfferTest {

  private static Offer offer(List<String> actions, String... allowed) {
    return Offer.of(new Situation("A door.", actions, Map.of()), new AllowList(List.of(allowed)));
  }

  @Test
  void fewActionsHaveLetters() {
    assertThat(offer(List.of("open", "knock")).prompt()).isEqualTo("A door.\nA) open\nB) knock");
    assertThat(offer(List.of("open", "knock")).named("knock")).isEqualTo("B) knock");
  }

  @Test
  void manyActionsAreAList() {
    List<String> many = IntStream.range(0, 9).mapToObj(i -> "act" + i).toList();
    assertThat(offer(many).prompt()).startsWith("A door.\n- act0\n- act1\n");
    assertThat(offer(many).action("I would act7 now.")).isEqualTo("act7");
  }

  @Test
  void whatIsNotAllowedIsNotOffered() {
    assertThat(offer(List.of("open", "knock", "kick"), "k*").actions())
        .containsExactly("knock", "kick");
  }

  @Test
  void anActionIsNamedByItsLetterItsNameOrInASentence() {
    Offer offer = offer(List.of("open", "open wide", "knock"));
    assertThat(offer.action("B) open wide\nConfidence: 0.40")).isEqualTo("open wide");
    assertThat(offer.action("C")).isEqualTo("knock");
    assertThat(offer.action("Knock")).isEqualTo("knock");
    assertThat(offer.action("Let us open wide the door")).isEqualTo("open wide");
  }

  @Test
  void whatNamesNoneOrSeveralStaysAsItIs() {
    Offer offer = offer(List.of("open", "knock"));
    assertThat(offer.action("run away")).isEqualTo("run away");
    assertThat(offer.action("open or knock")).isEqualTo("open or knock");
  }

  @Test
  void whereAnyTextIsAnActionTheWordsAreTakenWithoutTheConfidence() {
    assertThat(offer(List.of()).action("go north\nConfidence: 0.9")).isEqualTo("go north");
  }
}
