package dev.hone.lab.environment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hone.lab.environment.Trajectory.Turn;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Reads recorded runs from JSON Lines, gzipped when the name ends in {@code .gz}: {@code messages}
 * as in the OpenAI protocol and {@code reward} in [0, 1]; {@code id} if there is one. A record of
 * system messages only gives those to the records behind it that have none of their own.
 */
public final class TrajectoryFile {

  private static final int LONGEST_OBSERVATION = 2_000;
  private static final String NOTHING_NEW = "Go on.";

  private final ObjectMapper json = new ObjectMapper();
  private final String name;
  private String common = "";

  private TrajectoryFile(String name) {
    this.name = name;
  }

  /**
   * Reads a file.
   *
   * @throws EnvironmentFailed if it is not there, or a line is no recorded run
   */
  public static List<Trajectory> read(Path file) {
    try (InputStream raw = Files.newInputStream(file);
        InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return new TrajectoryFile(file.toString()).read(lines);
    } catch (NoSuchFileException e) {
      throw new EnvironmentFailed("There is no file " + file + ".", e);
    } catch (IOException e) {
      throw new EnvironmentFailed(file + " cannot be read: " + e.getMessage() + ".", e);
    }
  }

  private List<Trajectory> read(BufferedReader lines) throws IOException {
    List<Trajectory> runs = new ArrayList<>();
    int number = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      if (!line.isBlank()) {
        read(line, name + ", line " + number, runs);
      }
    }
    return runs;
  }

  private void read(String line, String where, List<Trajectory> runs) {
    JsonNode record;
    try {
      record = json.readTree(line);
    } catch (JsonProcessingException e) {
      throw new EnvironmentFailed(where + " is not JSON: " + e.getOriginalMessage() + ".", e);
    }
    if (!record.path("messages").isArray()) {
      throw new EnvironmentFailed(where + " has no list 'messages'.");
    }
    StringBuilder instructions = new StringBuilder();
    StringBuilder seen = new StringBuilder();
    List<Turn> turns = new ArrayList<>();
    boolean anybody = false;
    for (JsonNode message : record.path("messages")) {
      String role = message.path("role").asText();
      if (role.equals("system")) {
        instructions.append(text(message)).append('\n');
      } else {
        anybody = true;
        if (role.equals("assistant")) {
          turns.add(new Turn(observation(seen), action(message)));
          seen.setLength(0);
        } else {
          seen.append(role.equals("tool") ? message.path("name").asText("tool") + ": " : "")
              .append(text(message))
              .append('\n');
        }
      }
    }
    if (!anybody) {
      common = instructions.toString().strip();
    } else if (!turns.isEmpty()) {
      runs.add(
          new Trajectory(
              record.path("id").asText(where),
              instructions.isEmpty() ? common : instructions.toString().strip(),
              turns,
              reward(record.path("reward"), where)));
    }
  }

  private static double reward(JsonNode reward, String where) {
    if (reward.isBoolean()) {
      return reward.asBoolean() ? 1 : 0;
    }
    if (!reward.isNumber() || !(reward.asDouble() >= 0 && reward.asDouble() <= 1)) {
      throw new EnvironmentFailed(where + " has no 'reward' in [0, 1]; scale it.");
    }
    return reward.asDouble();
  }

  private static String text(JsonNode message) {
    JsonNode content = message.path("content");
    if (content.isTextual()) {
      return content.asText();
    }
    StringBuilder text = new StringBuilder();
    content.forEach(part -> text.append(part.path("text").asText()));
    return text.toString();
  }

  private static String action(JsonNode message) {
    JsonNode call = message.path("tool_calls").path(0);
    String tool = call.path("function").path("name").asText(call.path("name").asText());
    return tool.isBlank() ? Trajectory.RESPOND : tool;
  }

  private static String observation(StringBuilder seen) {
    String text = seen.toString().strip();
    return text.isEmpty() ? NOTHING_NEW : shortened(text);
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_OBSERVATION
        ? text
        : text.substring(0, text.offsetByCodePoints(0, text.codePointCount(0, LONGEST_OBSERVATION)))
            + "…";
  }
}
