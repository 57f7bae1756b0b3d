package dev.hone.lab.power;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What had become of items when so many sessions had closed, on average over histories.
 *
 * @param effect of an item that helps or harms
 * @param heldOut the share of sessions that were shown nothing
 * @param dropout the probability with which an item was left out of a session
 * @param sessions that had closed
 * @param trials of an item
 * @param found the share of the harmful items that were demoted: the power
 * @param established the share of the helpful items of which it was established that they help
 * @param wrong the share of items demoted that do no harm, 0 where none was demoted: the rate of
 *     false demotions that the level bounds
 * @param ever the share of histories in which any item was demoted that does no harm
 * @param helpful the share of the helpful items that were demoted
 * @param doubted the share of the harmful items that are doubted now: believed to harm, without
 *     proof
 * @param wronged the share of the others that are
 */
record ItemRow(
    double effect,
    double heldOut,
    double dropout,
    int sessions,
    double trials,
    double found,
    double established,
    double wrong,
    double ever,
    double helpful,
    double doubted,
    double wronged) {

  static final List<String> HEAD =
      List.of(
          "effect",
          "held out",
          "dropout",
          "sessions",
          "trials an item",
          "harmful demoted",
          "helpful known",
          "demoted wrongly",
          "ever wrongly",
          "helpful demoted",
          "harmful doubted",
          "others doubted");

  /** One row for each of the numbers of sessions. */
  static List<ItemRow> of(
      ItemWorld world, double level, List<Integer> sessions, Repetitions repetitions) {
    List<List<ItemSimulation.Look>> histories =
        repetitions.of(seed -> new ItemSimulation(world, level, sessions, seed).run());
    return IntStream.range(0, sessions.size())
        .mapToObj(look -> of(world, histories.stream().map(each -> each.get(look)).toList()))
        .toList();
  }

  private static ItemRow of(ItemWorld world, List<ItemSimulation.Look> looks) {
    return new ItemRow(
        world.effect(),
        world.heldOut(),
        world.dropout(),
        looks.getFirst().sessions(),
        mean(looks, ItemSimulation.Look::trials),
        mean(looks, look -> (double) look.harmful() / Math.max(1, world.harmful())),
        mean(looks, look -> (double) look.established() / Math.max(1, world.helpful())),
        mean(
            looks,
            look -> (double) look.harmless() / Math.max(1, look.harmless() + look.harmful())),
        mean(looks, look -> look.harmless() > 0 ? 1 : 0),
        mean(looks, look -> (double) look.helpful() / Math.max(1, world.helpful())),
        mean(looks, look -> (double) look.doubted() / Math.max(1, world.harmful())),
        mean(
            looks, look -> (double) look.wronged() / Math.max(1, world.items() - world.harmful())));
  }

  private static double mean(
      List<ItemSimulation.Look> looks, ToDoubleFunction<ItemSimulation.Look> figure) {
    return looks.stream().mapToDouble(figure).average().orElseThrow();
  }

  List<String> cells() {
    return List.of(
        String.format(Locale.ROOT, "%.2f", effect),
        String.format(Locale.ROOT, "%.2f", heldOut),
        String.format(Locale.ROOT, "%.2f", dropout),
        String.valueOf(sessions),
        String.format(Locale.ROOT, "%.0f", trials),
        String.format(Locale.ROOT, "%.3f", found),
        String.format(Locale.ROOT, "%.3f", established),
        String.format(Locale.ROOT, "%.3f", wrong),
        String.format(Locale.ROOT, "%.3f", ever),
        String.format(Locale.ROOT, "%.3f", helpful),
        String.format(Locale.ROOT, "%.3f", doubted),
        String.format(Locale.ROOT, "%.3f", wronged));
  }
}
