package dev.hone.lab.data;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Downloads a data set from where its authors publish it. */
@Command(
    name = "get",
    description = {
      "Download a data set from its authors.",
      "What broke off goes on. The SHA-256 digest is printed and kept beside the file: a later"
          + " file must have the same."
    },
    mixinStandardHelpOptions = true)
final class DataGetCommand implements Callable<Integer> {

  static final String FOLDER = "data";
  private static final Duration CONNECT = Duration.ofSeconds(20);
  private static final long MEBIBYTE = 1 << 20;

  @Parameters(paramLabel = "NAME", description = "mmlu or sciq.")
  private String name = "";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = FOLDER,
      description = "Folder to put it into (${DEFAULT-VALUE}).")
  private Path data = Path.of(FOLDER);

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "Another address of the same file, such as a mirror.")
  private @Nullable URI url;

  @Option(
      names = "--sha256",
      paramLabel = "HEX",
      description = "The digest that the file must have.")
  private @Nullable String sha256;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (sha256 != null && !sha256.matches("[0-9a-fA-F]{64}")) {
      throw new ParameterException(spec.commandLine(), "--sha256 takes 64 hexadecimal digits.");
    }
    try {
      Source source = Source.named(name);
      Path file = data.resolve(source.file());
      Download.Got got = fetch(source, file);
      int members = Archives.checkMembers(source, file);
      print(source, got, members);
      return 0;
    } catch (BadData e) {
      spec.commandLine().getErr().println("hone: " + e.getMessage());
      return 1;
    }
  }

  private Download.Got fetch(Source source, Path file) {
    try (HttpClient http =
            HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        ProgressBar bar = bar(source.name())) {
      return new Download(
              http,
              (done, of) -> {
                if (of > 0) {
                  bar.maxHint(of);
                }
                bar.stepTo(done);
              })
          .fetch(url == null ? source.address() : url, file, Optional.ofNullable(sha256));
    }
  }

  private static ProgressBar bar(String name) {
    return new ProgressBarBuilder()
        .setTaskName(name)
        .setInitialMax(-1)
        .setUnit(" MiB", MEBIBYTE)
        .setStyle(ProgressBarStyle.UNICODE_BLOCK)
        .setUpdateIntervalMillis(200)
        .setMaxRenderedLength(100)
        .setConsumer(new ConsoleProgressBarConsumer(System.err))
        .build();
  }

  private void print(Source source, Download.Got got, int members) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(
          new ObjectMapper()
              .createObjectNode()
              .put("name", source.name())
              .put("file", got.file().toString())
              .put("sha256", got.sha256())
              .put("bytes_loaded", got.loaded())
              .put("digest_known", got.known())
              .put("members_checked", members)
              .put("licence", source.licence()));
    } else {
      out.println(got.file() + (got.loaded() == 0 ? " was here." : " is here."));
      out.println(
          "SHA-256 "
              + got.sha256()
              + (got.known()
                  ? ", as expected"
                  : ", seen for the first time and kept beside the file"));
      if (members > 0) {
        out.println(members + " files in it have the digests that are known of them.");
      }
      out.println("Licence: " + source.licence());
      out.println("Use it with: --dataset " + source.name() + " --data " + data);
    }
    out.flush();
  }
}
