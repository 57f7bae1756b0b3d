package dev.hone.crash;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a crash test did and found, for people and machines. */
final class CrashReport {

  private final Map<String, Object> figures = new LinkedHashMap<>();
  private final List<Map<String, Object>> kills = new ArrayList<>();

  void figure(String name, Object value) {
    figures.put(name, value);
  }

  /**
   * A kill.
   *
   * @param during {@code load} or {@code start}
   * @param afterMillis how long the load, or the start, had been going on
   * @param streams in flight
   * @param startMillis how long the start after it took until the server listened
   */
  void kill(String during, long afterMillis, int streams, long startMillis) {
    Map<String, Object> kill = new LinkedHashMap<>();
    kill.put("during", during);
    kill.put("after_ms", afterMillis);
    kill.put("streams_in_flight", streams);
    kill.put("start_ms", startMillis);
    kills.add(kill);
  }

  int kills() {
    return kills.size();
  }

  int killsDuring(String phase) {
    return (int) kills.stream().filter(kill -> phase.equals(kill.get("during"))).count();
  }

  int killsWithStreams() {
    return (int) kills.stream().filter(kill -> (Integer) kill.get("streams_in_flight") > 0).count();
  }

  /** Writes {@code crash-report.json} and {@code crash-report.md}. */
  void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Map<String, Object> all = new LinkedHashMap<>(figures);
    all.put("moments", kills);
    new ObjectMapper()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .writeValue(folder.resolve("crash-report.json").toFile(), all);
    StringBuilder page = new StringBuilder("# Crash test\n\n| | |\n|---|---|\n");
    figures.forEach(
        (name, value) -> page.append("| ").append(name).append(" | ").append(value).append(" |\n"));
    Files.writeString(folder.resolve("crash-report.md"), page);
  }
}
