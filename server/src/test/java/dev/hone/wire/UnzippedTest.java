package dev.hone.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** What is in a gzip body is read while its bytes pass by. */
class UnzippedTest {

  private static byte[] zipped(String... pieces) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes, true)) {
      for (String piece : pieces) {
        out.write(piece.getBytes(UTF_8));
        out.flush();
      }
    }
    return bytes.toByteArray();
  }

  private record Read(byte[] bytes, String content) {}

  private static Read read(InputStream body) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    Unzipped unzipped = new Unzipped(body);
    Unzipped.Piece piece;
    do {
      piece = unzipped.next();
      bytes.writeBytes(piece.bytes());
      content.writeBytes(piece.content());
    } while (piece.content().length > 0);
    return new Read(bytes.toByteArray(), content.toString(UTF_8));
  }

  /** Gives one byte at a time, as a slow network does. */
  private static InputStream slow(byte[] bytes) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public int read(byte[] into, int offset, int length) {
        return super.read(into, offset, Math.min(1, length));
      }
    };
  }

  @Test
  void theBytesPassAsTheyCameAndTheContentIsRead() throws Exception {
    byte[] body = zipped("data: a\n\n", "data: [DONE]\n\n");

    Read read = read(new ByteArrayInputStream(body));

    assertThat(read.bytes()).isEqualTo(body);
    assertThat(read.content()).isEqualTo("data: a\n\ndata: [DONE]\n\n");
  }

  @Test
  void whatTheBytesOfAPieceSayIsAllInThatPiece() throws Exception {
    byte[] body = zipped("data: {}\n\n".repeat(50_000) + "data: [DONE]\n\n");

    Unzipped unzipped = new Unzipped(new ByteArrayInputStream(body));
    int passed = 0;
    StringBuilder said = new StringBuilder();
    while (said.indexOf("[DONE]") < 0) {
      assertThat(passed).as("the end has not passed before it was read").isLessThan(body.length);
      Unzipped.Piece piece = unzipped.next();
      said.append(new String(piece.content(), UTF_8));
      passed += piece.bytes().length;
    }
    assertThat(said).hasSize(50_000 * 10 + 14);
  }

  @Test
  void whatIsNoGzipBodyPassesUnread() throws Exception {
    byte[] body = "data: plain\n\n".getBytes(UTF_8);
    ByteArrayInputStream in = new ByteArrayInputStream(body);

    Unzipped.Piece piece = new Unzipped(in).next();

    assertThat(piece.content()).isEmpty();
    byte[] rest = in.readAllBytes();
    assertThat(new String(piece.bytes(), UTF_8) + new String(rest, UTF_8))
        .isEqualTo("data: plain\n\n");
  }

  @Test
  void noPieceIsHeldBackUntilTheNext() throws Exception {
    byte[] body = zipped("data: a\n\n", "data: b\n\n");
    int first = zippedUpTo("data: a\n\n");

    Unzipped.Piece piece =
        new Unzipped(new ByteArrayInputStream(Arrays.copyOf(body, first))).next();

    assertThat(new String(piece.content(), UTF_8)).isEqualTo("data: a\n\n");
    assertThat(piece.bytes()).isEqualTo(Arrays.copyOf(body, first));
  }

  private static int zippedUpTo(String piece) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes, true)) {
      out.write(piece.getBytes(UTF_8));
      out.flush();
      return bytes.size();
    }
  }

  @Test
  void itMayComeByteByByte() throws Exception {
    byte[] body = zipped("x".repeat(100_000), "é");

    Read read = read(slow(body));

    assertThat(read.bytes()).isEqualTo(body);
    assertThat(read.content()).isEqualTo("x".repeat(100_000) + "é");
  }

  @Test
  void oneThatBreaksOffSaysSo() throws Exception {
    byte[] body = zipped("x".repeat(1_000));

    assertThatThrownBy(() -> read(new ByteArrayInputStream(Arrays.copyOf(body, body.length - 12))))
        .isInstanceOf(EOFException.class);
  }

  @Test
  void aWholeBodyIsReadAsFarAsItGoesAndNoFurtherThanTheLimit() throws Exception {
    byte[] body = zipped("x".repeat(1_000));

    assertThat(Unzipped.content(body, 5_000)).hasSize(1_000);
    assertThat(Unzipped.content(body, 10)).hasSize(10);
    assertThat(Unzipped.content("not zipped".getBytes(UTF_8), 5_000)).isEmpty();
    assertThat(Unzipped.content(zipped("x".repeat(100_000_000)), 1_000_000)).hasSize(1_000_000);
  }
}
