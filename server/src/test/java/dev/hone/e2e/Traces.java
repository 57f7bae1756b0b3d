package dev.hone.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;

/** What is left of a word in a data folder. */
final class Traces {

  private static final int SHORTEST = 8;

  private Traces() {}

  /** The word, of eight characters or more, in the forms that bytes could hold it in. */
  private static List<String> forms(String word) {
    if (word.length() < SHORTEST) {
      throw new IllegalArgumentException("too short to tell from chance: " + word);
    }
    List<String> forms = new ArrayList<>();
    forms.add(word);
    forms.add(new String(word.getBytes(UTF_16LE), ISO_8859_1));
    forms.add(new String(word.getBytes(UTF_16BE), ISO_8859_1));
    forms.add(HexFormat.of().formatHex(word.getBytes(UTF_8)));
    for (int shift = 0; shift < 3; shift++) {
      String shifted =
          Base64.getEncoder().encodeToString(("x".repeat(shift) + word).getBytes(UTF_8));
      forms.add(shifted.substring(4, shifted.length() - 4));
    }
    forms.removeIf(form -> form.length() < SHORTEST);
    return forms;
  }

  /**
   * The files that hold a word in their bytes, in any case, and the indexes that have it as a term.
   */
  static List<String> of(Path folder, String word) throws IOException {
    List<String> places = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (holds(file, word)) {
          places.add(file.toString());
        }
      }
    }
    Path index = folder.resolve("index");
    if (Files.exists(index)) {
      try (Stream<Path> spaces = Files.list(index)) {
        for (Path space : spaces.toList()) {
          if (terms(space).stream()
              .anyMatch(term -> term.contains(word.toLowerCase(Locale.ROOT)))) {
            places.add("the terms of " + space);
          }
        }
      }
    }
    return places;
  }

  private static boolean holds(Path file, String word) throws IOException {
    try {
      String bytes = Files.readString(file, ISO_8859_1).toLowerCase(Locale.ROOT);
      return forms(word).stream().anyMatch(form -> bytes.contains(form.toLowerCase(Locale.ROOT)));
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** All terms of an index, as far as it was written to files. */
  private static List<String> terms(Path folder) throws IOException {
    List<String> all = new ArrayList<>();
    try (Directory directory = FSDirectory.open(folder)) {
      if (DirectoryReader.indexExists(directory)) {
        try (DirectoryReader reader = DirectoryReader.open(directory)) {
          for (LeafReaderContext leaf : reader.leaves()) {
            Terms terms = leaf.reader().terms("text");
            if (terms != null) {
              TermsEnum each = terms.iterator();
              for (BytesRef term = each.next(); term != null; term = each.next()) {
                all.add(term.utf8ToString());
              }
            }
          }
        }
      }
    }
    return all;
  }
}
