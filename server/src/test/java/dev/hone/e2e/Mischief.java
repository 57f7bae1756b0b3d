package dev.hone.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Random;

/** Makes bodies, texts and numbers that nobody expects; the same ones for the same seed. */
final class Mischief {

  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "{}",
          "[]",
          "\"\"",
          "-1",
          "0",
          "1e999",
          "-1e-999",
          "9223372036854775808",
          "1.0000000000000000000000000000000000001",
          "9".repeat(4_000),
          "\"\\ud800\"",
          "\"\\udc00\\ud800\"",
          "\"\\u0000\"",
          "\"\\uFEFFbom\"",
          "\"\u202Ereversed\u202C\"",
          "\"e\u0301\u200D\uD83D\uDC68\u200D\uD83D\uDC69\"",
          "\"%s%n${jndi:x}' OR 1=1 --\"",
          "\"../../../etc/passwd\"",
          "[[[[[[[[]]]]]]]]",
          "{\"\":{\"\":{\"\":\"\"}}}",
          "[1,\"a\",null,{},[]]");

  private static final List<String> NAMES =
      List.of("", "\\u0000", "id", "messages", "__proto__", "model", "when", "\\ud83d", "a.b/c~d");

  private final Random random;

  Mischief(long seed) {
    random = new Random(seed);
  }

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  int upTo(int bound) {
    return random.nextInt(bound);
  }

  <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** Any bytes. */
  byte[] bytes(int most) {
    byte[] bytes = new byte[random.nextInt(most + 1)];
    random.nextBytes(bytes);
    return bytes;
  }

  /** JSON of an odd value. */
  String value() {
    return switch (random.nextInt(12)) {
      case 0 -> "[".repeat(1 + random.nextInt(3_000));
      case 1 -> nested(1 + random.nextInt(1_500));
      case 2 -> "\"" + "x".repeat(random.nextInt(200_000)) + "\"";
      case 3 -> "{" + "\"k\":1,".repeat(random.nextInt(200)) + "\"k\":2}";
      default -> oneOf(VALUES);
    };
  }

  private static String nested(int depth) {
    return "{\"a\":[".repeat(depth) + "1" + "]}".repeat(depth);
  }

  /** A body that was well-formed once. */
  byte[] damaged(String example) {
    String body = example;
    for (int i = random.nextInt(3); i >= 0; i--) {
      body = damagedOnce(body);
    }
    return body.getBytes(UTF_8);
  }

  private String damagedOnce(String body) {
    if (body.isEmpty()) {
      return value();
    }
    int at = random.nextInt(body.length());
    int colon = body.indexOf(':', at);
    int end = colon < 0 ? -1 : endOfValue(body, colon + 1);
    return switch (random.nextInt(8)) {
      case 0 -> body.substring(0, at);
      case 1 -> body.substring(0, at) + new String(bytes(6), ISO_8859_1) + body.substring(at);
      case 2 -> body + body;
      case 3 ->
          body.startsWith("{")
              ? "{\"" + oneOf(NAMES) + "\":" + value() + "," + body.substring(1)
              : body;
      case 4 -> value();
      default -> end < 0 ? body : body.substring(0, colon + 1) + value() + body.substring(end);
    };
  }

  /** Where a plain value that begins here ends, more or less. */
  private static int endOfValue(String body, int start) {
    for (int i = start; i < body.length(); i++) {
      if (body.charAt(i) == ',' || body.charAt(i) == '}' || body.charAt(i) == ']') {
        return i;
      }
    }
    return -1;
  }

  /** A text for a place in a path or query, percent-encoded. */
  String encoded() {
    return oneOf(
        List.of(
            "x",
            "%00",
            "%2e%2e%2f",
            "..%5c",
            "%F0%9F%98%80",
            "%ff%fe",
            "-1",
            "0",
            "99999999999999999999",
            "a".repeat(3_000),
            "%27%20OR%201=1",
            "null",
            "%7B%7D"));
  }

  /** A text for a header. */
  String header() {
    return oneOf(
        List.of(
            "",
            " ",
            "x",
            "\u00e9\u00ff",
            "a".repeat(5_000),
            "0",
            "-1",
            "off,augment",
            "default",
            "{\"_user\":{}}",
            "[",
            "W/\"1\"",
            "*",
            "\"99999999999999999999\"",
            "Bearer",
            "Basic Og=="));
  }
}
