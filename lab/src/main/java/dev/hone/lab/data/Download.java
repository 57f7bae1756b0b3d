package dev.hone.lab.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Downloads a file: what has come is in {@code FILE.part} until all of it is there and its digest
 * is right, and a download that broke off goes on from there, if the server still has the same file
 * (RFC 9110, sections 13.1.5 and 14). The digest is kept beside the file, in {@code FILE.sha256}.
 */
public final class Download {

  private static final int OK = 200;
  private static final int PARTIAL = 206;
  private static final int BEYOND_THE_END = 416;
  private static final int CHUNK = 1 << 16;
  private static final long UNKNOWN = -1;
  private static final Pattern RANGE = Pattern.compile("bytes (\\d+)-\\d+/(\\d+|\\*)");

  private final HttpClient http;
  private final Progress progress;

  /** Told how far it is. */
  @FunctionalInterface
  public interface Progress {
    /**
     * Told now and then.
     *
     * @param done bytes that are here
     * @param of bytes in all; -1 when the server does not say
     */
    void at(long done, long of);
  }

  /** Follows redirections as {@code http} does. */
  public Download(HttpClient http, Progress progress) {
    this.http = http;
    this.progress = progress;
  }

  /**
   * What is here now.
   *
   * @param file the file
   * @param sha256 its digest
   * @param loaded bytes that came now; 0 when it was here
   * @param known whether the digest was known before
   */
  public record Got(Path file, String sha256, long loaded, boolean known) {}

  /**
   * Downloads.
   *
   * @param sha256 the digest that it must have, if known; else the one kept beside the file
   * @throws BadData if the server cannot be reached or gives something else
   */
  public Got fetch(URI address, Path file, Optional<String> sha256) {
    Path part = beside(file, ".part");
    Path kept = beside(file, ".sha256");
    try {
      Optional<String> expected = sha256.or(() -> digestIn(kept));
      if (Files.exists(file)) {
        return new Got(file, checked(file, address, expected), 0, expected.isPresent());
      }
      Files.createDirectories(file.toAbsolutePath().getParent());
      long loaded = load(address, part);
      String digest = checked(part, address, expected);
      Files.writeString(kept, digest + "  " + file.getFileName() + "\n");
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      Files.deleteIfExists(beside(part, ".tag"));
      return new Got(file, digest, loaded, expected.isPresent());
    } catch (IOException e) {
      throw new BadData(
          address
              + " cannot be downloaded: "
              + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage())
              + ". The same command goes on where it broke off. Without a network, download it"
              + " elsewhere and put it here as "
              + file
              + ".");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BadData("interrupted; the same command goes on where it broke off");
    }
  }

  private static Path beside(Path file, String ending) {
    return file.resolveSibling(file.getFileName() + ending);
  }

  private static Optional<String> digestIn(Path kept) {
    try {
      return Files.exists(kept)
          ? Optional.of(Files.readString(kept).strip().split("\\s+", 2)[0])
          : Optional.empty();
    } catch (IOException e) {
      throw new BadData(kept + " cannot be read: " + e.getMessage() + ".");
    }
  }

  private static String checked(Path file, URI address, Optional<String> expected)
      throws IOException {
    String digest = Sha256.of(file);
    if (expected.isPresent() && !expected.get().equalsIgnoreCase(digest)) {
      throw new BadData(
          file
              + " has the SHA-256 "
              + digest
              + ", not "
              + expected.get()
              + ": it is not what was expected from "
              + address
              + ". Delete it to download it anew.");
    }
    return digest;
  }

  /** Loads what is missing of a part; returns the bytes that came. */
  private long load(URI address, Path part) throws IOException, InterruptedException {
    Path tag = beside(part, ".tag");
    long here = Files.exists(part) && Files.exists(tag) ? Files.size(part) : 0;
    HttpRequest.Builder request = HttpRequest.newBuilder(address).GET();
    if (here > 0) {
      request.header("range", "bytes=" + here + "-");
      request.header("if-range", Files.readString(tag));
    }
    HttpResponse<InputStream> response = http.send(request.build(), BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      return switch (response.statusCode()) {
        case OK -> {
          remember(response, tag);
          yield write(body, part, 0, length(response));
        }
        case PARTIAL -> {
          Matcher range = RANGE.matcher(response.headers().firstValue("content-range").orElse(""));
          if (!range.matches() || Long.parseLong(range.group(1)) != here) {
            throw new IOException("it goes on with another part than was asked for");
          }
          long all = range.group(2).equals("*") ? UNKNOWN : Long.parseLong(range.group(2));
          yield write(body, part, here, all);
        }
        case BEYOND_THE_END -> {
          if (response.headers().firstValue("content-range").orElse("").equals("bytes */" + here)) {
            yield 0L;
          }
          Files.delete(tag);
          yield load(address, part);
        }
        default -> throw new IOException("the server answered " + response.statusCode());
      };
    }
  }

  private static long length(HttpResponse<?> response) {
    return response.headers().firstValueAsLong("content-length").orElse(UNKNOWN);
  }

  /** What tells this file from a later one; without that it is downloaded anew each time. */
  private static void remember(HttpResponse<?> response, Path tag) throws IOException {
    Optional<String> validator =
        response
            .headers()
            .firstValue("etag")
            .filter(etag -> !etag.startsWith("W/"))
            .or(() -> response.headers().firstValue("last-modified"));
    if (validator.isPresent()) {
      Files.writeString(tag, validator.get(), StandardCharsets.US_ASCII);
    } else {
      Files.deleteIfExists(tag);
    }
  }

  private long write(InputStream body, Path part, long from, long all) throws IOException {
    long here = from;
    try (OutputStream out =
        from == 0
            ? Files.newOutputStream(part)
            : Files.newOutputStream(part, StandardOpenOption.APPEND)) {
      byte[] chunk = new byte[CHUNK];
      progress.at(here, all);
      for (int read = body.read(chunk); read >= 0; read = body.read(chunk)) {
        out.write(chunk, 0, read);
        here += read;
        progress.at(here, all);
      }
    }
    if (all != UNKNOWN && here != all) {
      throw new IOException("it broke off at byte " + here + " of " + all);
    }
    return here - from;
  }
}
