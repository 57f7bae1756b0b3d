package dev.hone.lab.data;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** The files of a folder, of a {@code .tar} or of a {@code .zip}, one after the other. */
final class Packed {

  private static final int DEEPEST = 4;

  private Packed() {}

  /** Takes one file. */
  @FunctionalInterface
  interface Reader {
    /**
     * Reads it.
     *
     * @param name its path inside, with {@code /}
     * @param content read as far as wanted, not closed
     */
    void read(String name, InputStream content) throws IOException;
  }

  /**
   * Shows each file to a reader, those of a folder by name, others as they are packed.
   *
   * @throws BadData if the place is not there or cannot be read
   */
  static void each(Path place, Reader reader) {
    try {
      if (Files.isDirectory(place)) {
        folder(place, reader);
      } else if (place.toString().endsWith(".zip")) {
        zip(place, reader);
      } else {
        tar(place, reader);
      }
    } catch (NoSuchFileException e) {
      throw new BadData("There is no file " + place + ".");
    } catch (IOException e) {
      throw new BadData(
          place + " cannot be read: " + e.getMessage() + ". Was it downloaded to its end?");
    }
  }

  private static void folder(Path place, Reader reader) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(place, DEEPEST)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files) {
      try (InputStream in = Files.newInputStream(file)) {
        reader.read(place.relativize(file).toString().replace('\\', '/'), in);
      }
    }
  }

  private static void zip(Path place, Reader reader) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(place))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (!entry.isDirectory()) {
          reader.read(entry.getName(), new Entry(zip));
        }
      }
    }
  }

  private static void tar(Path place, Reader reader) throws IOException {
    try (TarArchiveInputStream tar = new TarArchiveInputStream(Files.newInputStream(place))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (entry.isFile()) {
          reader.read(entry.getName(), new Entry(tar));
        }
      }
    }
  }

  /** One file of an archive: closing it leaves the archive open. */
  private static final class Entry extends FilterInputStream {

    Entry(InputStream archive) {
      super(archive);
    }

    @Override
    public void close() {
      // The archive goes on behind it.
    }
  }
}
