package dev.hone.lab.data;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the data sets that can be downloaded, their licences, and what is here. */
@Command(
    name = "list",
    description = "Show names, licences, addresses, and what is here.",
    mixinStandardHelpOptions = true)
final class DataListCommand implements Callable<Integer> {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = DataGetCommand.FOLDER,
      description = "Folder of data sets (${DEFAULT-VALUE}).")
  private Path data = Path.of(DataGetCommand.FOLDER);

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Archives archives = new Archives(data);
    ObjectNode report = new ObjectMapper().createObjectNode().put("folder", data.toString());
    ArrayNode sets = report.putArray("sets");
    for (Source source : Source.ALL) {
      Optional<Path> place = archives.place(source);
      ObjectNode set =
          sets.addObject()
              .put("name", source.name())
              .put("about", source.about())
              .put("licence", source.licence())
              .put("address", source.address().toString())
              .put("here", place.isPresent());
      place.ifPresent(path -> set.put("place", path.toString()));
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(report);
    } else {
      out.println("bundled   the support desk of an invented product, Apache-2.0; always here");
      for (Source source : Source.ALL) {
        out.printf("%-9s %s, %s%n", source.name(), source.about(), source.licence());
        out.printf(
            "          %s%n",
            archives
                .place(source)
                .map(path -> "here: " + path)
                .orElse("not here: hone lab data get " + source.name() + " --data " + data));
        out.printf("          %s%n", source.address());
      }
    }
    out.flush();
    return 0;
  }
}
