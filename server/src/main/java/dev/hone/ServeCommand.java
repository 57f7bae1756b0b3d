package dev.hone;

import dev.hone.config.Settings;
import dev.hone.config.SettingsReader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the server until it is stopped. */
@Command(
    name = "serve",
    description = "Run Hone between your applications and a model.",
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {

  @Option(
      names = "--upstream",
      paramLabel = "URL",
      description = "OpenAI-compatible server that answers; without it the built-in model does.")
  private @Nullable String upstream;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Port to listen on (8420); 0 takes a free one.")
  private @Nullable String port;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Folder of all that Hone keeps (hone-data).")
  private @Nullable String data;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings file: lines of key = value.")
  private @Nullable Path config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Any setting; 'hone settings' lists them. Repeatable.")
  private Map<String, String> set = new LinkedHashMap<>();

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = settings();
    Logging.configure(settings.log().format());
    CountDownLatch stopped = new CountDownLatch(1);
    try (Server server = Server.start(settings)) {
      Thread hook = Thread.ofPlatform().unstarted(() -> stop(server, stopped));
      Runtime.getRuntime().addShutdownHook(hook);
      stopped.await();
    }
    return 0;
  }

  private static void stop(Server server, CountDownLatch stopped) {
    server.close();
    stopped.countDown();
  }

  private Settings settings() {
    SettingsReader reader = new SettingsReader();
    String fromEnvironment = System.getenv("HONE_CONFIG");
    if (config != null) {
      reader.file(config);
    } else if (fromEnvironment != null && !fromEnvironment.isBlank()) {
      reader.file(Path.of(fromEnvironment));
    }
    reader.environment(System.getenv());
    if (upstream != null) {
      reader.set("upstream.url", upstream);
    }
    if (port != null) {
      reader.set("server.port", port);
    }
    if (data != null) {
      reader.set("server.data", data);
    }
    set.forEach(reader::set);
    return reader.read();
  }
}
