package dev.hone.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hone.experience.Message;
import dev.hone.experience.Role;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A chat completions request: the bytes as received, what is read from them, and the places where
 * text can be spliced in without touching any other byte.
 */
public final class ChatRequest implements ModelRequest {

  /** A text to be put at the tail of a message's content. */
  public record Splice(int message, String text) {}

  /** Where text can go at the tail of a message's content. */
  private record Place(int offset, boolean insideString, boolean first) {}

  /** The size of a body is bounded at the door; a single text in it may be as large. */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();

  private static final ObjectMapper JSON = new ObjectMapper(FACTORY);

  private final byte[] body;
  private final JsonNode fields;
  private final List<Message> messages;
  private final List<@Nullable Place> places;
  private final int messagesStart;
  private final int messagesEnd;

  private ChatRequest(
      byte[] body,
      JsonNode fields,
      List<Message> messages,
      List<@Nullable Place> places,
      int messagesStart,
      int messagesEnd) {
    this.body = body;
    this.fields = fields;
    this.messages = messages;
    this.places = places;
    this.messagesStart = messagesStart;
    this.messagesEnd = messagesEnd;
  }

  /**
   * Reads a request.
   *
   * @throws Malformed naming what is wrong
   */
  public static ChatRequest parse(byte[] body) throws Malformed {
    for (int i = 0; i < Math.min(4, body.length); i++) {
      if (body[i] == 0 || body[i] == (byte) 0xFE || body[i] == (byte) 0xFF) {
        throw new Malformed("the body is not in UTF-8");
      }
    }
    try (JsonParser parser = FACTORY.createParser(body)) {
      parser.setCodec(JSON);
      return new Reader(body, parser).read();
    } catch (Malformed e) {
      throw e;
    } catch (IOException e) {
      throw new Malformed("the body is not valid JSON: " + Malformed.firstLine(e));
    }
  }

  /** Reads one request body. */
  private static final class Reader {

    private final byte[] body;
    private final JsonParser parser;
    private final List<Message> messages = new ArrayList<>();
    private final List<@Nullable Place> places = new ArrayList<>();
    private int start = -1;
    private int end = -1;

    Reader(byte[] body, JsonParser parser) {
      this.body = body;
      this.parser = parser;
    }

