package dev.hone.crash;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file system in memory that is soon full. */
final class SmallDisk implements AutoCloseable {

  private static final int BLOCK = 4_096;

  private final Path place;

  private SmallDisk(Path place) {
    this.place = place;
  }

  /** Mounts one; where that is not permitted, the test is skipped. */
  static SmallDisk mount(Path place, int mebibytes) throws IOException, InterruptedException {
    Files.createDirectories(place);
    boolean mounted =
        run(
            List.of(
                "mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "none", place.toString()));
    assumeTrue(mounted, "a small file system cannot be mounted here: that takes root and mount(8)");
    return new SmallDisk(place);
  }

  private static boolean run(List<String> command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  Path folder() {
    return place.resolve("data");
  }

  private Path ballast() {
    return place.resolve("ballast");
  }

  /** Takes all the space there is. */
  void fill() throws IOException {
    try (OutputStream out = Files.newOutputStream(ballast())) {
      byte[] block = new byte[BLOCK];
      while (place.toFile().getUsableSpace() > 0) {
        out.write(block);
      }
    } catch (IOException e) {
      if (place.toFile().getUsableSpace() > 0) {
        throw e;
      }
    }
  }

  /** Gives the space back. */
  void free() throws IOException {
    Files.delete(ballast());
  }

  @Override
  public void close() throws IOException {
    try {
      if (!run(List.of("umount", place.toString()))) {
        run(List.of("umount", "-l", place.toString()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
