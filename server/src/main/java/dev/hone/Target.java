package dev.hone;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Which Hone a command is for: the one at a URL, or the one of a data folder, whose reader is its
 * administrator.
 */
final class Target {

  private static final Path STANDARD_FOLDER = Path.of("hone-data");
  private static final String STANDARD_URL = "http://127.0.0.1:8420";

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "The server, with --key if it needs one.")
  private @Nullable String url;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      defaultValue = "${env:HONE_KEY}",
      description = "Your API key; better in the environment, as HONE_KEY.")
  private @Nullable String key;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Data folder of the server (hone-data): who can read it needs neither --url nor --key.")
  private @Nullable Path data;

  /** The running server: where it is said to be, else that of the data folder. */
  HoneApi running() {
    return named()
        .or(() -> held())
        .orElseGet(
            () -> {
              if (data != null) {
                throw new CommandFailed(
                    "no server holds the data folder " + data + ". Start one with 'hone serve'.");
              }
              return new HoneApi(STANDARD_URL, key);
            });
  }

  /** The server that was named, if one was. */
  Optional<HoneApi> named() {
    return data == null && (url != null || (key != null && !key.isBlank()))
        ? Optional.of(new HoneApi(url == null ? STANDARD_URL : url.replaceAll("/+$", ""), key))
        : Optional.empty();
  }

  /** The server that holds the data folder, if one does. */
  Optional<HoneApi> held() {
    return DataFolder.held(folder()).map(held -> new HoneApi(held.url(), held.token()));
  }

  /** The data folder. */
  Path folder() {
    return data == null ? STANDARD_FOLDER : data;
  }

  /** Whether the data folder is there. */
  boolean folderExists() {
    return Files.exists(folder());
  }
}