    ChatRequest read() throws IOException, Malformed {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new Malformed("the body must be a JSON object");
      }
      var fields = JsonNodeFactory.instance.objectNode();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        if (name.equals("messages")) {
          readMessages();
        } else {
          JsonNode value = parser.readValueAsTree();
          fields.set(name, value);
        }
      }
      if (parser.nextToken() != null) {
        throw new Malformed("the body holds more than one JSON object");
      }
      if (start < 0 || messages.isEmpty()) {
        throw new Malformed("'messages' must be a non-empty list of messages");
      }
      if (!fields.path("model").isTextual() || fields.path("model").asText().isBlank()) {
        throw new Malformed("'model' must be a string that names a model");
      }
      if (fields.has("stream")
          && !fields.get("stream").isBoolean()
          && !fields.get("stream").isNull()) {
        throw new Malformed("'stream' must be true or false");
      }
      return new ChatRequest(body, fields, List.copyOf(messages), places, start, end);
    }

    private void readMessages() throws IOException, Malformed {
      if (parser.currentToken() != JsonToken.START_ARRAY) {
        throw new Malformed("'messages' must be a list");
      }
      messages.clear();
      places.clear();
      start = offsetOfToken();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
          throw new Malformed("'messages[" + messages.size() + "]' must be an object");
        }
        readMessage();
      }
      end = offsetAfterToken();
    }

    private void readMessage() throws IOException, Malformed {
      int from = offsetOfToken();
      Place place = null;
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean content = parser.currentName().equals("content");
        JsonToken value = parser.nextToken();
        if (content && value == JsonToken.VALUE_STRING) {
          parser.finishToken();
          place = new Place(offsetAfterToken() - 1, true, false);
        } else if (content && value == JsonToken.START_ARRAY) {
          int parts = 0;
          while (parser.nextToken() != JsonToken.END_ARRAY) {
            parser.skipChildren();
            parts++;
          }
          place = new Place(offsetAfterToken() - 1, false, parts == 0);
        } else {
          parser.skipChildren();
          parser.finishToken();
        }
      }
      JsonNode message = JSON.readTree(body, from, offsetAfterToken() - from);
      messages.add(Messages.read(message, "messages[" + messages.size() + "]"));
      places.add(place);
    }

    private int offsetOfToken() {
      return (int) parser.currentTokenLocation().getByteOffset();
    }

    private int offsetAfterToken() {
      return (int) parser.currentLocation().getByteOffset();
    }
  }

  /** A body as a tree, however long its texts are. */
  static JsonNode tree(byte[] body) throws IOException {
    return JSON.readTree(body);
  }

  @Override
  public Endpoint endpoint() {
    return Endpoint.CHAT;
  }

  /** The bytes as received. */
  public byte[] body() {
    return body;
  }

  @Override
  public List<Message> messages() {
    return messages;
  }

  @Override
  public String model() {
    return fields.path("model").asText();
  }

  public boolean stream() {
    return fields.path("stream").asBoolean(false);
  }

  @Override
  public JsonNode field(String name) {
    return fields.path(name);
  }

  /**
   * Whether the answer is read by people: the client offers no tools, and wants no JSON. A line
   * more in such an answer breaks nothing.
   */
  public boolean answeredInProse() {
    JsonNode format = fields.path("response_format").path("type");
    return fields.path("tools").isEmpty()
        && fields.path("functions").isEmpty()
        && (format.isMissingNode() || format.asText().equals("text"));
  }

  /**
   * The request without its messages, otherwise byte for byte: an empty list stands in their place.
   */
  @Override
  public String parameters() {
    ByteArrayOutputStream rest = new ByteArrayOutputStream(body.length);
    rest.write(body, 0, messagesStart);
    rest.write('[');
    rest.write(']');
    rest.write(body, messagesEnd, body.length - messagesEnd);
    return rest.toString(StandardCharsets.UTF_8);
  }

  /** The index of the newest user message whose content can take a text at its tail. */
  public Optional<Integer> newestUserMessage() {
    for (int i = messages.size() - 1; i >= 0; i--) {
      if (messages.get(i).role() == Role.USER) {
        return places.get(i) == null ? Optional.empty() : Optional.of(i);
      }
    }
    return Optional.empty();
  }

  /** Whether a text can be put at the tail of this message. */
  public boolean takesText(int message) {
    return places.get(message) != null;
  }

  /** The body with texts put at the tail of messages; every byte of the original stays. */
  public byte[] spliced(List<Splice> splices) {
    Map<Integer, byte[]> inserts = new TreeMap<>();
    for (Splice splice : splices) {
      Place place = places.get(splice.message());
      if (place == null) {
        throw new IllegalArgumentException("message " + splice.message() + " takes no text");
      }
      inserts.put(place.offset, insert(place, splice.text()));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(body.length + 2048);
    int from = 0;
    for (Map.Entry<Integer, byte[]> insert : inserts.entrySet()) {
      out.write(body, from, insert.getKey() - from);
      out.writeBytes(insert.getValue());
      from = insert.getKey();
    }
    out.write(body, from, body.length - from);
    return out.toByteArray();
  }

  private static byte[] insert(Place place, String text) {
    String quoted = JsonNodeFactory.instance.textNode(text).toString();
    String inserted =
        place.insideString
            ? quoted.substring(1, quoted.length() - 1)
            : (place.first ? "" : ",") + "{\"type\":\"text\",\"text\":" + quoted + "}";
    return inserted.getBytes(StandardCharsets.UTF_8);
  }
}
