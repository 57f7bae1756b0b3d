package dev.hone.lab.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Arms compared question by question. */
class PairedTest {

  private static final Paired.Pair WIN = new Paired.Pair(true, false);
  private static final Paired.Pair LOSS = new Paired.Pair(false, true);
  private static final Paired.Pair TIE = new Paired.Pair(true, true);

  private static List<List<Paired.Pair>> questions(int wins, int losses, int ties) {
    List<List<Paired.Pair>> all = new ArrayList<>();
    all.addAll(Collections.nCopies(wins, List.of(WIN)));
    all.addAll(Collections.nCopies(losses, List.of(LOSS)));
    all.addAll(Collections.nCopies(ties, List.of(TIE)));
    return all;
  }

  @Test
  void mcNemarIsTheExactBinomialOfWinsAndLosses() {
    // 2 · (C(10,0) + C(10,1)) / 2^10
    assertThat(Paired.mcNemar(9, 1)).isCloseTo(22 / 1024.0, within(1e-12));
    assertThat(Paired.mcNemar(1, 9)).isCloseTo(22 / 1024.0, within(1e-12));
    assertThat(Paired.mcNemar(5, 5)).isEqualTo(1);
    assertThat(Paired.mcNemar(0, 0)).isEqualTo(1);
  }

  @Test
  void ofQuestionsAskedOnceTheRandomisationTestAgreesWithMcNemars() {
    assertThat(Paired.of(questions(9, 1, 30)).p()).isCloseTo(22 / 1024.0, within(0.005));
    assertThat(Paired.of(questions(20, 18, 5)).p()).isCloseTo(Paired.mcNemar(20, 18), within(0.02));
  }

  @Test
  void theIntervalIsAsWideAsTheNormalOneOfManyQuestions() {
    Paired paired = Paired.of(questions(200, 100, 700));
    // variance of a difference: 0.3 - 0.1²
    double half = 1.96 * Math.sqrt((0.3 - 0.01) / 1_000);
    assertThat(paired.difference()).isCloseTo(0.1, within(1e-12));
    assertThat(paired.low()).isCloseTo(0.1 - half, within(0.004));
    assertThat(paired.high()).isCloseTo(0.1 + half, within(0.004));
    assertThat(paired.wins()).isEqualTo(200);
    assertThat(paired.losses()).isEqualTo(100);
    assertThat(paired.questions()).isEqualTo(1_000);
  }

  @Test
  void askingTheSameQuestionsWithMoreSeedsMakesNothingSurerByItself() {
    List<List<Paired.Pair>> once = questions(9, 1, 30);
    List<List<Paired.Pair>> thrice =
        once.stream().map(each -> Collections.nCopies(3, each.getFirst())).toList();
    assertThat(Paired.of(thrice).low()).isEqualTo(Paired.of(once).low());
    assertThat(Paired.of(thrice).high()).isEqualTo(Paired.of(once).high());
    assertThat(Paired.of(thrice).p()).isEqualTo(Paired.of(once).p());
  }

  @Test
  void thatFewQuestionsAreAnsweredAlikeProvesLittle() {
    Paired few = Paired.of(questions(0, 0, 5));
    assertThat(few.difference()).isZero();
    assertThat(few.high()).isCloseTo(0.396, within(0.001));
    assertThat(few.low()).isEqualTo(-few.high());
    assertThat(Paired.of(questions(0, 0, 400)).high()).isBetween(0.001, 0.01);

    Paired won = Paired.of(questions(3, 0, 0));
    assertThat(won.difference()).isEqualTo(1);
    assertThat(won.low()).isLessThan(0);
    assertThat(won.high()).isEqualTo(1);
  }

  @Test
  void ofNothingNothingIsKnown() {
    assertThat(Paired.of(List.of())).isEqualTo(new Paired(0, -1, 1, 1, 0, 0, 0));
  }
}
