package dev.hone.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The JSON document that a language model was asked for. */
class JsonAnswerTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"items\": []}",
        "  {\"items\": []}\n",
        "```json\n{\"items\": []}\n```",
        "Here it is:\n```\n{\"items\": []}\n```\nThat is all.",
        "As to {braces}:\n```json\n{\"items\": []}\n```\nThat is {all}.",
        "<think>Maybe {\"items\": [1]}?</think>\n{\"items\": []}"
      })
  void theObjectIsFoundInsideAFenceAndTalk(String answer) throws Malformed {
    assertThat(JsonAnswer.list(JsonAnswer.object(answer), "items")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"nothing", "}", "[1, 2]"})
  void anAnswerWithoutObjectIsMalformed(String answer) {
    assertThatThrownBy(() -> JsonAnswer.object(answer))
        .isInstanceOf(Malformed.class)
        .hasMessageContaining("no JSON object");
  }

  @Test
  void anEmptyAnswerIsCalledSo() {
    assertThatThrownBy(() -> JsonAnswer.object(" \n")).hasMessage("it is empty");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{items}", "{\"a\": }", "{\"a\": {}", "{\"items\": [{\"title\": \"A ti"})
  void anObjectThatIsNotJsonIsMalformedInOneLine(String answer) {
    assertThatThrownBy(() -> JsonAnswer.object(answer))
        .isInstanceOf(Malformed.class)
        .hasMessageContaining("not valid JSON")
        .message()
        .doesNotContain("\n");
  }

  @Test
  void aListMustBeAList() throws Malformed {
    JsonNode object = JsonAnswer.object("{\"a\": {}}");

    assertThatThrownBy(() -> JsonAnswer.list(object, "a")).hasMessageContaining("'a'");
    assertThatThrownBy(() -> JsonAnswer.list(object, "b")).hasMessageContaining("'b'");
  }

  @Test
  void aTextMustBeATextThatSaysSomething() throws Malformed {
    JsonNode object = JsonAnswer.object("{\"a\": \" x \", \"b\": \" \", \"c\": 7}");

    assertThat(JsonAnswer.text(object, "a")).isEqualTo("x");
    assertThatThrownBy(() -> JsonAnswer.text(object, "b")).hasMessageContaining("'b'");
    assertThatThrownBy(() -> JsonAnswer.text(object, "c")).hasMessageContaining("'c'");
    assertThatThrownBy(() -> JsonAnswer.text(object, "d")).hasMessageContaining("'d'");
  }
}
