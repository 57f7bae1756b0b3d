package dev.hone.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The scripts of the JavaScript libraries, with their packages installed beside the build's other
 * output. Where node or the packages are not to be had, tests are skipped.
 */
record NodeScripts(Path folder) {

  private static final Path SOURCES = Path.of("src", "test", "node");
  private static final Path INSTALLED = Path.of("target", "node");
  private static final String LOCK = "package-lock.json";
  private static final int PATIENCE_SECONDS = 120;

  /** Installs what the lock file says, once for each lock file. */
  static NodeScripts installed() throws IOException, InterruptedException {
    for (String program : List.of("node", "npm")) {
      assumeTrue(isOnPath(program), program + " is not installed on this machine");
    }
    Path modules = INSTALLED.resolve("node_modules");
    Path lock = INSTALLED.resolve(LOCK);
    boolean current =
        Files.exists(modules.resolve(".package-lock.json"))
            && Files.exists(lock)
            && Files.mismatch(lock, SOURCES.resolve(LOCK)) < 0;
    Files.createDirectories(INSTALLED);
    try (Stream<Path> sources = Files.list(SOURCES)) {
      for (Path source : sources.filter(Files::isRegularFile).toList()) {
        Files.copy(
            source, INSTALLED.resolve(source.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    if (!current) {
      Ended npm = run("npm", "ci", "--ignore-scripts", "--prefer-offline");
      assumeTrue(npm.code == 0, "the packages of npm are not to be had: " + npm.output);
    }
    return new NodeScripts(INSTALLED);
  }

  private static boolean isOnPath(String program) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /** Runs a script against a server; returns the transcript. */
  JsonNode run(String script, String url) throws IOException, InterruptedException {
    Ended ended = run("node", script, url);
    assertThat(ended.code).as(ended.output).isZero();
    return Json.read(ended.output.substring(ended.output.indexOf('{')));
  }

  /** How a program ended, and what it wrote. */
  private record Ended(int code, String output) {}

  private static Ended run(String... command) throws IOException, InterruptedException {
    Path output = Files.createTempFile(INSTALLED, "output", ".txt");
    Process process =
        new ProcessBuilder(command)
            .directory(INSTALLED.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    process.getOutputStream().close();
    boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    String text = Files.readString(output);
    Files.delete(output);
    return new Ended(ended ? process.exitValue() : -1, text);
  }
}
