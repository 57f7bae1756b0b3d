import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Keeps every Java file of Hone in Google's style: layout, import order, no unused imports.
 *
 * <p>Maven runs it in the project's folder with google-java-format on the class path. {@code check}
 * names the files that differ and fails; {@code apply} rewrites them.
 */
final class Format {
  private static final String FIX = "mvn -N validate -Dformat=apply";

  private final Formatter formatter = new Formatter();
  private final boolean apply;

  private Format(boolean apply) {
    this.apply = apply;
  }

  /** Formats this folder's modules; exits 1 when a file is, or stays, misformatted. */
  public static void main(String[] args) throws IOException {
    var mode = args.length == 1 ? args[0] : "";
    if (!List.of("check", "apply").contains(mode)) {
      System.err.println("Format: say check or apply.");
      System.exit(2);
    }
    var format = new Format(mode.equals("apply"));
    var bad = sources(Path.of("")).parallelStream().filter(file -> !format.isFine(file)).toList();
    if (!bad.isEmpty()) {
      System.err.println("Not formatted:");
      bad.forEach(file -> System.err.println("  " + file));
      System.err.println("This command formats them: " + FIX);
      System.exit(1);
    }
  }

  /** Lists the Java files under {@code build} and every module's {@code src}. */
  private static List<Path> sources(Path root) throws IOException {
    try (var children = Files.list(root)) {
      return Stream.concat(Stream.of(root.resolve("build")), children.map(m -> m.resolve("src")))
          .filter(Files::isDirectory)
          .flatMap(Format::javaFiles)
          .sorted()
          .toList();
    }
  }

  private static Stream<Path> javaFiles(Path folder) {
    try {
      return Files.walk(folder).filter(file -> file.toString().endsWith(".java"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isFine(Path file) {
    try {
      var before = Files.readString(file);
      var after = formatter.formatSourceAndFixImports(before);
      if (after.equals(before)) {
        return true;
      }
      if (apply) {
        Files.writeString(file, after);
        System.out.println("Formatted " + file);
      }
      return apply;
    } catch (FormatterException e) {
      System.err.println(file + ":" + e.getMessage());
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
