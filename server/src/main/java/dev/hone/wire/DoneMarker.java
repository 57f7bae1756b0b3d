package dev.hone.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Finds the line {@code data: [DONE]} that ends a stream of events, wherever the chunks break, and
 * holds back no byte that cannot belong to it.
 */
public final class DoneMarker {

  private static final byte[] DATA = "data:".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);

  /**
   * What can be passed on.
   *
   * @param before bytes before the marker
   * @param marked whether the marker has come
   * @param after the marker and what follows it
   */
  public record Split(byte[] before, boolean marked, byte[] after) {}

  private byte[] held = new byte[0];
  private boolean lineStart = true;
  private boolean marked;

  /** Takes the first {@code length} bytes of a chunk. */
  public Split split(byte[] chunk, int length) {
    byte[] bytes = Arrays.copyOf(held, held.length + length);
    System.arraycopy(chunk, 0, bytes, held.length, length);
    held = new byte[0];
    if (marked) {
      return new Split(bytes, false, new byte[0]);
    }
    boolean atStart = lineStart;
    for (int i = 0; i < bytes.length; i++) {
      if (atStart) {
        int end = match(bytes, i);
        if (end >= 0) {
          marked = true;
          return new Split(
              Arrays.copyOf(bytes, i), true, Arrays.copyOfRange(bytes, i, bytes.length));
        }
        if (end == UNDECIDED) {
          held = Arrays.copyOfRange(bytes, i, bytes.length);
          lineStart = true;
          return new Split(Arrays.copyOf(bytes, i), false, new byte[0]);
        }
      }
      atStart = bytes[i] == '\n' || bytes[i] == '\r';
    }
    lineStart = atStart;
    return new Split(bytes, false, new byte[0]);
  }

  /** What is still held back when the stream ends. */
  public byte[] rest() {
    byte[] rest = held;
    held = new byte[0];
    return rest;
  }

  private static final int NO = -1;
  private static final int UNDECIDED = -2;

  /**
   * The end of a marker that begins at {@code start}; {@link #NO}, or {@link #UNDECIDED} when the
   * bytes end too soon.
   */
  private static int match(byte[] bytes, int start) {
    int at = start;
    for (byte expected : DATA) {
      if (at == bytes.length) {
        return UNDECIDED;
      }
      if (bytes[at++] != expected) {
        return NO;
      }
    }
    while (at < bytes.length && bytes[at] == ' ') {
      at++;
    }
    for (byte expected : DONE) {
      if (at == bytes.length) {
        return UNDECIDED;
      }
      if (bytes[at++] != expected) {
        return NO;
      }
    }
    return at;
  }
}
