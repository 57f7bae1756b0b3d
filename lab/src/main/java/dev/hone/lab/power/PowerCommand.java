package dev.hone.lab.power;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Prints how many sessions it takes to see a lift, and to find items that harm. */
@Command(
    name = "power",
    description =
        "How many sessions it takes to see a lift, and to find harmful items, by simulation.",
    mixinStandardHelpOptions = true)
public final class PowerCommand implements Callable<Integer> {

  @Option(
      names = "--lift",
      split = ",",
      defaultValue = "0,0.05,0.1,0.2,-0.2",
      paramLabel = "L",
      description = "True lifts of spaces, from -0.3 to 0.3 (${DEFAULT-VALUE}).")
  private List<Double> lifts = List.of();

  @Option(
      names = "--holdout",
      split = ",",
      defaultValue = "0.05,0.1,0.2,0.5",
      paramLabel = "SHARE",
      description = "Shares of sessions held out (${DEFAULT-VALUE}).")
  private List<Double> heldOut = List.of();

  @Option(
      names = "--sessions",
      split = ",",
      defaultValue = "100,300,1000,3000,10000",
      paramLabel = "N",
      description = "Sessions after which a space is described (${DEFAULT-VALUE}).")
  private List<Integer> sessions = List.of();

  @Option(
      names = "--effect",
      defaultValue = "0.15",
      paramLabel = "E",
      description = "Effect of an item that helps or harms, at most 0.15 (${DEFAULT-VALUE}).")
  private double effect;

  @Option(
      names = "--dropout",
      split = ",",
      defaultValue = "0.05,0.1,0.2,0.5",
      paramLabel = "P",
      description = "Probabilities of leaving an item out (${DEFAULT-VALUE}).")
  private List<Double> dropout = List.of();

  @Option(
      names = "--item-holdout",
      defaultValue = "0.1",
      paramLabel = "SHARE",
      description = "Share of sessions held out where items are described (${DEFAULT-VALUE}).")
  private double itemHeldOut;

  @Option(
      names = "--item-sessions",
      split = ",",
      defaultValue = "1000,3000,10000,30000",
      paramLabel = "N",
      description = "Sessions after which items are described (${DEFAULT-VALUE}).")
  private List<Integer> itemSessions = List.of();

  @Option(
      names = "--missing",
      defaultValue = "0.2",
      paramLabel = "SHARE",
      description = "Share of outcomes that are missing (${DEFAULT-VALUE}).")
  private double missing;

  @Option(
      names = "--level",
      defaultValue = "0.05",
      paramLabel = "A",
      description = "Level of intervals and of false demotions (${DEFAULT-VALUE}).")
  private double level;

  @Option(
      names = "--repetitions",
      defaultValue = "200",
      paramLabel = "N",
      description = "Histories simulated of each (${DEFAULT-VALUE}).")
  private int repetitions;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "N",
      description = "Seed of the first history (${DEFAULT-VALUE}).")
  private long seed;

  @Option(names = "--json", description = "Print one JSON object on standard output.")
  private boolean json;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Also write power.json, spaces.csv and items.csv into this folder.")
  private @Nullable Path out;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PowerPlan plan;
    try {
      plan = plan();
      plan.spaces();
      plan.items();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    try {
      if (out != null) {
        Files.createDirectories(out);
        if (Files.exists(out.resolve("run.json"))) {
          throw new ParameterException(
              spec.commandLine(),
              out + " holds a run of another experiment: name another folder with --out.");
        }
      }
      show(plan, PowerTable.of(plan));
      return 0;
    } catch (IOException e) {
      spec.commandLine()
          .getErr()
          .println(
              "hone: " + out + " cannot be written: " + e + ". Name another folder with --out.");
      return 1;
    }
  }

  private void show(PowerPlan plan, PowerTable table) throws IOException {
    ObjectNode report = report(plan, table);
    if (out != null) {
      Files.writeString(out.resolve("power.json"), report.toPrettyString() + "\n");
      Files.writeString(out.resolve("spaces.csv"), table.allSpaces().csv());
      Files.writeString(out.resolve("items.csv"), table.allItems().csv());
    }
    PrintWriter print = spec.commandLine().getOut();
    print.print(json ? report + "\n" : table.text());
    print.flush();
  }

  private PowerPlan plan() {
    return new PowerPlan(
        lifts,
        heldOut,
        sessions,
        effect,
        dropout,
        itemHeldOut,
        itemSessions,
        missing,
        level,
        repetitions,
        seed);
  }

  private static ObjectNode report(PowerPlan plan, PowerTable table) {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode report = mapper.createObjectNode();
    report.set("settings", mapper.valueToTree(plan));
    report.set("spaces", mapper.valueToTree(table.spaces()));
    report.set("items", mapper.valueToTree(table.items()));
    return report;
  }
}
