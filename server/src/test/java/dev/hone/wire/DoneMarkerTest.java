package dev.hone.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The marker is found wherever the chunks break. In the samples, {@code |} stands before it. */
class DoneMarkerTest {

  /** What came through a marker, chunk by chunk. */
  private static final class Passed {
    private final DoneMarker marker = new DoneMarker();
    private final ByteArrayOutputStream all = new ByteArrayOutputStream();
    private int markedAt = -1;

    void take(byte[] bytes) {
      byte[] buffer = Arrays.copyOf(bytes, bytes.length + 3);
      DoneMarker.Split split = marker.split(buffer, bytes.length);
      Arrays.fill(buffer, (byte) '!');
      all.writeBytes(split.before());
      if (split.marked()) {
        assertThat(markedAt).as("marked once").isNegative();
        markedAt = all.size();
      } else {
        assertThat(split.after()).isEmpty();
      }
      all.writeBytes(split.after());
    }

    void end() {
      all.writeBytes(marker.rest());
    }
  }

  private static void check(byte[] bytes, int markedAt, int... cuts) {
    Passed passed = new Passed();
    int from = 0;
    for (int cut : cuts) {
      passed.take(Arrays.copyOfRange(bytes, from, cut));
      from = cut;
    }
    passed.take(Arrays.copyOfRange(bytes, from, bytes.length));
    passed.end();

    assertThat(passed.all.toString(UTF_8))
        .as("cut at %s", cuts)
        .isEqualTo(new String(bytes, UTF_8));
    assertThat(passed.markedAt).as("cut at %s", cuts).isEqualTo(markedAt);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data: {\"a\":1}\n\n|data: [DONE]\n\n",
        "data: {}\r\n\r\n|data: [DONE]\r\n\r\n",
        "data: x\r|data: [DONE]\r",
        "data: 🙂\n\n|data:[DONE]",
        "|data:   [DONE]\n\ndata: more\n\n",
        "da\ndat\ndata\ndata:\ndata: [\ndata: [DON\n|data: [DONE]\n",
        ": [DONE]\ndata: {\"t\":\"data: [DONE]\"}\n\n data: [DONE]\n|data: [DONE]\n",
        "data: [DONE\ndata: [ DONE]\nxdata: [DONE]\nno marker at all\n"
      })
  void noByteIsLostAndTheMarkerIsFoundWhereverTheChunksBreak(String sample) {
    byte[] bytes = sample.replace("|", "").getBytes(UTF_8);
    int mark = sample.indexOf('|');
    int at = mark < 0 ? -1 : sample.substring(0, mark).getBytes(UTF_8).length;

    check(bytes, at);
    for (int first = 0; first <= bytes.length; first++) {
      for (int second = first; second <= bytes.length; second++) {
        check(bytes, at, first, second);
      }
    }
  }

  @Test
  void bytesMayComeOneByOne() {
    byte[] bytes = "data: a\n\ndata: [DONE]\n\n".getBytes(UTF_8);

    check(bytes, 9, IntStream.range(1, bytes.length).toArray());
  }

  @Test
  void whatCannotBelongToTheMarkerIsNotHeldBack() {
    DoneMarker marker = new DoneMarker();

    assertThat(passed(marker, "data: {\"a\"")).isEqualTo("data: {\"a\"");
    assertThat(passed(marker, ":1}\n\ndata: [D")).isEqualTo(":1}\n\n");
    assertThat(passed(marker, "ONT]\nda")).isEqualTo("data: [DONT]\n");
    assertThat(passed(marker, "y\n")).isEqualTo("day\n");
  }

  private static String passed(DoneMarker marker, String chunk) {
    byte[] bytes = chunk.getBytes(UTF_8);
    return new String(marker.split(bytes, bytes.length).before(), UTF_8);
  }

  @Test
  void aStreamThatBreaksOffInsideTheMarkerGivesItsBytesAtTheEnd() {
    DoneMarker marker = new DoneMarker();

    assertThat(passed(marker, "data: [DO")).isEmpty();
    assertThat(new String(marker.rest(), UTF_8)).isEqualTo("data: [DO");
    assertThat(marker.rest()).isEmpty();
  }
}
