package dev.hone.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hone.experience.Message;
import dev.hone.experience.Part;
import dev.hone.experience.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages of the protocol. In the samples, apostrophes stand for quotes. */
class MessagesTest {

  private static Message read(String sample) throws Malformed, JsonProcessingException {
    return Messages.read(new ObjectMapper().readTree(sample.replace('\'', '"')), "it");
  }

  @ParameterizedTest
  @CsvSource({
    "system, SYSTEM",
    "developer, SYSTEM",
    "user, USER",
    "assistant, ASSISTANT",
    "tool, TOOL",
    "function, TOOL",
    "environment, ENVIRONMENT"
  })
  void rolesAreRead(String name, Role role) throws Exception {
    assertThat(read("{'role':'" + name + "','content':'x'}")).isEqualTo(Message.text(role, "x"));
  }

  @Test
  void partsThatAreNotTextAreKeptAsTheyAre() throws Exception {
    Message message =
        read(
            "{'role':'user','content':[{'type':'text','text':'Look:'},"
                + "{'type':'image_url','image_url':{'url':'data:,x'}}]}");

    assertThat(message.parts())
        .containsExactly(
            new Part.Text("Look:"),
            new Part.Other(
                "image_url",
                "{'type':'image_url','image_url':{'url':'data:,x'}}".replace('\'', '"')));
    assertThat(message.text()).isEqualTo("Look:");
  }

  @Test
  void toolCallsFollowTheContentAndReasoningComesFirst() throws Exception {
    Message message =
        read(
            "{'role':'assistant','content':'Let me see.','reasoning':'hm','tool_calls':["
                + "{'id':'a','type':'function','function':{'name':'f','arguments':'{ }'}},"
                + "{'id':'b','type':'function','function':{'name':'g','arguments':''}}]}");

    assertThat(message.parts())
        .containsExactly(
            new Part.Reasoning("hm"),
            new Part.Text("Let me see."),
            new Part.ToolCall("a", "f", "{ }"),
            new Part.ToolCall("b", "g", ""));
    assertThat(message.callsTools()).isTrue();
  }

  @Test
  void aMessageMayHaveNoContent() throws Exception {
    assertThat(read("{'role':'assistant','content':null}").parts()).isEmpty();
    assertThat(read("{'role':'assistant'}").parts()).isEmpty();
  }

  @Test
  void whatIsWrongIsNamedWithItsPlace() {
    assertThatThrownBy(() -> read("[]")).isInstanceOf(Malformed.class).hasMessageContaining("'it'");
    assertThatThrownBy(() -> read("{'role':'x'}"))
        .isInstanceOf(Malformed.class)
        .hasMessageContaining("'it.role' must be one of system");
  }
}
