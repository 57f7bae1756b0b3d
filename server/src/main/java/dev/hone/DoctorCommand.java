package dev.hone;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.backend.store.Database;
import dev.hone.backend.store.WholeFile;
import dev.hone.config.InvalidSettings;
import dev.hone.port.Check;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Examines a data folder that no server uses. */
@Command(
    name = "doctor",
    description = {
      "Examine a data folder while no server uses it.",
      "Exit code 0: all is well, or was put right. 1: something is wrong."
    },
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "hone-data",
      description = "Folder of all that Hone keeps (hone-data).")
  private Path data = Path.of("hone-data");

  @Option(names = "--fix", description = "Put right what can be.")
  private boolean fix;

  @Option(names = "--json", description = "Print the findings as JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (!Files.exists(data.resolve("hone.db"))) {
      throw new InvalidSettings(
          "There is no Hone data in " + data + ". Name the folder with --data.");
    }
    List<Doctor.Result> results;
    try (DataFolder folder = DataFolder.open(data);
        ProgressLine progress = new ProgressLine()) {
      results = examine(folder, progress);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      ObjectMapper mapper = new ObjectMapper();
      out.println(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(view(results)));
    } else {
      print(out, results);
    }
    out.flush();
    return healthy(results) ? 0 : 1;
  }

  private List<Doctor.Result> examine(DataFolder folder, ProgressLine progress) {
    AtomicReference<@Nullable Database> opened = new AtomicReference<>();
    try {
      return Doctor.examine(
          new WholeFile(folder.database()),
          () -> {
            Database database = new Database(folder.database());
            opened.set(database);
            return Server.checks(folder, database);
          },
          fix,
          progress);
    } finally {
      Database database = opened.get();
      if (database != null) {
        database.close();
      }
    }
  }

  private static boolean healthy(List<Doctor.Result> results) {
    return results.stream().allMatch(result -> result.finding().healthy());
  }

  private static ObjectNode view(List<Doctor.Result> results) {
    ObjectNode view = new ObjectMapper().createObjectNode();
    view.put("healthy", healthy(results));
    ArrayNode checks = view.putArray("checks");
    for (Doctor.Result result : results) {
      Check.Finding finding = result.finding();
      ObjectNode each = checks.addObject();
      each.put("check", result.check());
      each.put("examined", finding.examined());
      each.put("wrong", finding.wrong());
      each.put("fixed", finding.fixed());
      finding.examples().forEach(each.putArray("examples")::add);
    }
    return view;
  }

  private void print(PrintWriter out, List<Doctor.Result> results) {
    for (Doctor.Result result : results) {
      Check.Finding finding = result.finding();
      out.printf(
          "%-5s %-24s %d examined%s%n",
          finding.healthy() ? "ok" : "WRONG",
          result.check(),
          finding.examined(),
          finding.wrong() == 0
              ? ""
              : ", " + finding.wrong() + " wrong, " + finding.fixed() + " put right");
      finding.examples().forEach(example -> out.println("      " + example));
    }
    if (!healthy(results)) {
      out.println(
          fix
              ? "What is left cannot be put right here: put the folder back from a backup."
              : "'hone doctor --fix' puts right what can be.");
    }
  }
}
