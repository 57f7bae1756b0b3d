import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/**
 * Derives {@code similarity/wordnet.txt} from WordNet 3.1: the synonyms, opposites and irregular
 * forms of everyday English.
 *
 * <p>Maven runs it with the jar that carries WordNet's files (formats: wndb(5WN), senseidx(5WN))
 * and the file to write. A word is everyday when WordNet's tagged texts have it.
 */
final class Synonyms {

  private static final String FOLDER = "net/sf/extjwnl/data/wordnet/wn31/";
  private static final Pattern WORD = Pattern.compile("[a-z]{2,}");
  private static final Pattern MARKER = Pattern.compile("\\(.*\\)");

  /** The parts of speech as pointers name them, and as files do. */
  private static final Map<String, String> PARTS =
      Map.of("n", "noun", "v", "verb", "a", "adj", "r", "adv");

  /** Irregular forms are wanted of words that the tagged texts have at least so often. */
  private static final int COMMON = 3;

  private final ZipFile jar;
  private final Map<String, Integer> frequency = new HashMap<>();
  private final Map<String, Set<String>> senses = new HashMap<>();
  private final Map<String, List<String>> words = new HashMap<>();

  /** A word of a sense, and another that is its opposite; words count from 1. */
  private record Opposite(String sense, int word, String otherSense, int otherWord) {}

  private final List<Opposite> opposites = new ArrayList<>();

  private Synonyms(ZipFile jar) {
    this.jar = jar;
  }

  /**
   * Writes the file.
   *
   * @param args the jar, and the file
   */
  public static void main(String[] args) throws IOException {
    Path out = Path.of(args[1]);
    try (ZipFile jar = new ZipFile(args[0])) {
      List<String> lines = new Synonyms(jar).lines();
      Files.createDirectories(out.getParent());
      Files.write(out, lines);
    }
  }

  private List<String> lines() {
    read("index.sense").forEach(this::count);
    PARTS.forEach(
        (part, file) ->
            read("data." + file)
                .filter(line -> !line.startsWith("  "))
                .forEach(line -> sense(part, line)));
    Set<String> contrary = contrary();
    List<String> lines = new ArrayList<>(licence());
    lines.addAll(synonyms(contrary));
    contrary.forEach(pair -> lines.add("! " + pair));
    lines.addAll(forms());
    return lines;
  }

  private Stream<String> read(String name) {
    try {
      return new BufferedReader(
              new InputStreamReader(
                  jar.getInputStream(jar.getEntry(FOLDER + name)), StandardCharsets.ISO_8859_1))
          .lines();
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read", e);
    }
  }

  /** The licence stands at the top of each of WordNet's files, its lines numbered. */
  private List<String> licence() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "# Derived from WordNet 3.1 (https://wordnet.princeton.edu). A line: words that mean");
    lines.add("# the same in some sense; after !, opposites; after <, a word and its forms.");
    lines.add("#");
    read("data.noun")
        .takeWhile(line -> line.startsWith("  "))
        .map(line -> ("# " + line.strip().replaceFirst("^\\d+ ?", "")).strip())
        .forEach(lines::add);
    return lines;
  }

  /** A line of the index: word%part:…, the sense's place, its number, how often it was tagged. */
  private void count(String line) {
    String[] fields = line.split(" ");
    String word = fields[0].substring(0, fields[0].indexOf('%'));
    frequency.merge(word, Integer.parseInt(fields[3]), Integer::sum);
    if (WORD.matcher(word).matches()) {
      String part =
          switch (fields[0].charAt(word.length() + 1)) {
            case '1' -> "n";
            case '2' -> "v";
            case '4' -> "r";
            default -> "a";
          };
      senses.computeIfAbsent(part + fields[1], any -> new TreeSet<>()).add(word);
    }
  }

  /** A line of the data: place, file, part, words in hexadecimal number, pointers. */
  private void sense(String part, String line) {
    String[] fields = line.substring(0, line.indexOf('|')).strip().split("\\s+");
    int count = Integer.parseInt(fields[3], 16);
    List<String> found = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      found.add(MARKER.matcher(fields[4 + 2 * i]).replaceAll("").toLowerCase(Locale.ROOT));
    }
    String id = part + fields[0];
    words.put(id, found);
    int at = 4 + 2 * count;
    for (int i = Integer.parseInt(fields[at++]); i > 0; i--, at += 4) {
      if (fields[at].equals("!")) {
        opposites.add(
            new Opposite(
                id,
                Integer.parseInt(fields[at + 3].substring(0, 2), 16),
                fields[at + 2].replace('s', 'a') + fields[at + 1],
                Integer.parseInt(fields[at + 3].substring(2), 16)));
      }
    }
  }

  private boolean everyday(String word) {
    return WORD.matcher(word).matches() && frequency.getOrDefault(word, 0) >= 1;
  }

  private Set<String> contrary() {
    Set<String> pairs = new TreeSet<>();
    for (Opposite each : opposites) {
      String one = words.get(each.sense).get(each.word - 1);
      String other = words.get(each.otherSense).get(each.otherWord - 1);
      if (everyday(one) && everyday(other) && !one.equals(other)) {
        pairs.add(pair(one, other));
      }
    }
    return pairs;
  }

  private static String pair(String one, String other) {
    return one.compareTo(other) < 0 ? one + " " + other : other + " " + one;
  }

  /** Words that are opposites in one sense are synonyms in none. */
  private Collection<String> synonyms(Set<String> contrary) {
    Set<String> lines = new TreeSet<>();
    for (Set<String> sense : senses.values()) {
      List<String> known = sense.stream().filter(this::everyday).toList();
      boolean opposed =
          known.stream()
              .anyMatch(one -> known.stream().anyMatch(two -> contrary.contains(pair(one, two))));
      if (known.size() > 1 && !opposed) {
        lines.add(String.join(" ", known));
      }
    }
    return lines;
  }

  private Collection<String> forms() {
    Map<String, String> bases = new LinkedHashMap<>();
    for (String part : List.of("verb", "noun")) {
      read(part + ".exc")
          .map(line -> line.split(" "))
          .filter(fields -> fields.length > 1)
          .filter(fields -> WORD.matcher(fields[0]).matches())
          .filter(fields -> WORD.matcher(fields[1]).matches())
          .filter(fields -> frequency.getOrDefault(fields[1], 0) >= COMMON)
          .forEach(fields -> bases.putIfAbsent(fields[0], fields[1]));
    }
    Map<String, Set<String>> forms = new TreeMap<>();
    bases.forEach((form, base) -> forms.computeIfAbsent(base, any -> new TreeSet<>()).add(form));
    List<String> lines = new ArrayList<>();
    forms.forEach((base, all) -> lines.add("< " + base + " " + String.join(" ", all)));
    return lines;
  }
}
