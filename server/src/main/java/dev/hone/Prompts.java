package dev.hone;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The versioned prompts that Hone brings. */
final class Prompts {

  private static final String DISTILL = "prompts/distill/v2/";
  static final String CONDENSE = "prompts/condense/v1.md";
  static final String CONFIDENCE = "prompts/confidence/v1.md";

  private Prompts() {}

  /** A part of what a language model is told that distills: its rules, or one lens. */
  static String distill(String part) {
    return read(DISTILL + part + ".md");
  }

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
