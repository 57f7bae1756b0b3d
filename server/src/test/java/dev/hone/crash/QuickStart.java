package dev.hone.crash;

import dev.hone.e2e.HoneProcess;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** Launches processes that start in about a second: a small compiler, and classes archived once. */
final class QuickStart {

  private static final List<String> SMALL =
      List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  private QuickStart() {}

  /** Archives the classes of one run in a folder, and returns what launches further ones. */
  static HoneProcess.Launcher prepare(Path folder) throws IOException {
    String classPath = jarred(folder);
    Path archive = folder.resolve("hone.jsa");
    HoneProcess.Launcher training =
        new HoneProcess.Launcher(List.of(), with("-XX:ArchiveClassesAtExit=" + archive), classPath);
    try (HoneProcess hone = training.start(folder.resolve("training"))) {
      hone.stop();
    }
    return new HoneProcess.Launcher(List.of(), with("-XX:SharedArchiveFile=" + archive), classPath);
  }

  private static List<String> with(String option) {
    return Stream.concat(SMALL.stream(), Stream.of(option)).toList();
  }

  /** The class path with Hone in a jar, for an archive takes no folders, and without tests. */
  private static String jarred(Path folder) throws IOException {
    Path jar = folder.resolve("hone.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      for (String entry : HoneProcess.classPath().split(File.pathSeparator, -1)) {
        Path place = Path.of(entry);
        if (Files.isDirectory(place) && Files.exists(place.resolve("dev/hone/Main.class"))) {
          add(place, out);
        }
      }
    }
    return Stream.concat(
            Stream.of(jar.toString()),
            Stream.of(HoneProcess.classPath().split(File.pathSeparator, -1))
                .filter(entry -> entry.endsWith(".jar")))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Folders have entries of their own, for some libraries look for what lies in a folder. */
  private static void add(Path classes, JarOutputStream out) throws IOException {
    List<Path> paths;
    try (Stream<Path> all = Files.walk(classes)) {
      paths = all.filter(path -> !path.equals(classes)).toList();
    }
    for (Path path : paths) {
      boolean folder = Files.isDirectory(path);
      out.putNextEntry(new ZipEntry(classes.relativize(path) + (folder ? "/" : "")));
      if (!folder) {
        Files.copy(path, out);
      }
      out.closeEntry();
    }
  }
}
