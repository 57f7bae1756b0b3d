package dev.hone.wire;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.experience.Message;
import dev.hone.experience.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read from a request. In the samples, apostrophes stand for quotes. */
class ChatRequestTest {

  private static ChatRequest parse(String sample) throws Malformed {
    return ChatRequest.parse(sample.replace('\'', '"').getBytes(UTF_8));
  }

  private static ChatRequest ofMessages(String messages) throws Malformed {
    return parse("{'model':'m','messages':[" + messages + "]}");
  }

  @Test
  void modelMessagesAndFieldsAreRead() throws Malformed {
    ChatRequest request =
        parse(
            "{'model':'gpt','stream':true,'stream_options':{'include_usage':true},'messages':["
                + "{'role':'system','content':'Be kind.'},{'role':'user','content':'Why?'}]}");

    assertThat(request.model()).isEqualTo("gpt");
    assertThat(request.stream()).isTrue();
    assertThat(request.field("stream_options").path("include_usage").asBoolean()).isTrue();
    assertThat(request.field("tools").isMissingNode()).isTrue();
    assertThat(request.messages())
        .containsExactly(Message.text(Role.SYSTEM, "Be kind."), Message.text(Role.USER, "Why?"));
  }

  @Test
  void aRequestStreamsOnlyWhenItSaysSo() throws Malformed {
    assertThat(parse("{'model':'m','messages':[{'role':'user','content':'x'}]}").stream())
        .isFalse();
    assertThat(
            parse("{'model':'m','stream':null,'messages':[{'role':'user','content':'x'}]}")
                .stream())
        .isFalse();
  }

  @Test
  void parametersAreTheRequestWithoutItsMessagesByteForByte() throws Malformed {
    ChatRequest request =
        parse(
            " {'model' : 'm',\n 'messages' : [ {'role':'user','content':'[é]'} ] , 'x': 1e400,"
                + " 'y':[{'messages':[1]}], 'z':12345678901234567890.10} ");

    assertThat(request.parameters())
        .isEqualTo(
            " {'model' : 'm',\n 'messages' : [] , 'x': 1e400, 'y':[{'messages':[1]}], 'z':1234567"
                    .replace('\'', '"')
                + "8901234567890.10} ");
  }

  @Test
  void theNewestUserMessageIsFoundBehindToolResults() throws Malformed {
    ChatRequest request =
        ofMessages(
            "{'role':'user','content':'one'},{'role':'user','content':'two'},{'role':'assistant',"
                + "'content':null},{'role':'tool','content':'3','tool_call_id':'c'}");

    assertThat(request.newestUserMessage()).contains(1);
  }

  @Test
  void aRequestWithoutUserMessageHasNoNewest() throws Malformed {
    assertThat(ofMessages("{'role':'system','content':'x'}").newestUserMessage()).isEmpty();
  }

  @Test
  void theChainOfAConversationBeginsWithTheChainOfItsBeginning() throws Malformed {
    String first = "{'role':'user','content':'one'}";
    String second = "{'role':'assistant','content':'two'}";
    ChatRequest whole = ofMessages(first + "," + second);

    assertThat(whole.chain()).hasSize(2).doesNotHaveDuplicates();
    assertThat(ofMessages(first).chain()).containsExactly(whole.chain().getFirst());
    assertThat(ofMessages(second + "," + first).chain()).doesNotContainAnyElementsOf(whole.chain());
  }

  @Test
  void theChainDoesNotDependOnFormOrReasoning() throws Malformed {
    String asString = "{'role':'assistant','content':'two'}";
    String asPart = "{ 'content':[{'type':'text','text':'two'}],'role':'assistant'}";
    String thoughtful = "{'role':'assistant','reasoning_content':'hm','content':'two'}";

    assertThat(ofMessages(asPart).chain()).isEqualTo(ofMessages(asString).chain());
    assertThat(ofMessages(thoughtful).chain()).isEqualTo(ofMessages(asString).chain());
  }

  @Test
  void theChainDependsOnWhoSpeaksAndOnToolCalls() throws Malformed {
    String call =
        "{'role':'assistant','content':null,'tool_calls':[{'id':'%s','type':'function','function':"
            + "{'name':'f','arguments':'{}'}}]}";

    assertThat(ofMessages("{'role':'user','content':'x'}").chain())
        .isNotEqualTo(ofMessages("{'role':'assistant','content':'x'}").chain());
    assertThat(ofMessages(call.formatted("a")).chain())
        .isNotEqualTo(ofMessages(call.formatted("b")).chain());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[] | must be a JSON object",
        "`` | must be a JSON object",
        "{'model':'m' | not valid JSON",
        "{'model':'m','messages':[{'role':'user','content':'x'}]}{} | more than one",
        "{'model':'m','messages':[{'role':'user','content':'x'}]} x | not valid JSON",
        "{'messages':[{'role':'user','content':'x'}]} | 'model'",
        "{'model':7,'messages':[{'role':'user','content':'x'}]} | 'model'",
        "{'model':' ','messages':[{'role':'user','content':'x'}]} | 'model'",
        "{'model':'m'} | 'messages'",
        "{'model':'m','messages':[]} | 'messages'",
        "{'model':'m','messages':'x'} | 'messages' must be a list",
        "{'model':'m','messages':{'a':1}} | 'messages' must be a list",
        "{'model':'m','messages':[7]} | 'messages[0]' must be an object",
        "{'model':'m','messages':[{'content':'x'}]} | 'messages[0].role'",
        "{'model':'m','messages':[{'role':'king','content':'x'}]} | 'messages[0].role'",
        "{'model':'m','messages':[{'role':'user','content':7}]} | 'messages[0].content'",
        "{'model':'m','messages':[{'role':'user','content':{}}]} | 'messages[0].content'",
        "{'model':'m','messages':[{'role':'user','content':['x']}]} | 'messages[0].content'",
        "{'model':'m','messages':[{'role':'user','content':'x'},7]} | 'messages[1]'",
        "{'model':'m','stream':'yes','messages':[{'role':'user','content':'x'}]} | 'stream'",
      })
  void aMalformedRequestIsToldWhatIsWrong(String sample, String says) {
    assertThatThrownBy(() -> parse(sample))
        .isInstanceOf(Malformed.class)
        .hasMessageContaining(says);
  }

  @Test
  void aBodyThatIsNotUtf8IsMalformed() {
    byte[] body =
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}".getBytes(UTF_16);

    assertThatThrownBy(() -> ChatRequest.parse(body)).isInstanceOf(Malformed.class);
  }

  @Test
  void aContentAsLargeAsTheDoorLetsInIsRead() throws Malformed {
    String image = "A".repeat(25_000_000);
    ChatRequest request =
        ofMessages(
            "{'role':'user','content':[{'type':'image_url','image_url':{'url':'data:,"
                + image
                + "'}}]}");

    assertThat(request.newestUserMessage()).contains(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "'x':1; true",
        "'tools':[],'functions':null; true",
        "'response_format':{'type':'text'}; true",
        "'response_format':null; true",
        "'tools':[{'type':'function'}]; false",
        "'functions':[{'name':'f'}]; false",
        "'response_format':{'type':'json_object'}; false",
        "'response_format':{'type':'json_schema'}; false",
      },
      quoteCharacter = '|')
  void whoOffersToolsOrWantsJsonIsNotAnsweredInProse(String field, boolean prose) throws Malformed {
    ChatRequest request =
        parse("{'model':'m'," + field + ",'messages':[{'role':'user','content':'x'}]}");

    assertThat(request.answeredInProse()).isEqualTo(prose);
  }
}
