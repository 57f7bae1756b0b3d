package dev.hone.config;

import java.net.URI;
import java.net.URISyntaxException;

/** Checks values of settings. */
final class Check {

  private Check() {}

  static void that(String key, boolean holds, String rule) {
    if (!holds) {
      throw new InvalidSettings(
          "Setting "
              + key
              + ": a value that "
              + rule
              + " is expected. Correct it, or leave it out for the default.");
    }
  }

  static void url(String key, String value, boolean mayBeEmpty) {
    if (value.isEmpty() && mayBeEmpty) {
      return;
    }
    try {
      URI uri = new URI(value);
      that(
          key,
          uri.getHost() != null
              && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())),
          "is a URL such as http://localhost:11434, not '" + value + "'");
    } catch (URISyntaxException e) {
      that(key, false, "is a URL such as http://localhost:11434, not '" + value + "'");
    }
  }
}
