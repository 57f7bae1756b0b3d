package dev.hone.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.experience.Message;
import dev.hone.experience.Part;
import dev.hone.experience.Role;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers are reassembled from their bytes. In the samples, apostrophes stand for quotes. */
class AnswersTest {

  private static Optional<Message> read(String sample, boolean stream) {
    byte[] raw = sample.replace('\'', '"').getBytes(UTF_8);
    return Optional.ofNullable(Answers.read(Endpoint.CHAT, raw, stream).answer());
  }

  private static Optional<Message> whole(String sample) {
    return read(sample, false);
  }

  private static Optional<Message> streamed(String sample) {
    return read(sample, true);
  }

  /** A stream of these deltas of the first choice. */
  private static String stream(String... deltas) {
    return Stream.of(deltas)
            .map(delta -> "data: {'choices':[{'index':0,'delta':" + delta + "}]}\n\n")
            .collect(Collectors.joining())
        + "data: [DONE]\n\n";
  }

  private static List<Part> parts(String... deltas) {
    return streamed(stream(deltas)).orElseThrow().parts();
  }

  @Test
  void aWholeAnswerIsTheFirstChoice() {
    assertThat(
            whole(
                "{'choices':[{'message':{'role':'assistant','content':'Hi 🙂'}},"
                    + "{'message':{'role':'assistant','content':'Other'}}]}"))
        .contains(Message.text(Role.ASSISTANT, "Hi 🙂"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "not json",
        "{}",
        "[]",
        "7",
        "{'choices':[]}",
        "{'error':{'message':'no'}}",
        "{'choices':[{'message':{'role':'king','content':'x'}}]}",
        "{'choices':[{'message':'x'}]}",
        "{'choices':[{'message':{'role':'assist"
      })
  void whatHoldsNoAnswerGivesNone(String sample) {
    assertThat(whole(sample)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "garbage",
        "data: garbage\n\n",
        "data:\n\ndata: null\n\ndata: 7\n\n",
        "data: {'error':{'message':'overloaded'}}\n\n",
        "data: {'choices':[]}\n\ndata: [DONE]\n\n",
        "event: ping\n\n: comment\n\n"
      })
  void aStreamWithoutDeltasGivesNone(String sample) {
    assertThat(streamed(sample)).isEmpty();
  }

  @Test
  void piecesArePutTogether() {
    assertThat(
            parts(
                "{'role':'assistant','content':''}",
                "{'content':'Hi'}",
                "{'content':null}",
                "{'content':' there.'}",
                "{}"))
        .containsExactly(new Part.Text("Hi there."));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void linesMayEndInAnyWay(String end) {
    String stream = ": hello\n" + stream("{'content':'a'}", "{'content':'b'}");

    assertThat(streamed(stream.replace("\n", end))).contains(Message.text(Role.ASSISTANT, "ab"));
  }

  @Test
  void theSpaceAfterDataMayBeMissing() {
    assertThat(streamed(stream("{'content':'a'}").replace("data: ", "data:")))
        .contains(Message.text(Role.ASSISTANT, "a"));
  }

  @Test
  void anEventMayBeSplitOverSeveralDataLines() {
    assertThat(streamed("data: {'choices':[{'index':0,\ndata: 'delta':{'content':'a'}}]}\n\n"))
        .contains(Message.text(Role.ASSISTANT, "a"));
  }

  @Test
  void otherChoicesAreLeftOut() {
    assertThat(
            streamed(
                "data: {'choices':[{'index':1,'delta':{'content':'b'}}]}\n\n"
                    + stream("{'content':'a'}")))
        .contains(Message.text(Role.ASSISTANT, "a"));
  }

  @Test
  void brokenEventsAreSkipped() {
    assertThat(streamed("data: {'choi\n\n" + stream("{'content':'a'}")))
        .contains(Message.text(Role.ASSISTANT, "a"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"reasoning", "reasoning_content"})
  void reasoningIsKeptApart(String field) {
    assertThat(
            parts(
                "{'" + field + "':'h','content':null}",
                "{'" + field + "':'m'}",
                "{'content':'So.'}"))
        .containsExactly(new Part.Reasoning("hm"), new Part.Text("So."));
  }

  @Test
  void parallelToolCallsAreToldApartByIndex() {
    assertThat(
            parts(
                "{'tool_calls':[{'index':1,'id':'b','function':{'name':'g','arguments':''}}]}",
                "{'tool_calls':[{'index':0,'id':'a','function':{'name':'f','arguments':'{'}},"
                    + "{'index':1,'function':{'arguments':'[1'}}]}",
                "{'tool_calls':[{'index':1,'function':{'arguments':']'}}]}",
                "{'tool_calls':[{'index':0,'id':null,'function':{'name':null,'arguments':'}'}}]}"))
        .containsExactly(new Part.ToolCall("a", "f", "{}"), new Part.ToolCall("b", "g", "[1]"));
  }

  @Test
  void anEmptyIdInALaterPieceDoesNotEraseTheId() {
    assertThat(
            parts(
                "{'tool_calls':[{'index':0,'id':'a','function':{'name':'f','arguments':'{'}}]}",
                "{'tool_calls':[{'index':0,'id':'','function':{'name':'','arguments':'}'}}]}"))
        .containsExactly(new Part.ToolCall("a", "f", "{}"));
  }

  @Test
  void streamedOrWholeTheAnswerIsTheSame() {
    Message whole =
        whole(
                "{'choices':[{'message':{'role':'assistant','reasoning':'hm','content':'Hi.',"
                    + "'tool_calls':[{'id':'a','function':{'name':'f','arguments':'{}'}}]}}]}")
            .orElseThrow();
    Message streamed =
        streamed(
                stream(
                    "{'tool_calls':[{'index':0,'id':'a','function':{'name':'f'}}]}",
                    "{'tool_calls':[{'index':0,'function':{'arguments':'{}'}}]}",
                    "{'reasoning':'hm'}",
                    "{'content':'Hi.'}"))
            .orElseThrow();

    assertThat(streamed).isEqualTo(whole);
    assertThat(streamed.digest()).isEqualTo(whole.digest());
  }
}
