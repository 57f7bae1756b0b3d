package dev.hone.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import java.util.TreeSet;

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
      that(key, uri.getUserInfo() == null, "is a URL without a user or password in it");
      that(
          key,
          uri.getHost() != null
              && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())),
          "is a URL such as http://localhost:11434, not '" + value + "'");
    } catch (URISyntaxException e) {
      that(key, false, "is a URL such as http://localhost:11434, not '" + value + "'");
    }
  }

  static void type(String prefix, String name, Set<String> known) {
    if (!known.contains(name)) {
      throw new InvalidSettings(
          "Setting "
              + prefix
              + name
              + ": there is no type '"
              + name
              + "'; the types are "
              + String.join(", ", new TreeSet<>(known))
              + ". Correct the name, or describe the type with types."
              + name
              + ".");
    }
  }

  /** A key goes into a header; the sentence does not show it. */
  static void key(String key, String value) {
    that(
        key, value.chars().allMatch(c -> c > ' ' && c < 0x7f), "has visible ASCII characters only");
  }

  static void origin(String key, String value) {
    that(
        key,
        value.matches("https?://[A-Za-z0-9.-]+(:\\d{1,5})?"),
        "is an origin such as https://example.com, not '" + value + "'");
  }
}
