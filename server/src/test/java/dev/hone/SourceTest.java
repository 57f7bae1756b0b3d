package dev.hone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files stay small: one over 400 lines says why. */
class SourceTest {

  private static final int LONG = 400;
  private static final String REASON = "Long because";

  @Test
  void everyLongFileStatesItsReason() throws IOException {
    Path sources = Path.of("src", "main", "java");

    assertThat(sources.resolve("dev/hone/Server.java")).exists();
    assertThat(longWithoutReason(sources)).isEmpty();
  }

  @Test
  void aLongFileWithoutReasonIsFound(@TempDir Path folder) throws IOException {
    Path silent = Files.writeString(folder.resolve("Silent.java"), "// x\n".repeat(LONG + 1));
    Files.writeString(
        folder.resolve("Stated.java"), "// Long because it is one table.\n" + "//\n".repeat(LONG));
    Files.writeString(folder.resolve("Short.java"), "// x\n".repeat(LONG));

    assertThat(longWithoutReason(folder)).containsExactly(silent);
  }

  private static List<Path> longWithoutReason(Path folder) throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        List<String> lines = Files.readAllLines(file);
        if (lines.size() > LONG && lines.stream().noneMatch(SourceTest::states)) {
          found.add(file);
        }
      }
    }
    return found;
  }

  private static boolean states(String line) {
    String text = line.strip();
    return (text.startsWith("*") || text.startsWith("/")) && text.contains(REASON);
  }
}
