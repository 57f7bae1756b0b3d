package dev.hone.lab.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.lab.data.BadData;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The folder of one run. {@code run.json} says what it is a run of; whoever opens the folder with
 * the same goes on where the run was left. One process at a time.
 */
public final class RunFolder implements AutoCloseable {

  private static final String RUN = "run.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final FileChannel lock;
  private final JsonLines records;
  private final JsonLines lived;
  private final JsonLines sheets;

  private RunFolder(Path folder, FileChannel lock) throws IOException {
    this.folder = folder;
    this.lock = lock;
    this.records = new JsonLines(folder.resolve("records.jsonl"), Asked.KEY);
    this.lived = new JsonLines(folder.resolve("lived.jsonl"), List.of("id"));
    this.sheets = new JsonLines(folder.resolve("sheets.jsonl"), List.of("name"));
  }

  /**
   * Begins a run, or goes on with one.
   *
   * @param run all that its result depends on
   * @throws BadData if the folder holds something else, another run, or one that is going on
   */
  public static RunFolder open(Path folder, ObjectNode run) throws IOException {
    begin(folder);
    FileChannel lock =
        FileChannel.open(
            folder.resolve("run.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean open = false;
    try {
      lock(folder, lock);
      settle(folder, run);
      RunFolder opened = new RunFolder(folder, lock);
      open = true;
      return opened;
    } finally {
      if (!open) {
        lock.close();
      }
    }
  }

  private static void begin(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      try {
        Files.createDirectories(folder);
      } catch (IOException e) {
        throw new BadData(
            folder + " cannot be made (" + e + "): give another folder with --out DIR.");
      }
    } else if (!Files.exists(folder.resolve("run.lock"))) {
      try (Stream<Path> files = Files.list(folder)) {
        if (files.findAny().isPresent()) {
          throw new BadData(
              folder + " is not empty and holds no run: give another folder with --out DIR.");
        }
      }
    }
  }

  private static void lock(Path folder, FileChannel lock) throws IOException {
    boolean free;
    try {
      free = lock.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      free = false;
    }
    if (!free) {
      throw new BadData("Another process runs in " + folder + ": wait for it, or stop it.");
    }
  }

  private static void settle(Path folder, ObjectNode run) throws IOException {
    Path file = folder.resolve(RUN);
    if (!Files.exists(file)) {
      write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(run) + "\n");
      return;
    }
    JsonNode there;
    try {
      there = JSON.readTree(file.toFile());
    } catch (JsonProcessingException e) {
      throw new BadData(file + " is damaged: give another folder with --out DIR.");
    }
    List<String> differing = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>();
    run.fieldNames().forEachRemaining(names::add);
    there.fieldNames().forEachRemaining(names::add);
    for (String name : names) {
      if (!there.path(name).toString().equals(run.path(name).toString())) {
        differing.add(name + " is " + shown(run.path(name)) + ", there " + shown(there.path(name)));
      }
    }
    if (!differing.isEmpty()) {
      throw new BadData(
          folder
              + " holds another run: "
              + String.join("; ", differing)
              + ". Give the command that it was begun with, or another folder with --out DIR.");
    }
  }

  private static String shown(JsonNode value) {
    return value.isMissingNode() ? "not said" : value.toString();
  }

  /** Where it is. */
  public Path path() {
    return folder;
  }

  /** The answer to a question of a round, if it was asked. */
  public boolean has(Asked.Round round, String id) {
    return records.find(Asked.key(round, id)).isPresent();
  }

  /** What was said to a question of a round that was asked. */
  public String said(Asked.Round round, String id) {
    return records
        .find(Asked.key(round, id))
        .map(line -> line.path("said").asText())
        .orElseThrow(() -> new IllegalArgumentException(id + " was not asked in " + round));
  }

  /** Keeps an answer. */
  public void add(Asked asked) {
    records.add(asked.line());
  }

  /** All answers, by round and question. */
  public List<Asked> asked() {
    return records.all().stream()
        .map(Asked::of)
        .sorted(
            Comparator.comparingLong((Asked each) -> each.round().seed())
                .thenComparing(each -> each.round().arm())
                .thenComparingInt(each -> each.round().epoch())
                .thenComparing(each -> each.round().client())
                .thenComparing(Asked::id))
        .toList();
  }

  /** What the model said to questions lived through, by id. */
  public JsonLines lived() {
    return lived;
  }

  /** Sheets, by name. */
  public JsonLines sheets() {
    return sheets;
  }

  /** The data folder of a Hone. */
  public Path pool(String name) {
    return folder.resolve("pools").resolve(name);
  }

  /** Deletes such a folder. */
  public void drop(String name) throws IOException {
    Path pool = pool(name);
    if (Files.isDirectory(pool)) {
      try (Stream<Path> files = Files.walk(pool)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
    Path pools = folder.resolve("pools");
    if (Files.isDirectory(pools)) {
      try (Stream<Path> files = Files.list(pools)) {
        if (files.findAny().isPresent()) {
          return;
        }
      }
      Files.delete(pools);
    }
  }

  /** Writes a file, whole or not at all. */
  public void write(String name, String text) throws IOException {
    write(folder.resolve(name), text);
  }

  private static void write(Path file, String text) throws IOException {
    Path begun = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(begun, text);
    Files.move(begun, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void close() throws IOException {
    records.close();
    lived.close();
    sheets.close();
    lock.close();
  }
}
