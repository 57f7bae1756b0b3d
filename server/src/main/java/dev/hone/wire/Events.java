package dev.hone.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Reads server-sent events (HTML standard, section 9.2.6). */
final class Events {

  private Events() {}

  /**
   * Gives the data of each event, in order; that of a last one that no blank line ends too, since
   * some servers end so.
   */
  static void each(byte[] stream, Consumer<String> data) {
    List<String> lines = new ArrayList<>();
    for (String line : new String(stream, StandardCharsets.UTF_8).split("\r\n|\n|\r", -1)) {
      if (line.startsWith("data:")) {
        lines.add(line.substring("data:".length()).strip());
      } else if (line.isEmpty() && !lines.isEmpty()) {
        data.accept(String.join("\n", lines));
        lines.clear();
      }
    }
    if (!lines.isEmpty()) {
      data.accept(String.join("\n", lines));
    }
  }
}
