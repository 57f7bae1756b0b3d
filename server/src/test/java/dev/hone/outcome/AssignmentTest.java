package dev.hone.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hone.experience.Digest;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who is shown what. */
class AssignmentTest {

  private static final int MANY = 20_000;

  private static Assignment assignment(double holdout, double dropout) {
    return new Assignment(holdout, dropout, text -> Digest.of("key", text).value());
  }

  private static double share(IntPredicate drawn) {
    return IntStream.range(0, MANY).filter(drawn).count() / (double) MANY;
  }

  @Test
  void asManyAreHeldOutAndDroppedAsIsSaid() {
    Assignment assignment = assignment(0.1, 0.25);

    assertThat(share(i -> assignment.heldOut("main", "c" + i))).isCloseTo(0.1, within(0.01));
    assertThat(share(i -> assignment.dropped("main", "c" + i, "x"))).isCloseTo(0.25, within(0.015));
    assertThat(assignment.probability()).isCloseTo(0.675, within(1e-12));
  }

  @Test
  void theDrawsAreIndependentOfOneAnother() {
    Assignment assignment = assignment(0.5, 0.5);

    assertThat(
            share(
                i ->
                    assignment.heldOut("main", "c" + i)
                        && assignment.dropped("main", "c" + i, "x")
                        && assignment.dropped("main", "c" + i, "y")))
        .isCloseTo(0.125, within(0.01));
  }

  @Test
  void aDrawIsTheSameWheneverItIsMade() {
    for (int i = 0; i < 100; i++) {
      assertThat(assignment(0.5, 0).heldOut("main", "c" + i))
          .isEqualTo(assignment(0.5, 0).heldOut("main", "c" + i));
    }
  }

  @Test
  void whoIsHeldOutStaysSoWhenMoreAre() {
    for (int i = 0; i < 1_000; i++) {
      if (assignment(0.1, 0).heldOut("main", "c" + i)) {
        assertThat(assignment(0.2, 0).heldOut("main", "c" + i)).isTrue();
      }
    }
  }

  @Test
  void nobodyIsHeldOutWhereNothingIsToBe() {
    assertThat(share(i -> assignment(0, 0).heldOut("main", "c" + i))).isZero();
    assertThat(share(i -> assignment(0, 0).dropped("main", "c" + i, "x"))).isZero();
    assertThat(assignment(0, 0).probability()).isEqualTo(1);
  }
}
