package dev.hone;

import dev.hone.config.InvalidSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/**
 * The folder of all that one Hone keeps: {@code hone.db} (the truth), {@code index/} (can be
 * deleted), {@code secret} (the key that principals are hashed with; who can read it is an
 * administrator), {@code format} (the version of this layout), {@code url} (where the server that
 * holds it is reached). One process at a time.
 */
public final class DataFolder implements AutoCloseable {

  private static final String FORMAT = "1";
  private static final String URL = "url";
  private static final int SECRET_BYTES = 32;

  private static final FileAttribute<?>[] AS_USUAL = {};
  private static final FileAttribute<?>[] OWNERS_ONLY = {
    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
  };

  private static final FileAttribute<?> OWNERS_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Path folder;
  private final FileLock lock;
  private final Secret secret;

  private DataFolder(Path folder, FileLock lock, Secret secret) {
    this.folder = folder;
    this.lock = lock;
    this.secret = secret;
  }

  /**
   * Opens the folder, makes it if it is not there.
   *
   * @throws InvalidSettings if it is in use, of a newer version, damaged, or cannot be written
   */
  public static DataFolder open(Path folder) {
    try {
      make(folder.toAbsolutePath(), OWNERS_FOLDER);
      FileChannel channel =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      boolean opened = false;
      try {
        FileLock lock = lock(channel, folder);
        checkFormat(folder);
        Files.deleteIfExists(folder.resolve(URL));
        DataFolder taken = new DataFolder(folder, lock, readSecret(folder));
        opened = true;
        return taken;
      } finally {
        if (!opened) {
          channel.close();
        }
      }
    } catch (IOException e) {
      throw new InvalidSettings(
          "The data folder "
              + folder
              + " cannot be used: "
              + e
              + ". Make it writable, or choose another with --data.");
    }
  }

  /**
   * Makes a folder with this access, and those above it as usual; when this returns, they survive
   * power loss.
   */
  private static void make(Path folder, FileAttribute<?>... access) throws IOException {
    Path above = folder.getParent();
    if (above == null || Files.exists(folder)) {
      Files.createDirectories(folder);
      return;
    }
    make(above);
    Files.createDirectories(folder, isPosix(above) ? access : AS_USUAL);
    forceNames(above);
  }

  /** Makes the names in a folder durable, where a file system can be asked to. */
  private static void forceNames(Path folder) throws IOException {
    if (isPosix(folder)) {
      try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
        names.force(true);
      }
    }
  }

  private static boolean isPosix(Path folder) throws IOException {
    return Files.getFileStore(folder).supportsFileAttributeView("posix");
  }

  private static FileLock lock(FileChannel channel, Path folder) throws IOException {
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      throw new InvalidSettings(
          "The data folder "
              + folder
              + " is in use by another Hone. Stop that one, or choose another folder with"
              + " --data.");
    }
    return lock;
  }

  private static void checkFormat(Path folder) throws IOException {
    Path file = folder.resolve("format");
    if (!Files.exists(file)) {
      write(folder, file, FORMAT);
    }
    String found = read(file);
    if (found.isEmpty()) {
      throw new InvalidSettings(
          "The file "
              + file
              + " is empty. Put it back from a backup; or delete it, if this version of Hone made"
              + " the folder.");
    }
    if (!found.equals(FORMAT)) {
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

  private static Secret readSecret(Path folder) throws IOException {
    Path file = folder.resolve("secret");
    if (!Files.exists(file)) {
      byte[] secret = new byte[SECRET_BYTES];
      new SecureRandom().nextBytes(secret);
      write(folder, file, HexFormat.of().formatHex(secret));
    }
    String found = read(file);
    if (!found.matches("[0-9a-fA-F]{" + 2 * SECRET_BYTES + "}")) {
      throw new InvalidSettings(
          "The file "
              + file
              + " does not hold "
              + SECRET_BYTES
              + " bytes in hex. Put it back from a backup; or delete it, and Hone makes another,"
              + " with which nobody is recognised: candidates are no longer shown to whom they"
              + " belong.");
    }
    return new Secret(HexFormat.of().parseHex(found));
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.ISO_8859_1).strip();
  }

  /** Writes a file as a whole or not at all, durably, readable by the owner only. */
  private static void write(Path folder, Path file, String text) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.deleteIfExists(part);
    try (FileChannel channel =
        FileChannel.open(
            part,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            isPosix(folder) ? OWNERS_ONLY : AS_USUAL)) {
      ByteBuffer bytes = StandardCharsets.US_ASCII.encode(text);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    forceNames(folder);
  }

  public Path database() {
    return folder.resolve("hone.db");
  }

  public Path index() {
    return folder.resolve("index");
  }

  /** What principals are hashed with; made with the folder. */
  public Secret secret() {
    return secret;
  }

  /** Tells others who can read the folder where its server is reached, until it is closed. */
  void announce(String url) {
    try {
      write(folder, folder.resolve(URL), url);
    } catch (IOException e) {
      throw new UncheckedIOException("the address cannot be written to " + folder, e);
    }
  }

  /**
   * How the server that holds a folder is reached, as its administrator.
   *
   * @param url its address
   * @param token what to show in place of a key
   */
  record Held(String url, String token) {}

  /**
   * How the server that holds a folder is reached; empty when none does.
   *
   * @throws InvalidSettings if the folder is held but cannot be read, or its server does not listen
   *     yet
   */
  static Optional<Held> held(Path folder) {
    Path file = folder.resolve("lock");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      if (channel.tryLock() != null) {
        return Optional.empty();
      }
    } catch (OverlappingFileLockException e) {
      // Held by a server of this process.
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
    try {
      return Optional.of(new Held(read(folder.resolve(URL)), readSecret(folder).administrator()));
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  private static InvalidSettings unreadable(Path folder, IOException e) {
    return new InvalidSettings(
        "The server that holds the data folder "
            + folder
            + " cannot be found: "
            + e
            + ". Run this as the user that it runs as, once it listens; or name it with --url and"
            + " --key.");
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(folder.resolve(URL));
      lock.acquiredBy().close();
    } catch (IOException e) {
      throw new UncheckedIOException("the lock of " + folder + " cannot be released", e);
    }
  }
}
