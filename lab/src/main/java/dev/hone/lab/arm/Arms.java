package dev.hone.lab.arm;

import dev.hone.lab.run.JsonLines;
import dev.hone.lab.server.HoneClient;
import dev.hone.lab.server.Space;

/**
 * Makes arms on one Hone.
 *
 * @param client lives through and asks
 * @param writes whether the model can write a sheet
 * @param sheets where sheets are kept
 * @param budget tokens that a sheet may cost at most, as many as a block of retrieved items
 * @param seed of what is random
 */
public record Arms(HoneClient client, boolean writes, JsonLines sheets, int budget, long seed) {

  private static final String DISTILL = "distill";

  /** An arm of this kind. */
  public Arm make(ArmKind kind) {
    return switch (kind) {
      case PLAIN -> new PlainArm(visitor());
      case RAW -> space(kind, "raw", false);
      case EXPERIENCE -> space(kind, DISTILL, true);
      case SHUFFLED -> new ShuffledArm(space(kind, DISTILL, true), seed);
      case SHEET -> sheet();
    };
  }

  private Arm sheet() {
    Sheet sheet = new Sheet(budget);
    return new SheetArm(
        sheet,
        writes ? new PromptedCurator(visitor(), sheet) : new ExtractiveCurator(sheet),
        visitor(),
        sheets,
        String.valueOf(seed));
  }

  private HoneClient visitor() {
    return client.as("visitor");
  }

  private Arm space(ArmKind kind, String learning, boolean refined) {
    return new SpaceArm(new Space(client, kind.toString()), visitor(), learning, refined);
  }
}
