package dev.hone.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.testing.SampleSecrets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * A secret that is said stays in the journal: no item, no quote, no prompt of the learning model,
 * no index and no log holds it.
 */
class RedactionTest {

  private static final List<String> JOURNAL = List.of("message", "interaction", "outcome");

  @TempDir Path data;

  private final SampleSecrets samples = new SampleSecrets(System.nanoTime());
  private final String key = "sk-proj-" + samples.any(60);
  private final String password = "Rt5" + samples.any(12);
  private final String question =
      "My client says api_key=" + key + " is refused by the Kestrel rig. How do I log in?";
  private final String correction =
      "Log in to the Kestrel rig with the password " + password + ", not with " + key + ".";
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();

  @BeforeEach
  void listen() {
    log.start();
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(log);
    context.getLogger("dev.hone").setLevel(Level.DEBUG);
  }

  @AfterEach
  void listenNoLonger() {
    context.getLogger(Logger.ROOT_LOGGER_NAME).detachAppender(log);
    context.getLogger("dev.hone").setLevel(null);
  }

  /** Tells of a conversation with secrets, and has it learned from. */
  private static JsonNode learned(HoneClient client, String question, String correction)
      throws Exception {
    String id = client.teach(question, correction);
    client.settle();
    return client.receipt(id).path("learning");
  }

  /** Every text of the tables that are not the journal. */
  private List<String> learnedTexts() throws Exception {
    List<String> texts = new ArrayList<>();
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + data.resolve("hone.db"));
        Statement names = connection.createStatement();
        ResultSet tables =
            names.executeQuery("SELECT name FROM sqlite_master WHERE type = 'table'")) {
      while (tables.next()) {
        if (!JOURNAL.contains(tables.getString(1))) {
          try (Statement statement = connection.createStatement();
              ResultSet rows = statement.executeQuery("SELECT * FROM " + tables.getString(1))) {
            while (rows.next()) {
              for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                texts.add(String.valueOf(rows.getString(i)));
              }
            }
          }
        }
      }
    }
    return texts;
  }

  private void onlyTheJournalHolds(String... secrets) throws Exception {
    assertThat(Files.readString(data.resolve("hone.db"), ISO_8859_1)).contains(secrets);
    List<String> elsewhere = new ArrayList<>(learnedTexts());
    log.list.forEach(event -> elsewhere.add(event.getFormattedMessage()));
    try (Stream<Path> files = Files.walk(data.resolve("index"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        elsewhere.add(Files.readString(file, ISO_8859_1));
      }
    }
    assertThat(elsewhere).hasSizeGreaterThan(20);
    for (String secret : secrets) {
      String folded = secret.toLowerCase(Locale.ROOT);
      assertThat(elsewhere)
          .noneMatch(text -> text.contains(secret))
          .noneMatch(text -> text.toLowerCase(Locale.ROOT).contains(folded))
          .noneMatch(text -> text.contains(folded.substring(10)));
    }
  }

  @Test
  void theBuiltInDistillerLearnsTheRestOfWhatWasSaid() throws Exception {
    try (HoneFixture hone = HoneFixture.start(data)) {
      HoneClient client = hone.client();

      JsonNode learning = learned(client, question, correction);

      assertThat(learning.path("status").asText()).isEqualTo("distilled");
      JsonNode item = client.item(learning.at("/experiences/0").asText());
      assertThat(item.path("content").asText())
          .isEqualTo(
              "Log in to the Kestrel rig with the password [redacted: said-secret], not with"
                  + " [redacted: model-provider-key].");
      assertThat(item.path("evidence").toString())
          .contains("[redacted: model-provider-key]")
          .contains("[redacted: said-secret]");
      assertThat(client.search("log in to the Kestrel rig")).hasSize(1);
      assertThat(client.ask("How do I log in to the Kestrel rig?").mode()).isEqualTo("augmented");
    }
    onlyTheJournalHolds(key, password);
  }

  @Test
  void aRawSpaceKeepsRecordsWithoutSecrets() throws Exception {
    try (HoneFixture hone = HoneFixture.start(data)) {
      hone.client().post("/api/v1/spaces", Json.object("name", "raw", "learning", "raw"));
      HoneClient client = hone.client().space("raw");

      JsonNode learning = learned(client, question, correction);

      assertThat(learning.path("status").asText()).isEqualTo("distilled");
      assertThat(client.item(learning.at("/experiences/0").asText()).path("content").asText())
          .contains("[redacted: said-secret]");
    }
    onlyTheJournalHolds(key, password);
  }

  @Test
  void theLearningModelIsAskedWithoutThemAndItsQuotesAreCheckedWithoutThem() throws Exception {
    String lesson =
        """
        {"items": [{"title": "Logging in", "when": "logging in to the Kestrel rig",
                    "content": "The rig wants a password, no key.", "kind": "procedure",
                    "type": "general", "evidence": [{"interaction": 1, "role": "outcome",
                    "quote": "with the password [redacted: said-secret], not with"}]}]}
        """;
    try (StubUpstream teacher = new StubUpstream(StubUpstream.says(lesson));
        HoneFixture hone =
            HoneFixture.start(data, "learning.url=" + teacher.url(), "learning.model=teacher")) {

      JsonNode learning = learned(hone.client(), question, correction);

      assertThat(learning.path("status").asText()).as(learning.toString()).isEqualTo("distilled");
      assertThat(teacher.received()).hasSize(1);
      assertThat(teacher.last().text())
          .contains("[redacted: model-provider-key]", "[redacted: said-secret]")
          .doesNotContain(key, password);
    }
    onlyTheJournalHolds(key, password);
  }

  @Test
  void anAnswerThatCannotBeReadIsKeptWithoutThem() throws Exception {
    StubUpstream.Script parrot =
        (request, exchange) ->
            StubUpstream.says("You told me: " + request.asked()).answer(request, exchange);
    try (StubUpstream teacher = new StubUpstream(parrot);
        HoneFixture hone =
            HoneFixture.start(data, "learning.url=" + teacher.url(), "learning.model=teacher")) {

      JsonNode learning = learned(hone.client(), question, correction);

      assertThat(learning.path("status").asText()).isEqualTo("failed");
      assertThat(hone.client().list("episodes?state=failed").getFirst().path("raw").asText())
          .contains("[redacted: said-secret]");
    }
    onlyTheJournalHolds(key, password);
  }
}
