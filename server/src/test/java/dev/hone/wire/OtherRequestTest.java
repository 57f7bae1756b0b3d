package dev.hone.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.experience.Message;
import dev.hone.experience.Part;
import dev.hone.experience.Role;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of a request that passes through is read what can be. Apostrophes stand for quotes. */
class OtherRequestTest {

  private static OtherRequest read(Endpoint endpoint, String sample) {
    return OtherRequest.parse(endpoint, sample.replace('\'', '"').getBytes(UTF_8)).orElseThrow();
  }

  @Test
  void aTextIsWhatTheUserSays() {
    assertThat(read(Endpoint.RESPONSES, "{'model':'m','input':'Why?'}").messages())
        .containsExactly(Message.text(Role.USER, "Why?"));
    assertThat(read(Endpoint.COMPLETIONS, "{'model':'m','prompt':'Why?'}").messages())
        .containsExactly(Message.text(Role.USER, "Why?"));
    assertThat(read(Endpoint.EMBEDDINGS, "{'model':'m','input':['a',[1,2]]}").messages())
        .containsExactly(
            new Message(Role.USER, List.of(new Part.Text("a"), new Part.Other("tokens", "[1,2]"))));
  }

  @Test
  void whatTheModelSaidInARowIsOneMessageAsItsAnswerWas() {
    OtherRequest request =
        read(
            Endpoint.RESPONSES,
            """
            {'input':[{'role':'user','content':'Look.'},
              {'type':'message','role':'assistant','content':[{'type':'output_text','text':'Wait.'}]},
              {'type':'function_call','call_id':'c','name':'look','arguments':'{}'},
              {'type':'function_call_output','call_id':'c','output':'a cat'}]}
            """);
    Answers.Reading answer =
        Answers.read(
            Endpoint.RESPONSES,
            """
            {"output":[
              {"type":"message","role":"assistant","content":[{"type":"output_text","text":"Wait."}]},
              {"type":"function_call","call_id":"c","name":"look","arguments":"{}"}]}
            """
                .getBytes(UTF_8),
            false);

    assertThat(request.messages()).hasSize(3);
    assertThat(request.messages().get(1)).isEqualTo(answer.answer());
    assertThat(request.messages().get(2)).isEqualTo(Message.text(Role.TOOL, "a cat"));
  }

  @Test
  void whatIsUnknownIsKeptAsItIs() {
    OtherRequest request =
        read(Endpoint.RESPONSES, "{'input':[{'type':'item_reference','id':'x'},7]}");

    assertThat(request.messages())
        .containsExactly(
            new Message(
                Role.ASSISTANT,
                List.of(
                    new Part.Other("item_reference", "{\"type\":\"item_reference\",\"id\":\"x\"}"),
                    new Part.Other("unknown", "7"))));
  }

  @Test
  void theParametersAreTheRest() {
    OtherRequest request =
        read(Endpoint.RESPONSES, "{'model':'m','instructions':'Be.','input':'Why?','top_p':1}");

    assertThat(request.parameters()).isEqualTo("{\"model\":\"m\",\"top_p\":1}");
    assertThat(request.model()).isEqualTo("m");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "7", "[]", "\"text\"", "{", "--boundary\r\n", "\u0000"})
  void whatIsNoJsonObjectCannotBeRead(String body) {
    assertThat(OtherRequest.parse(Endpoint.OTHER, body.getBytes(UTF_8))).isEmpty();
  }
}
