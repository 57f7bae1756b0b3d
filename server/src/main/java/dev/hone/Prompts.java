package dev.hone;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The versioned prompts that Hone brings. */
final class Prompts {

  static final String DISTILL = "prompts/distill/v1.md";
  static final String CONDENSE = "prompts/condense/v1.md";

  private Prompts() {}

  static String read(String name) {
    try (InputStream in = Prompts.class.getClassLoader().getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("there is no prompt " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
