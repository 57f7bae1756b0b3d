package dev.hone.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Each request is named, and logged in one line that says nothing of what it says. */
class RequestLogTest {

  private static final String SECRET = "Xylophone";

  @TempDir Path data;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          lines.add(event.getFormattedMessage());
        }
      };
  private final Logger root = (Logger) LoggerFactory.getLogger("ROOT");

  @BeforeEach
  void listen() {
    appender.start();
    root.addAppender(appender);
  }

  @AfterEach
  void leave() {
    root.detachAppender(appender);
  }

  private List<String> of(String id) {
    return lines.stream().filter(line -> line.startsWith("request=" + id + " ")).toList();
  }

  @Test
  void aLineTellsWhoWhatAndHowLongAndNothingOfTheContent() throws Exception {
    try (HoneFixture hone = HoneFixture.start(data)) {
      HoneClient ann = hone.client("sk-" + SECRET);
      HoneClient.Answer chat =
          ann.with("x-request-id", "chat-1", "x-hone-session", SECRET).ask("Say " + SECRET + ".");
      ann.with("x-request-id", "teach-1").teach("What is " + SECRET + "?", SECRET + " it is.");
      ann.settle();
      ann.with("x-request-id", "search-1").search(SECRET);
      ann.with("x-request-id", "get-1").get("/api/v1/interactions/" + chat.interaction());
      ann.with("x-request-id", "list-1").get("/api/v1/interactions?session=" + SECRET);
      ann.with("x-request-id", "none-1").get("/api/v1/" + SECRET);
      ann.with("x-request-id", "bad-1").post("/api/v1/interactions", "{\"" + SECRET + "\":1}");
      ann.with("x-request-id", "odd-1")
          .chat(
              "{\"model\":\""
                  + SECRET
                  + " or not\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}");
      Await.until("all are logged", () -> of("odd-1").size() == 1);

      assertThat(of("chat-1"))
          .singleElement()
          .asString()
          .contains(" POST /v1/chat/completions status=200 ms=")
          .containsPattern(" bytes=[1-9]\\d* principal=p-[0-9a-f]{24} space=default ")
          .contains(" mode=nothing-relevant model=hone-builtin capture=durable");
      assertThat(of("get-1").getFirst())
          .contains("GET /api/v1/interactions/{id} status=200")
          .doesNotContain(chat.interaction());
      assertThat(of("none-1").getFirst()).contains("GET (none) status=404");
      assertThat(of("bad-1").getFirst()).contains("status=400");
      assertThat(lines).noneMatch(line -> line.contains(SECRET));
    }
  }

  @Test
  void aRequestKeepsTheNameThatItsClientGaveItIfThatIsSane() throws Exception {
    try (HoneFixture hone = HoneFixture.start(data)) {
      HoneClient client = hone.client();
      assertThat(client.with("x-request-id", "a.B_1-c").get("/version").header("x-request-id"))
          .isEqualTo("a.B_1-c");
      String made =
          client.with("x-request-id", "no spaces, please").get("/version").header("x-request-id");
      assertThat(made).matches("[0-9a-f-]{36}");
      assertThat(client.get("/version").header("x-request-id")).isNotEqualTo(made);
    }
  }

  @Test
  void nothingIsLoggedOfRequestsWhenThatIsNotWanted() throws Exception {
    try (HoneFixture hone = HoneFixture.start(data, "log.requests=false")) {
      HoneClient.Answer answer = hone.client().with("x-request-id", "quiet-1").get("/version");

      assertThat(answer.header("x-request-id")).isEqualTo("quiet-1");
      assertThat(of("quiet-1")).isEmpty();
    }
  }
}
