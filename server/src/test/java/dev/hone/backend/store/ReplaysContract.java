package dev.hone.backend.store;

import static dev.hone.testing.Samples.ANN;
import static dev.hone.testing.Samples.SPACE;
import static dev.hone.testing.Samples.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.port.Replays;
import dev.hone.port.Spaces;
import dev.hone.testing.Stores;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every {@link Replays} does. */
abstract class ReplaysContract {

  private static final Replays.Key KEY = new Replays.Key(ANN, "k");
  private static final Instant BEFORE = START.minusSeconds(10);

  abstract Replays replays();

  abstract Stores stores();

  private static Replays.Kept answer(String body) {
    return new Replays.Kept(
        SPACE, "f", 201, Map.of("Location", "/x"), body.getBytes(StandardCharsets.UTF_8));
  }

  private void make(String space) {
    stores().spaces().create(new Spaces.Space(space, Spaces.LearningMode.OFF));
  }

  private String kept() {
    return replays()
        .kept(KEY, BEFORE)
        .map(each -> new String(each.body(), StandardCharsets.UTF_8))
        .orElse("nothing");
  }

  @Test
  void anAnswerIsKeptWithItsEffect() {
    assertThat(replays().once(KEY, answer("one"), START, BEFORE, () -> make("a"))).isEmpty();

    Replays.Kept kept = replays().kept(KEY, BEFORE).orElseThrow();
    assertThat(kept.status()).isEqualTo(201);
    assertThat(kept.fingerprint()).isEqualTo("f");
    assertThat(kept.headers()).containsExactly(Map.entry("Location", "/x"));
    assertThat(kept()).isEqualTo("one");
    assertThat(replays().kept(new Replays.Key("bob", "k"), BEFORE)).isEmpty();
  }

  @Test
  void whatWasAnsweredBeforeDoesNotHappenAgain() {
    replays().once(KEY, answer("one"), START, BEFORE, () -> make("a"));

    assertThat(replays().once(KEY, answer("two"), START, BEFORE, () -> make("b"))).isPresent();

    assertThat(kept()).isEqualTo("one");
    assertThat(names()).isOne();
  }

  /** Read anew: what is in memory says nothing of what was written. */
  private int names() {
    return new SqlSpaces(stores().database(), () -> START).list().size();
  }

  @Test
  void anEffectThatFailsLeavesNoAnswer() {
    assertThatThrownBy(
            () ->
                replays()
                    .once(
                        KEY,
                        answer("one"),
                        START,
                        BEFORE,
                        () ->
                            stores()
                                .database()
                                .write(
                                    handle -> {
                                      throw new IllegalStateException("no");
                                    })))
        .hasMessage("no");

    assertThat(kept()).isEqualTo("nothing");
  }

  @Test
  void anEffectThatWritesNothingIsAnsweredOnceToo() {
    replays().once(KEY, answer("one"), START, BEFORE, () -> {});

    assertThat(kept()).isEqualTo("one");
  }

  @Test
  void anOldAnswerIsForgotten() {
    replays().once(KEY, answer("one"), START, BEFORE, () -> make("a"));
    Instant later = START.plusSeconds(60);
    Instant since = later.minusSeconds(10);
    assertThat(replays().kept(KEY, since)).isEmpty();

    assertThat(replays().once(KEY, answer("two"), later, since, () -> make("b"))).isEmpty();

    assertThat(kept()).isEqualTo("two");
    assertThat(names()).isEqualTo(2);
  }
}
