package dev.hone.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hone.experience.Message;
import dev.hone.experience.Part;
import dev.hone.experience.Role;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Records of logs of chats: the shapes there are, and what is said of those that are none. */
class ChatRecordTest {

  private static final String MESSAGES =
      "\"messages\":[{\"role\":\"user\",\"content\":\"How far?\"},"
          + "{\"role\":\"assistant\",\"content\":\"Nine.\"}]";

  private static ChatRecord read(String json) throws Malformed {
    try {
      return ChatRecord.read(new ObjectMapper().readTree(json));
    } catch (JsonProcessingException e) {
      throw new AssertionError(json, e);
    }
  }

  @Test
  void everyAssistantMessageIsATurnWithWhatIsNewBeforeIt() throws Malformed {
    ChatRecord record =
        read(
            "{\"id\":7,\"messages\":["
                + "{\"role\":\"user\",\"content\":\"Book it.\"},"
                + "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"c1\","
                + "\"function\":{\"name\":\"book\",\"arguments\":\"{\\\"n\\\":1}\"}}]},"
                + "{\"role\":\"tool\",\"tool_call_id\":\"c1\",\"content\":\"done\"},"
                + "{\"role\":\"assistant\",\"content\":\"Booked.\"},"
                + "{\"role\":\"user\",\"content\":\"Thanks.\"}]}");

    assertThat(record.id()).isEqualTo("7");
    assertThat(record.turns())
        .containsExactly(
            new ChatRecord.Turn(
                List.of(Message.text(Role.USER, "Book it.")),
                new Message(Role.ASSISTANT, List.of(new Part.ToolCall("c1", "book", "{\"n\":1}"))),
                1),
            new ChatRecord.Turn(
                List.of(Message.text(Role.TOOL, "done")),
                Message.text(Role.ASSISTANT, "Booked."),
                3),
            new ChatRecord.Turn(
                List.of(Message.text(Role.USER, "Thanks.")),
                new Message(Role.ASSISTANT, List.of()),
                4));
  }

  @Test
  void aRecordWithoutAnIdIsKnownByWhatItSays() throws Malformed {
    String id = read("{" + MESSAGES + "}").id();

    assertThat(id).isEqualTo(read("{\"x\":1," + MESSAGES + "}").id()).hasSize(32);
    assertThat(read("{" + MESSAGES.replace("Nine", "Ten") + "}").id()).isNotEqualTo(id);
  }

  @Test
  void aRequestWithItsResponseIsAConversation() throws Malformed {
    ChatRecord record =
        read(
            "{\"request\":{\"model\":\"m-1\",\"user\":\"u\",\"messages\":[{\"role\":\"user\","
                + "\"content\":\"How far?\"}]},\"response\":{\"created\":1767225600,\"choices\":["
                + "{\"message\":{\"role\":\"assistant\",\"content\":\"Nine.\"}}]}}");

    assertThat(record.messages())
        .containsExactly(
            Message.text(Role.USER, "How far?"), Message.text(Role.ASSISTANT, "Nine."));
    assertThat(record.model()).isEqualTo("m-1");
    assertThat(record.user()).isEqualTo("u");
    assertThat(record.at()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
  }

  @Test
  void theCallOfAnOlderClientIsAToolCall() throws Malformed {
    ChatRecord record =
        read(
            "{\"messages\":[{\"role\":\"user\",\"content\":\"Look.\"},{\"role\":\"assistant\","
                + "\"content\":null,\"function_call\":{\"name\":\"look\",\"arguments\":\"{}\"}}]}");

    assertThat(record.messages().getLast().parts())
        .containsExactly(new Part.ToolCall("", "look", "{}"));
  }

  @Test
  void instructionsAloneAreNoConversation() throws Malformed {
    assertThat(read("{\"messages\":[{\"role\":\"system\",\"content\":\"Be brief.\"}]}").instructs())
        .isTrue();
    assertThat(read("{" + MESSAGES + "}").instructs()).isFalse();
  }

  @Test
  void whatWasSaidOfAMessageIsTiedToIt() throws Malformed {
    ChatRecord record =
        read(
            "{"
                + MESSAGES
                + ",\"reward\":true,\"outcomes\":[{\"correction\":\"Ten.\",\"message\":1},"
                + "{\"metric\":\"rating\",\"value\":0.25,\"comment\":\"Meagre.\"}]}");

    assertThat(record.judgements())
        .containsExactly(
            new ChatRecord.Judgement("reward", 1.0, null, null, 1),
            new ChatRecord.Judgement("correct", null, "Ten.", null, 1),
            new ChatRecord.Judgement("rating", 0.25, null, "Meagre.", 1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          []                                            | a record is a JSON object
          {}                                            | 'messages' must be a non-empty list
          {"messages":[]}                               | 'messages' must be a non-empty list
          {"messages":[{"role":"narrator"}]}            | 'messages[0].role' must be one of
          {"request":{"messages":[{"content":1}]}}      | 'request.messages[0]
          {"id":{},M}                                   | 'id' must be a string or a whole number
          {"id":" ",M}                                  | 'id' must have 1 to 512 characters
          {"reward":5,M}                                | 'reward' must be true, false, or a number in [0, 1]
          {"reward":"good",M}                           | 'reward' must be true, false, or a number in [0, 1]
          {"outcomes":{},M}                             | 'outcomes' must be a list
          {"outcomes":[{}],M}                           | 'outcomes[0]' says nothing
          {"outcomes":[{"value":-1}],M}                 | 'outcomes[0].value' must be true, false
          {"outcomes":[{"value":1,"message":2}],M}      | 'outcomes[0].message' must be the index of a message, 0 to 1
          {"outcomes":[{"comment":5}],M}                | 'outcomes[0].comment' must be a string
          {"at":"yesterday",M}                          | 'at' must be a time such as
          """)
  void whatCannotBeReadIsNamed(String json, String complaint) {
    assertThatThrownBy(() -> read(json.replace(",M", "," + MESSAGES)))
        .isInstanceOf(Malformed.class)
        .hasMessageContaining(complaint);
  }
}
