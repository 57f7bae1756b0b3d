package dev.hone.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.experience.Digest;
import dev.hone.experience.Message;
import dev.hone.experience.Part;
import dev.hone.experience.Role;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One record of a log of chats: a conversation, and what was said about it. Read are OpenAI's
 * messages ({@code {"messages": […]}}, as for fine-tuning), and a request with its response ({@code
 * {"request": {"messages": […]}, "response": {"choices": […]}}}).
 *
 * @param id the record's id; without one, a digest of its messages
 * @param messages from the first on
 * @param judgements what was said about it
 * @param session the application's session
 * @param user the application's user
 * @param agent the agent
 * @param model who answered; empty when it is not said
 * @param at when, if that is said
 */
public record ChatRecord(
    String id,
    List<Message> messages,
    List<Judgement> judgements,
    @Nullable String session,
    @Nullable String user,
    @Nullable String agent,
    String model,
    @Nullable Instant at) {

  private static final int LONGEST_ID = 512;

  /** From here on a number of a date counts milliseconds: as seconds it would be the year 5138. */
  private static final double MILLIS = 1e11;

  /**
   * A word about the conversation.
   *
   * @param message index of the message that it speaks of; the last one when it does not say
   */
  public record Judgement(
      String metric,
      @Nullable Double value,
      @Nullable String correction,
      @Nullable String comment,
      int message) {}

  /**
   * One answer of the assistant, and what is new before it.
   *
   * @param answer empty where the conversation ends without one
   * @param last index of its last message in the record
   */
  public record Turn(List<Message> messages, Message answer, int last) {

    public Turn {
      messages = List.copyOf(messages);
    }
  }

  public ChatRecord {
    messages = List.copyOf(messages);
    judgements = List.copyOf(judgements);
  }

  /**
   * Reads one record.
   *
   * @throws Malformed naming what is wrong
   */
  public static ChatRecord read(JsonNode record) throws Malformed {
    if (!record.isObject()) {
      throw new Malformed("a record is a JSON object");
    }
    JsonNode request = record.path("request");
    boolean exchange = request.isObject();
    JsonNode holder = exchange ? request : record;
    List<Message> messages = messages(holder.path("messages"), exchange ? "request." : "");
    if (exchange) {
      JsonNode answer = record.path("response").path("choices").path(0).path("message");
      if (!answer.isMissingNode()) {
        messages.add(message(answer, "response.choices[0].message"));
      }
    }
    JsonNode metadata = holder.path("metadata");
    return new ChatRecord(
        id(record, messages),
        messages,
        judgements(record, messages.size()),
        name(record.path("session"), metadata.path("session_id")),
        name(record.path("user"), holder.path("user"), metadata.path("user_id")),
        name(record.path("agent"), metadata.path("agent_id")),
        text(holder.path("model"), record.path("response").path("model")),
        at(record));
  }

  /** Whether it holds instructions only, which go before the records behind it. */
  public boolean instructs() {
    return messages.stream().allMatch(message -> message.role() == Role.SYSTEM);
  }

  /** The answers, in order; what comes behind the last one is one more, with an empty answer. */
  public List<Turn> turns() {
    List<Turn> turns = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < messages.size(); i++) {
      if (messages.get(i).role() == Role.ASSISTANT) {
        turns.add(new Turn(messages.subList(from, i), messages.get(i), i));
        from = i + 1;
      }
    }
    if (from < messages.size()) {
      turns.add(
          new Turn(
              messages.subList(from, messages.size()),
              new Message(Role.ASSISTANT, List.of()),
              messages.size() - 1));
    }
    return turns;
  }

  private static List<Message> messages(JsonNode list, String in) throws Malformed {
    if (!list.isArray() || list.isEmpty()) {
      throw new Malformed("'" + in + "messages' must be a non-empty list");
    }
    List<Message> messages = new ArrayList<>();
    for (JsonNode each : list) {
      messages.add(message(each, in + "messages[" + messages.size() + "]"));
    }
    return messages;
  }

  /** Logs of older clients have one {@code function_call} in place of {@code tool_calls}. */
  private static Message message(JsonNode json, String where) throws Malformed {
    Message message = Messages.read(json, where);
    JsonNode call = json.path("function_call");
    if (!call.path("name").isTextual()) {
      return message;
    }
    List<Part> parts = new ArrayList<>(message.parts());
    parts.add(new Part.ToolCall("", call.path("name").asText(), call.path("arguments").asText()));
    return new Message(message.role(), parts);
  }

  private static String id(JsonNode record, List<Message> messages) throws Malformed {
    JsonNode id = record.path("id");
    if (id.isMissingNode() || id.isNull()) {
      Digest chain = Digest.of();
      for (Message message : messages) {
        chain = chain.then(message.digest());
      }
      return chain.value().substring(0, 32);
    }
    if (!id.isTextual() && !id.isIntegralNumber()) {
      throw new Malformed("'id' must be a string or a whole number");
    }
    String text = id.asText();
    if (text.isBlank() || text.length() > LONGEST_ID) {
      throw new Malformed("'id' must have 1 to " + LONGEST_ID + " characters");
    }
    return text;
  }

  private static List<Judgement> judgements(JsonNode record, int messages) throws Malformed {
    List<Judgement> all = new ArrayList<>();
    if (record.hasNonNull("reward")) {
      double reward = measure(record.path("reward"), "reward");
      all.add(new Judgement("reward", reward, null, null, messages - 1));
    }
    JsonNode outcomes = record.path("outcomes");
    if (!outcomes.isMissingNode() && !outcomes.isNull() && !outcomes.isArray()) {
      throw new Malformed("'outcomes' must be a list");
    }
    int i = 0;
    for (JsonNode outcome : outcomes) {
      all.add(judgement(outcome, "outcomes[" + i++ + "]", messages));
    }
    return all;
  }

  private static Judgement judgement(JsonNode outcome, String where, int messages)
      throws Malformed {
    if (!outcome.isObject()) {
      throw new Malformed("'" + where + "' must be an object");
    }
    boolean rewarded = outcome.hasNonNull("reward");
    String measured = rewarded ? "reward" : "value";
    Double value =
        outcome.hasNonNull(measured)
            ? (Double) measure(outcome.path(measured), where + "." + measured)
            : null;
    String correction = words(outcome, "correction", where);
    String comment = words(outcome, "comment", where);
    if (value == null && correction == null && comment == null) {
      throw new Malformed(
          "'" + where + "' says nothing: give a value, a reward, a correction or a comment");
    }
    String metric = words(outcome, "metric", where);
    return new Judgement(
        metric != null ? metric : rewarded ? "reward" : "correct",
        value,
        correction,
        comment,
        place(outcome.path("message"), where, messages));
  }

  private static int place(JsonNode message, String where, int messages) throws Malformed {
    if (message.isMissingNode() || message.isNull()) {
      return messages - 1;
    }
    if (!message.isInt() || message.asInt() < 0 || message.asInt() >= messages) {
      throw new Malformed(
          "'" + where + ".message' must be the index of a message, 0 to " + (messages - 1));
    }
    return message.asInt();
  }

  private static double measure(JsonNode value, String where) throws Malformed {
    if (value.isBoolean()) {
      return value.asBoolean() ? 1 : 0;
    }
    if (!value.isNumber() || !(value.asDouble() >= 0 && value.asDouble() <= 1)) {
      throw new Malformed(
          "'"
              + where
              + "' must be true, false, or a number in [0, 1]: scale it before you import it");
    }
    return value.asDouble();
  }

  private static @Nullable String words(JsonNode outcome, String field, String where)
      throws Malformed {
    JsonNode words = outcome.path(field);
    if (words.isMissingNode()
        || words.isNull()
        || (words.isTextual() && words.asText().isBlank())) {
      return null;
    }
    if (!words.isTextual()) {
      throw new Malformed("'" + where + "." + field + "' must be a string");
    }
    return words.asText();
  }

  private static @Nullable String name(JsonNode... candidates) {
    String name = text(candidates);
    return name.isEmpty() ? null : name;
  }

  private static String text(JsonNode... candidates) {
    for (JsonNode each : candidates) {
      if ((each.isTextual() || each.isNumber()) && !each.asText().isBlank()) {
        return each.asText().strip();
      }
    }
    return "";
  }

  private static @Nullable Instant at(JsonNode record) throws Malformed {
    for (String field : List.of("at", "created", "created_at", "timestamp")) {
      JsonNode value = record.path(field);
      if (!value.isMissingNode() && !value.isNull()) {
        return instant(value, field);
      }
    }
    JsonNode created = record.path("response").path("created");
    return created.isMissingNode() || created.isNull()
        ? null
        : instant(created, "response.created");
  }

  private static Instant instant(JsonNode value, String field) throws Malformed {
    try {
      if (value.isNumber()) {
        double number = value.asDouble();
        return Instant.ofEpochMilli((long) (number >= MILLIS ? number : number * 1_000));
      }
      return OffsetDateTime.parse(value.asText()).toInstant();
    } catch (DateTimeException e) {
      throw new Malformed(
          "'"
              + field
              + "' must be a time such as 2026-01-31T12:00:00Z, or seconds since 1970-01-01 UTC");
    }
  }
}
