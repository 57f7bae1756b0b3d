package dev.hone.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.port.Upstream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The upstream is chosen by the name of the model. */
class NamedUpstreamsTest {

  private final Upstream one = request -> InMemoryAnswer.json(200, new byte[0]);
  private final Upstream two = request -> InMemoryAnswer.json(200, new byte[0]);
  private final Upstream rest = request -> InMemoryAnswer.json(200, new byte[0]);

  private static NamedUpstreams.Named named(Upstream upstream, String... models) {
    return new NamedUpstreams.Named(List.of(models), upstream);
  }

  @ParameterizedTest
  @CsvSource({
    "gpt-5, gpt-5, true",
    "gpt-5, gpt-5-mini, false",
    "gpt-5, my-gpt-5, false",
    "gpt-*, gpt-5, true",
    "gpt-*, gpt-, true",
    "gpt-*, llama, false",
    "*, anything at all, true",
    "*/llama-*b, meta/llama-70b, true",
    "*/llama-*b, llama-70b, false",
    "gpt-4.1, gpt-4x1, false",
    "a+(b)[c], a+(b)[c], true",
    "'a\\Eb', 'a\\Eb', true",
    "GPT, gpt, false"
  })
  void aStarStandsForAnythingAndAllElseForItself(String pattern, String model, boolean answers) {
    assertThat(named(one, pattern).answersFor(model)).isEqualTo(answers);
  }

  @Test
  void theFirstThatAnswersIsAsked() {
    NamedUpstreams upstreams =
        new NamedUpstreams(List.of(named(one, "a", "b*"), named(two, "b*", "c")), rest);

    assertThat(upstreams.forModel("a")).isSameAs(one);
    assertThat(upstreams.forModel("bee")).isSameAs(one);
    assertThat(upstreams.forModel("c")).isSameAs(two);
    assertThat(upstreams.forModel("d")).isSameAs(rest);
    assertThat(upstreams.standard()).isSameAs(rest);
  }

  @Test
  void allAreListedOnceTheStandardOneFirst() {
    assertThat(
            new NamedUpstreams(List.of(named(two, "a"), named(one, "b"), named(two, "c")), rest)
                .all())
        .containsExactly(rest, two, one);
    assertThat(new NamedUpstreams(List.of(), rest).all()).containsExactly(rest);
  }
}
