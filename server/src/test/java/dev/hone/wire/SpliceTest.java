package dev.hone.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.hone.wire.ChatRequest.Splice;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Text is spliced in without touching any other byte. In the samples, {@code @} marks the place at
 * the tail of a string, {@code #} the place of a further part, {@code ^} that of a first part.
 */
class SpliceTest {

  private static final String TEXT = "\n\nNote: \"6\" ≥ 5 🙂 \\ \u0001";
  private static final String ESCAPED = "\\n\\nNote: \\\"6\\\" ≥ 5 🙂 \\\\ \\u0001";
  private static final String PART = "{\"type\":\"text\",\"text\":\"" + ESCAPED + "\"}";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'model':'m','messages':[{'role':'user','content':'Hi.@'}]}",
        "{'messages':[{'content':'@','role':'user'}],'model':'m'}",
        " {\n\t'model' : 'm' ,\r\n 'messages' : [ { 'role' : 'user' , 'content' : 'Hi.@' } ] } \n",
        "{'model':'m','messages':[{'role':'user','content':'a\\'b\\\\@'}]}",
        "{'model':'m','messages':[{'role':'user','content':'tab\\t\\u00e9\\uD83D\\uDE42\\/@'}]}",
        "{'model':'m','messages':[{'role':'user','name':'Zoë 🙂','content':'où? 日本語 🙂@'}]}",
        "{'é🙂':'ß','model':'m','messages':[{'role':'user','content':'x@','zz':{'content':'y'}}]}",
        "{'model':'m','seed':123456789012345678901234567890,'x':1e400,'y':-0.0,'z':0.10,'messages':"
            + "[{'role':'user','content':'x@'}],'w':1.00000000000000000000000000000000001}",
        "{'model':'m','messages':[{'role':'user','content':[^]}]}",
        "{'model':'m','messages':[{'role':'user','content':[ ^]}]}",
        "{'model':'m','messages':[{'role':'user','content':[{'type':'text','text':'Hi.'}#]}]}",
        "{'model':'m','messages':[{'role':'user','content':[{'type':'image_url','image_url':"
            + "{'url':'data:,[]','x':[[1],[]]}} , {'type':'text','text':']'} #]}]}",
        "{'model':'m','messages':[{'role':'user','content':'x@','tool_calls':[],'content2':[1]}]}"
      })
  void everyByteOfTheOriginalStays(String sample) throws Malformed {
    String json = sample.replace('\'', '"');
    byte[] body = json.replaceAll("[@#^]", "").getBytes(UTF_8);
    String expected = json.replace("@", ESCAPED).replace("#", "," + PART).replace("^", PART);

    ChatRequest request = ChatRequest.parse(body);
    byte[] spliced = request.spliced(List.of(new Splice(0, TEXT)));

    assertThat(new String(spliced, UTF_8)).isEqualTo(expected);
    assertThat(ChatRequest.parse(spliced).messages().getFirst().text()).endsWith(TEXT);
    assertThat(new String(request.body(), UTF_8)).isEqualTo(new String(body, UTF_8));
  }

  @Test
  void aByteOrderMarkStays() throws Malformed {
    byte[] body =
        "\uFEFF{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"
            .getBytes(UTF_8);

    assertThat(new String(ChatRequest.parse(body).spliced(List.of(new Splice(0, "!"))), UTF_8))
        .isEqualTo(
            "\uFEFF{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi!\"}]}");
  }

  @Test
  void severalTextsGoToTheirMessagesInWhateverOrderTheyAreGiven() throws Malformed {
    String body =
        """
        {"model":"m","messages":[{"role":"user","content":"one@"},
         {"role":"assistant","content":"two"},
         {"role":"user","content":[{"type":"text","text":"three"}#]}]}
        """;
    ChatRequest request = ChatRequest.parse(body.replaceAll("[@#]", "").getBytes(UTF_8));

    byte[] spliced = request.spliced(List.of(new Splice(2, "B"), new Splice(0, "A")));

    assertThat(new String(spliced, UTF_8))
        .isEqualTo(body.replace("@", "A").replace("#", ",{\"type\":\"text\",\"text\":\"B\"}"));
  }

  @Test
  void withoutTextsNothingChanges() throws Malformed {
    byte[] body =
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}".getBytes(UTF_8);

    assertThat(ChatRequest.parse(body).spliced(List.of())).isEqualTo(body);
  }

  @ParameterizedTest
  @ValueSource(strings = {"'content':null", "'name':'x'", "'content':null,'tool_calls':[]"})
  void aMessageWithoutContentTakesNoText(String fields) throws Malformed {
    ChatRequest request =
        ChatRequest.parse(
            ("{'model':'m','messages':[{'role':'user'," + fields + "}]}")
                .replace('\'', '"')
                .getBytes(UTF_8));

    assertThat(request.takesText(0)).isFalse();
    assertThat(request.newestUserMessage()).isEmpty();
    assertThatThrownBy(() -> request.spliced(List.of(new Splice(0, "x"))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anyTextIsReadAgainAsItWasPutIn() throws Malformed {
    Random random = new Random(7);
    for (int round = 0; round < 300; round++) {
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        texts.add(text(random));
      }
      String content = new TextNode(texts.get(0)).toString();
      byte[] body =
          ("{\""
                  + "x".repeat(random.nextInt(9))
                  + "\":["
                  + random.nextInt()
                  + ",{}],\"model\":"
                  + "\"m\",\"messages\":[{\"role\":\"system\",\"content\":"
                  + content
                  + "},{\"content\":"
                  + content
                  + ",\"role\":\"user\"}],\"user\":"
                  + content
                  + "}")
              .getBytes(UTF_8);
      ChatRequest request = ChatRequest.parse(body);
      ChatRequest after =
          ChatRequest.parse(
              request.spliced(List.of(new Splice(0, texts.get(1)), new Splice(1, texts.get(2)))));

      assertThat(after.messages().get(0).text()).isEqualTo(texts.get(0) + texts.get(1));
      assertThat(after.messages().get(1).text()).isEqualTo(texts.get(0) + texts.get(2));
      assertThat(after.parameters()).isEqualTo(request.parameters());
    }
  }

  private static String text(Random random) {
    String alphabet = "ab \"\\\n\t/é日🙂{}[],:\u0000\u2028";
    int[] points = alphabet.codePoints().toArray();
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i >= 0; i--) {
      text.appendCodePoint(points[random.nextInt(points.length)]);
    }
    return text.toString();
  }
}
