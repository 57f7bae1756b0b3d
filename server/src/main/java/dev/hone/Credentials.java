package dev.hone;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The keys that models are asked with: an answer that repeats one is kept without it. What is
 * shorter than {@value #SHORTEST} bytes is no key, and would be found everywhere.
 */
final class Credentials {

  private static final int SHORTEST = 8;
  private static final byte[] HIDDEN = "[redacted: credential]".getBytes(StandardCharsets.US_ASCII);

  private final List<String> configured;

  /**
   * @param configured Hone's own keys of models
   */
  Credentials(List<String> configured) {
    this.configured = List.copyOf(configured);
  }

  /**
   * The bytes, with {@code [redacted: credential]} wherever a configured key or one of those that
   * the request showed stands exactly as it is; the same array where none does.
   *
   * @param headers the request's, by names in lower case
   */
  byte[] hiddenIn(byte[] bytes, Map<String, List<String>> headers) {
    byte[] hidden = bytes;
    for (byte[] credential : of(headers)) {
      hidden = without(credential, hidden);
    }
    return hidden;
  }

  /** The longest first: one may be part of another. */
  private List<byte[]> of(Map<String, List<String>> headers) {
    List<String> shown = new ArrayList<>(configured);
    values(headers, "authorization")
        .forEach(value -> shown.add(value.substring(value.indexOf(' ') + 1).strip()));
    values(headers, "x-api-key").forEach(shown::add);
    values(headers, "api-key").forEach(shown::add);
    values(headers, "cookie")
        .flatMap(value -> Stream.of(value.split(";")))
        .forEach(pair -> shown.add(pair.substring(pair.indexOf('=') + 1).strip()));
    return shown.stream()
        .map(value -> value.getBytes(StandardCharsets.UTF_8))
        .filter(value -> value.length >= SHORTEST)
        .sorted(Comparator.comparingInt((byte[] value) -> value.length).reversed())
        .toList();
  }

  private static Stream<String> values(Map<String, List<String>> headers, String name) {
    return headers.getOrDefault(name, List.of()).stream().map(String::strip);
  }

  private static byte[] without(byte[] credential, byte[] bytes) {
    int at = indexOf(credential, bytes, 0);
    if (at < 0) {
      return bytes;
    }
    ByteArrayOutputStream kept = new ByteArrayOutputStream(bytes.length);
    int from = 0;
    for (; at >= 0; at = indexOf(credential, bytes, from)) {
      kept.write(bytes, from, at - from);
      kept.writeBytes(HIDDEN);
      from = at + credential.length;
    }
    kept.write(bytes, from, bytes.length - from);
    return kept.toByteArray();
  }

  private static int indexOf(byte[] part, byte[] bytes, int from) {
    for (int at = from; at <= bytes.length - part.length; at++) {
      int same = 0;
      while (same < part.length && bytes[at + same] == part[same]) {
        same++;
      }
      if (same == part.length) {
        return at;
      }
    }
    return -1;
  }
}
