package dev.hone;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** A file of lines, zipped or not, read from its beginning. */
final class ImportFile implements AutoCloseable {

  private final SeekableByteChannel channel;
  private final BufferedReader reader;
  private final MessageDigest digest;
  private long lines;

  private ImportFile(SeekableByteChannel channel) throws IOException {
    this.channel = channel;
    PushbackInputStream in = new PushbackInputStream(Channels.newInputStream(channel), 2);
    byte[] magic = in.readNBytes(2);
    in.unread(magic);
    boolean zipped = magic.length == 2 && magic[0] == 0x1f && magic[1] == (byte) 0x8b;
    InputStream text = zipped ? new GZIPInputStream(in, 1 << 16) : in;
    reader = new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8.newDecoder()));
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  static ImportFile open(Path file) throws IOException {
    return new ImportFile(Files.newByteChannel(file));
  }

  /** The next line; absent at the end. */
  @Nullable String next() throws IOException {
    try {
      String line = reader.readLine();
      if (line != null) {
        lines++;
        digest.update(line.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
      }
      return line;
    } catch (CharacterCodingException e) {
      throw new CommandFailed("the file is not UTF-8 behind line " + lines + ".");
    }
  }

  /** Lines read so far. */
  long lines() {
    return lines;
  }

  /** What those lines are known by: whoever read the same lines has the same mark. */
  String mark() {
    try {
      return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("SHA-256 can be continued on every Java platform", e);
    }
  }

  /** Bytes of the file that were read. */
  long position() throws IOException {
    return channel.position();
  }

  /** Bytes of the file. */
  long size() throws IOException {
    return channel.size();
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
