package dev.hone.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hone.experience.Digest;
import dev.hone.experience.Limits;
import dev.hone.experience.Query;
import dev.hone.port.ClosedSessions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Sessions are added up to what experience does, which then ranks items. */
class LiftsTest {

  private static final Lifts.Item GOOD = new Lifts.Item("good", 1);
  private static final Lifts.Item BAD = new Lifts.Item("bad", 2);

  private final List<ClosedSessions.Closed> closed = new ArrayList<>();
  private final Lifts lifts = new Lifts(new Listed(), space -> "correct", 0.05);

  /** Sessions as they were put into the list. */
  private final class Listed implements ClosedSessions {
    @Override
    public boolean close(Instant until, Instant now, int most) {
      return false;
    }

    @Override
    public List<Closed> closed(String space, String metric, long after, int most) {
      return closed.stream()
          .filter(each -> space.equals("main") && metric.equals("correct"))
          .filter(each -> each.sequence() > after)
          .limit(most)
          .toList();
    }

    @Override
    public Map<String, Integer> metrics(String space) {
      return Map.of("correct", closed.size());
    }
  }

  private void session(
      boolean shown, double holdout, @Nullable Double value, ClosedSessions.Found... items) {
    closed.add(
        new ClosedSessions.Closed(
            closed.size() + 1, shown, holdout, "law", 10, value, List.of(items), Instant.EPOCH));
  }

  private static ClosedSessions.Found found(Lifts.Item item, boolean shown, double probability) {
    return new ClosedSessions.Found(item.experience(), item.version(), shown, probability);
  }

  /** Sessions in which one item helps by 0.4 and another harms by 0.4. */
  private void live(int sessions) {
    Random random = new Random(7);
    for (int i = 0; i < sessions; i++) {
      boolean good = random.nextDouble() < 0.8;
      boolean bad = random.nextDouble() < 0.8;
      double chance = 0.5 + (good ? 0.4 : 0) - (bad ? 0.4 : 0);
      session(
          true,
          0,
          random.nextDouble() < chance ? 1.0 : 0.0,
          found(GOOD, good, 0.8),
          found(BAD, bad, 0.8));
    }
  }

  @Test
  void anItemIsJudgedBySessionsThatFoundItShownOrDropped() {
    live(1_500);

    Lifts.Known known = lifts.refresh("main");

    Lift good = known.of(GOOD);
    assertThat(good.low()).isPositive();
    assertThat(good.estimate()).isCloseTo(0.4, within(0.1));
    assertThat(good.trials()).isEqualTo(1_500);
    assertThat(known.of(BAD).high()).isNegative();
    assertThat(known.space().known()).isFalse();
    assertThat(known.shown().judged()).isEqualTo(1_500);
    assertThat(known.of(new Lifts.Item("good", 2)).known()).isFalse();
  }

  @Test
  void aSpaceIsJudgedBySessionsHeldOutAgainstNot() {
    for (int i = 0; i < 400; i++) {
      boolean shown = i % 4 != 0;
      session(shown, 0.25, i % 40 == 1 ? null : shown ? Double.valueOf(0.8) : Double.valueOf(0.3));
    }

    Lifts.Known known = lifts.refresh("main");

    assertThat(known.space().low()).isGreaterThan(0);
    assertThat(known.space().estimate()).isCloseTo(0.5, within(0.1));
    assertThat(known.types().get("law")).isEqualTo(known.space());
    assertThat(known.heldOut().judged()).isEqualTo(100);
    assertThat(known.heldOut().mean()).isCloseTo(0.3, within(1e-9));
    assertThat(known.shown().sessions()).isEqualTo(300);
    assertThat(known.shown().judged()).isEqualTo(290);
    assertThat(known.missing().differs()).isFalse();
  }

  @Test
  void outcomesThatAreMissingInOneArmAreSeen() {
    for (int i = 0; i < 600; i++) {
      boolean shown = i % 2 == 0;
      session(shown, 0.5, shown && i % 4 == 0 ? null : Double.valueOf(0.5));
    }

    assertThat(lifts.refresh("main").missing().differs()).isTrue();
  }

  @Test
  void whatIsClosedLaterIsAddedAndWhatWasTakenOutIsNot() {
    live(10);
    assertThat(lifts.refresh("main").shown().sessions()).isEqualTo(10);
    live(5);
    assertThat(lifts.of("main").shown().sessions()).isEqualTo(10);
    assertThat(lifts.refresh("main").shown().sessions()).isEqualTo(15);

    closed.removeFirst();
    lifts.recount("main");

    assertThat(lifts.of("main").shown().sessions()).isEqualTo(14);
    assertThat(lifts.refresh("other").shown().sessions()).isZero();
  }

  @Test
  void whatHelpsRanksBeforeWhatHarmsAndTheUnknownByItsScore() {
    Assignment draws = new Assignment(0, 0.2, text -> Digest.of(text).value());
    Worth worth = new Worth(lifts, draws, 5);
    assertThat(worth.factor(query("c1", Query.HEAD), "good", 1)).isEqualTo(1);
    live(1_500);
    lifts.refresh("main");

    double drawn = worth.factor(query("c1", Query.HEAD), "good", 1);
    assertThat(drawn).isGreaterThan(2);
    assertThat(worth.factor(query("c1", Query.HEAD), "good", 1)).isEqualTo(drawn);
    assertThat(worth.factor(query("c2", Query.HEAD), "good", 1)).isNotEqualTo(drawn);
    assertThat(doubting(worth, "bad", 2)).as("but for one in ten").isBetween(870L, 930L);
    assertThat(worth.factor(query("", Query.HEAD), "bad", 2)).isZero();
    assertThat(worth.factor(query("c1", Query.HEAD), "bad", 1)).isEqualTo(1);
    assertThat(worth.factor(query("c1", 7), "bad", 2)).isEqualTo(1);
    assertThat(worth.factor(query("", Query.HEAD), "good", 1)).isBetween(4.0, 9.0);
    assertThat(new Worth(lifts, draws, 0).factor(query("c1", Query.HEAD), "bad", 2)).isEqualTo(1);
  }

  @Test
  void whatIsThoughtToHarmIsStillShownToSomeAndWhatIsNotIsNeverDoubtedByAnUnluckyDraw() {
    Worth worth = new Worth(lifts, new Assignment(0, 0.2, text -> Digest.of(text).value()), 1);
    live(30);
    lifts.refresh("main");

    assertThat(doubting(worth, "bad", 2)).isBetween(200L, 950L);
    assertThat(doubting(worth, "good", 1)).isZero();
  }

  private static long doubting(Worth worth, String item, int version) {
    return IntStream.range(0, 1_000)
        .filter(i -> worth.factor(query("c" + i, Query.HEAD), item, version) == 0)
        .count();
  }

  private static Query query(String conversation, long sequence) {
    return new Query(
        "main", "ann", "pump", Set.of(), sequence, 5, Set.of(), Limits.of(5), conversation);
  }
}
