package dev.hone.frontend.distill;

import dev.hone.experience.Episode;
import dev.hone.experience.Interaction;
import dev.hone.experience.Message;
import dev.hone.experience.Outcome;
import dev.hone.experience.Part;
import dev.hone.experience.Role;
import dev.hone.port.Tokens;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * An episode as a language model reads it: interactions by number and date, line by line, without
 * ids. What is too long is cut in its middle; of what is too much the beginning, the end, and what
 * outcomes speak of are kept. {@code […]} marks what is left out.
 */
final class Material {

  static final String LEFT_OUT = "[…]";
  private static final int LONGEST = 8_000;
  private static final int SHORTEST = 1_000;

  /** What tools are told and say may be so many times shorter than what people say. */
  private static final int TOOLS = 4;

  private final Tokens tokens;
  private final int limit;

  /**
   * @param limit tokens of a whole episode, roughly
   */
  Material(Tokens tokens, int limit) {
    this.tokens = tokens;
    this.limit = limit;
  }

  /**
   * A line.
   *
   * @param interaction its number, from 1
   * @param rank the lower, the longer it is kept
   */
  private record Line(int interaction, int rank, String text) {}

  String of(Episode episode, Lens lens) {
    for (int longest = LONGEST; longest > SHORTEST; longest /= 2) {
      List<Line> lines = lines(episode, longest);
      if (lines.stream().mapToInt(this::cost).sum() <= limit) {
        return text(episode, lens, lines, places(lines));
      }
    }
    List<Line> lines = lines(episode, SHORTEST);
    return text(episode, lens, lines, affordable(lines));
  }

  private int cost(Line line) {
    return tokens.count(line.text) + 1;
  }

  private static List<Integer> places(List<Line> lines) {
    return IntStream.range(0, lines.size()).boxed().toList();
  }

  /** The places of the lines that there is room for. */
  private List<Integer> affordable(List<Line> lines) {
    List<Integer> kept = new ArrayList<>();
    int left = limit;
    for (int place :
        places(lines).stream().sorted(Comparator.comparingInt(i -> lines.get(i).rank)).toList()) {
      int cost = cost(lines.get(place));
      if (kept.isEmpty() || cost <= left) {
        kept.add(place);
        left -= cost;
      }
    }
    return kept.stream().sorted().toList();
  }

  /** All lines; outcomes rank first, then what was judged and the task, then from both ends. */
  private static List<Line> lines(Episode episode, int longest) {
    List<Line> lines = new ArrayList<>();
    int number = 0;
    for (Interaction interaction : episode.interactions()) {
      number++;
      boolean judged = !interaction.outcomes().isEmpty();
      for (Message message : interaction.messages()) {
        if (message.role() != Role.SYSTEM) {
          boolean asked = interaction.question().filter(message::equals).isPresent();
          said(lines, number, asked && (judged || number == 1) ? 1 : 2, message, longest);
        }
      }
      Message answer = interaction.answer();
      if (answer != null) {
        said(lines, number, judged ? 1 : 2, answer, longest);
      }
      for (Outcome outcome : interaction.outcomes()) {
        for (String words : outcome.words()) {
          lines.add(
              new Line(
                  number, 0, "outcome" + later(interaction, outcome) + ": " + cut(words, longest)));
        }
      }
    }
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      if (line.rank > 1) {
        int fromEnds = Math.min(i, lines.size() - 1 - i);
        lines.set(i, new Line(line.interaction, line.rank + fromEnds, line.text));
      }
    }
    return lines;
  }

  /** The day of an outcome, when it is another than its interaction's. */
  private static String later(Interaction interaction, Outcome outcome) {
    LocalDate day = day(outcome.at());
    return day.equals(day(interaction.openedAt())) ? "" : " (" + day + ")";
  }

  private static LocalDate day(Instant at) {
    return LocalDate.ofInstant(at, ZoneOffset.UTC);
  }

  private static void said(List<Line> lines, int number, int rank, Message message, int longest) {
    String role = message.role().name().toLowerCase(Locale.ROOT);
    boolean tool = message.role() == Role.TOOL || message.role() == Role.ENVIRONMENT;
    if (!message.text().isBlank()) {
      String text = cut(message.text().strip(), tool ? longest / TOOLS : longest);
      lines.add(new Line(number, rank, role + ": " + text));
    }
    for (Part part : message.parts()) {
      if (part instanceof Part.ToolCall call) {
        String arguments = cut(call.arguments(), longest / TOOLS);
        lines.add(new Line(number, rank, role + " calls: " + call.name() + " " + arguments));
      }
    }
  }

  /** The text without its middle, when it is longer than this. */
  static String cut(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    int head = longest * 2 / 3;
    int tail = text.length() - (longest - head);
    return text.substring(0, whole(text, head))
        + " "
        + LEFT_OUT
        + " "
        + text.substring(whole(text, tail));
  }

  /** The place, or the one before, so that no character is cut in two. */
  private static int whole(String text, int place) {
    return Character.isLowSurrogate(text.charAt(place)) ? place - 1 : place;
  }

  private static String text(Episode episode, Lens lens, List<Line> lines, List<Integer> kept) {
    List<String> conversations =
        episode.interactions().stream().map(Interaction::conversation).distinct().toList();
    String each = lens == Lens.CONTRAST ? "attempt" : "conversation";
    StringBuilder text = new StringBuilder();
    int number = 0;
    int next = 0;
    for (int place : kept) {
      Line line = lines.get(place);
      if (place > next) {
        text.append(LEFT_OUT).append('\n');
      }
      next = place + 1;
      if (line.interaction != number) {
        number = line.interaction;
        Interaction interaction = episode.interactions().get(number - 1);
        text.append(text.isEmpty() ? "" : "\n").append("Interaction ").append(number);
        text.append(" (").append(day(interaction.openedAt()));
        if (conversations.size() > 1) {
          int of = conversations.indexOf(interaction.conversation()) + 1;
          text.append(", ").append(each).append(' ').append(of);
        }
        text.append(")\n");
      }
      text.append(line.text).append('\n');
    }
    return text.append(next < lines.size() ? LEFT_OUT + "\n" : "").toString();
  }
}
