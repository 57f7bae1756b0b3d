package dev.hone.lab.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What of the data sets' official files lies in a folder, packed or unpacked. */
public final class Archives {

  private static final int DEEPEST = 4;

  private final Path folder;

  public Archives(Path folder) {
    this.folder = folder;
  }

  /**
   * Where a data set is: its archive, or the folder itself when its files lie unpacked in it; empty
   * when neither is there.
   */
  public Optional<Path> place(Source source) {
    Path archive = folder.resolve(source.file());
    if (Files.isRegularFile(archive)) {
      return Optional.of(archive);
    }
    Path official = folder.resolve(Path.of(source.address().getPath()).getFileName());
    if (Files.isRegularFile(official)) {
      return Optional.of(official);
    }
    return unpacked(source) ? Optional.of(folder) : Optional.empty();
  }

  /**
   * The questions of a data set, if it is here.
   *
   * @throws BadData if its files cannot be read
   */
  public Optional<List<Question>> questions(Source source) {
    return place(source)
        .map(
            place ->
                source.name().equals("mmlu") ? MmluArchive.read(place) : SciqArchive.read(place));
  }

  private boolean unpacked(Source source) {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> files = Files.walk(folder, DEEPEST)) {
      return files.anyMatch(
          file -> {
            String name = folder.relativize(file).toString().replace('\\', '/');
            return source.name().equals("mmlu") ? MmluArchive.holds(name) : SciqArchive.holds(name);
          });
    } catch (IOException e) {
      throw new UncheckedIOException(folder + " cannot be read", e);
    }
  }

  /**
   * Checks the digests of what is in an archive, as far as they are known.
   *
   * @return how many were checked
   * @throws BadData if one is wrong
   */
  public static int checkMembers(Source source, Path archive) {
    int[] checked = {0};
    Packed.each(
        archive,
        (name, content) -> {
          String file = name.substring(name.lastIndexOf('/') + 1);
          String expected = source.members().get(file);
          if (expected != null && !name.startsWith("__MACOSX/")) {
            String digest = Sha256.of(content);
            if (!digest.equals(expected)) {
              throw new BadData(
                  archive
                      + ": "
                      + name
                      + " has the SHA-256 "
                      + digest
                      + ", not "
                      + expected
                      + " as published. Delete the archive and download it anew.");
            }
            checked[0]++;
          }
        });
    return checked[0];
  }
}
