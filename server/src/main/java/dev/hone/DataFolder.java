package dev.hone;

import dev.hone.config.InvalidSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The folder of all that one Hone keeps: {@code hone.db} (the truth), {@code index/} (can be
 * deleted), {@code secret} (the key that principals are hashed with), {@code format} (the version
 * of this layout). One process at a time.
 */
public final class DataFolder implements AutoCloseable {

  private static final int FORMAT = 1;

  private final Path folder;
  private final FileChannel channel;
  private final FileLock lock;

  private DataFolder(Path folder, FileChannel channel, FileLock lock) {
    this.folder = folder;
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Opens the folder, makes it if it is not there.
   *
   * @throws InvalidSettings if it is in use, of a newer version, or cannot be written
   */
  public static DataFolder open(Path folder) {
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = lock(channel);
      if (lock == null) {
        channel.close();
        throw new InvalidSettings(
            "The data folder "
                + folder
                + " is in use by another Hone. Stop that one, or choose another folder with"
                + " --data.");
      }
      DataFolder opened = new DataFolder(folder, channel, lock);
      opened.checkFormat();
      return opened;
    } catch (IOException e) {
      throw new InvalidSettings(
          "The data folder "
              + folder
              + " cannot be used: "
              + e
              + ". Make it writable, or choose another with --data.");
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private void checkFormat() throws IOException {
    Path file = folder.resolve("format");
    if (!Files.exists(file)) {
      Files.writeString(file, Integer.toString(FORMAT));
      return;
    }
    String found = Files.readString(file).strip();
    if (!found.equals(Integer.toString(FORMAT))) {
      close();
      throw new InvalidSettings(
          "The data folder "
              + folder
              + " has format "
              + found
              + ", this Hone reads format "
              + FORMAT
              + ". Use the version of Hone that wrote it, or a newer one.");
    }
  }

  public Path database() {
    return folder.resolve("hone.db");
  }

  public Path index() {
    return folder.resolve("index");
  }

  /** The key that principals are hashed with; made on first use, readable by the owner only. */
  public byte[] secret() {
    Path file = folder.resolve("secret");
    try {
      if (!Files.exists(file)) {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
          Files.createFile(
              file,
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(file, HexFormat.of().formatHex(secret), StandardCharsets.US_ASCII);
      }
      return HexFormat.of().parseHex(Files.readString(file).strip());
    } catch (IOException | IllegalArgumentException e) {
      throw new InvalidSettings("The file " + file + " cannot be used: " + e.getMessage() + ".");
    }
  }

  @Override
  public void close() {
    try {
      lock.release();
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the lock of " + folder + " cannot be released", e);
    }
  }
}
