package dev.hone.wire;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is in a gzip body (RFC 1952) while its bytes pass by: each piece comes with the bytes
 * that it was read from.
 */
public final class Unzipped {

  private static final int LARGEST_PIECE = 16 * 1024;

  /**
   * A piece of a body.
   *
   * @param bytes as sent
   * @param content what they say
   */
  public record Piece(byte[] bytes, byte[] content) {}

  private final Passing passing;
  private @Nullable Content content;

  public Unzipped(InputStream body) {
    passing = new Passing(body);
  }

  /**
   * The next piece: all that its bytes say. One without content is the last; its bytes are the end
   * of the body, or the beginning of one that is no gzip body, of which the rest is still to come.
   *
   * @throws IOException if the body breaks off
   */
  public Piece next() throws IOException {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try {
      Content open = content == null ? new Content(passing) : content;
      content = open;
      byte[] buffer = new byte[LARGEST_PIECE];
      int n = open.read(buffer);
      while (n > 0) {
        said.write(buffer, 0, n);
        n = open.isDrained() ? 0 : open.read(buffer);
      }
    } catch (ZipException e) {
      return new Piece(passing.take(), new byte[0]);
    }
    return new Piece(passing.take(), said.toByteArray());
  }

  /** Knows whether the bytes read so far have said all they say. */
  private static final class Content extends GZIPInputStream {

    Content(InputStream in) throws IOException {
      super(in);
    }

    boolean isDrained() {
      return inf.needsInput() || inf.finished();
    }
  }

  /** What a whole gzip body says, as far as it can be read, up to a limit. */
  public static byte[] content(byte[] body, int limit) {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      byte[] buffer = new byte[LARGEST_PIECE];
      for (int n = in.read(buffer); n >= 0 && read.size() < limit; n = in.read(buffer)) {
        read.write(buffer, 0, Math.min(n, limit - read.size()));
      }
    } catch (IOException e) {
      return read.toByteArray();
    }
    return read.toByteArray();
  }

  /** Remembers what was read of another stream. */
  private static final class Passing extends FilterInputStream {

    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();

    Passing(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int next = super.read();
      if (next >= 0) {
        seen.write(next);
      }
      return next;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int n = super.read(into, offset, length);
      if (n > 0) {
        seen.write(into, offset, n);
      }
      return n;
    }

    byte[] take() {
      byte[] taken = seen.toByteArray();
      seen.reset();
      return taken;
    }
  }
}
