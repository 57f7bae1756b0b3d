package dev.hone.frontend.redact;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.hone.experience.Placeholder;
import dev.hone.port.Secrets;
import dev.hone.testing.SampleSecrets;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Known secrets are found, what merely looks odd is left, and hostile texts end. */
class KnownSecretsTest extends SecretsContract {

  private final KnownSecrets known = new KnownSecrets();

  @Override
  Secrets secrets() {
    return known;
  }

  @Override
  String text() {
    return "Authorization: Bearer " + new SampleSecrets(1).any(40);
  }

  private String redacted(String text) {
    StringBuilder left = new StringBuilder();
    int end = 0;
    for (Secrets.Span span : known.in(text)) {
      left.append(text, end, span.start()).append(Placeholder.of(span.kind()));
      end = span.end();
    }
    return left.append(text.substring(end)).toString();
  }

  @TestFactory
  Stream<DynamicTest> secretsOfManyKindsAreFoundWhateverTheirValue() {
    return new SampleSecrets(0)
        .all().keySet().stream()
            .map(
                name ->
                    DynamicTest.dynamicTest(
                        name,
                        () -> {
                          for (int seed = 0; seed < 20; seed++) {
                            SampleSecrets.Sample sample = new SampleSecrets(seed).all().get(name);
                            assertThat(redacted(sample.text()))
                                .as(sample.text())
                                .contains("[redacted: ")
                                .doesNotContain(sample.secret())
                                .doesNotContain(sample.secret().substring(8));
                          }
                        }));
  }

  @Test
  void thereAreAtLeastTwentyFiveKinds() {
    assertThat(new SampleSecrets(0).all()).hasSizeGreaterThanOrEqualTo(25);
  }

  @Test
  void whatIsRedactedIsNotRedactedAgain() {
    for (SampleSecrets.Sample sample : new SampleSecrets(3).all().values()) {
      String once = redacted(sample.text());
      assertThat(redacted(once)).isEqualTo(once);
    }
  }

  @Test
  void theSecretsThatTheRulesThemselvesGiveAsExamplesAreFound() throws IOException {
    List<String> missed = new ArrayList<>();
    int examples = 0;
    for (JsonNode example : examples()) {
      if (example.path("containsSecret").asBoolean()) {
        examples++;
        String text = example.path("text").asText();
        String match = example.path("match").asText().strip();
        if (known.in(text).stream()
            .map(span -> text.substring(span.start(), span.end()))
            .noneMatch(found -> found.contains(match) || match.startsWith(found))) {
          missed.add(text);
        }
      }
    }
    assertThat(examples).isGreaterThan(300);
    assertThat(missed).isEmpty();
  }

  private static List<JsonNode> examples() throws IOException {
    YAMLMapper yaml = new YAMLMapper();
    List<JsonNode> examples = new ArrayList<>();
    for (String name : KnownSecrets.names()) {
      try (InputStream document = KnownSecrets.open("/secrets/" + name)) {
        for (JsonNode rule : yaml.readTree(document).at("/provider/rules")) {
          rule.path("examples").forEach(examples::add);
        }
      }
    }
    return examples;
  }

  @Test
  void everyReleasedFileOfRulesIsListed() throws Exception {
    Path folder =
        Path.of(KnownSecretsTest.class.getResource("/secrets/sonar/aws.yaml").toURI()).getParent();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(KnownSecrets.names())
          .containsExactlyInAnyOrderElementsOf(
              Stream.concat(
                      files.map(file -> "sonar/" + file.getFileName()), Stream.of("hone.yaml"))
                  .toList());
    }
    assertThat(KnownSecrets.read()).hasSizeGreaterThan(150);
  }

  @Test
  void identifiersAndDigestsAreLeft() {
    Random random = new Random(11);
    SampleSecrets samples = new SampleSecrets(11);
    for (int i = 0; i < 200; i++) {
      String text =
          """
          commit %s
          Merge of %s into main; see interaction %s.
          sha256:%s  artifact-%d.jar
          Order 4711-%d of 2026-11-21T08:15:30.123Z, tracking 1Z999AA1%08d, ISBN 978-3-16-148410-0
          """
              .formatted(
                  samples.of("0123456789abcdef", 40),
                  samples.of("0123456789abcdef", 7),
                  new UUID(random.nextLong(), random.nextLong()),
                  samples.of("0123456789abcdef", 64),
                  i,
                  random.nextInt(100_000),
                  random.nextInt(100_000_000));
      assertThat(redacted(text)).isEqualTo(text);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The password must be at least twelve characters long and must not repeat.",
        "Your password is expired. Set a new one under Settings → Security.",
        "password: ********",
        "export OPENAI_API_KEY=your-key-here",
        "api_key = os.environ[\"API_KEY\"]",
        "client = OpenAI(api_key=os.getenv(\"OPENAI_API_KEY\"))",
        "const token = process.env.GITHUB_TOKEN;",
        "max_tokens: 4096, token_count = 128000",
        "The key to the 2nd door is in the lower drawer of desk 17.",
        "The secret of a good stew is time: 3 hours at 90 °C.",
        "Primary key: order_id, foreign key: customer_id2",
        "See https://example.org/docs/tokens?page=2#secrets for more.",
        "https://github.com/hone/hone/blob/main/server/src/main/java/Token.java",
        "public static final String KEY_PREFIX = \"retrieval.\";",
        "for (String key : keys) { map.put(key, values[i]); }",
        "jdbc:sqlite:hone-data/hone.db",
        "Turn the red lever V7 twice, then press T-1000 and wait for 42 s.",
        "密码必须至少包含八个字符。",
        "Schlüssel 17 hängt neben der Tür B12.",
        "Regenerate response. ✅ 12/12 tests passed in 3.4s",
      })
  void ordinaryWordsAreLeft(String text) {
    assertThat(redacted(text)).isEqualTo(text);
  }

  @Test
  void theBundledQuestionsAreLeft() throws IOException {
    Path folder = Path.of("..", "lab", "src", "main", "resources", "demo");
    Set<String> touched = new HashSet<>();
    int lines = 0;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        for (String line : Files.readAllLines(file)) {
          lines++;
          if (!known.in(line).isEmpty()) {
            touched.add(line);
          }
        }
      }
    }
    assertThat(lines).isGreaterThan(250);
    assertThat(touched).isEmpty();
  }

  @Test
  void theSourcesOfThisProgramAreLeft() throws IOException {
    Set<String> touched = new HashSet<>();
    try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        String text = Files.readString(file);
        known.in(text).forEach(span -> touched.add(text.substring(span.start(), span.end())));
      }
    }
    assertThat(touched).isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> aHostileTextOfAMegabyteEnds() {
    String words =
        "aws amazon secret token password key openai gh sk- eyJ :// bearer azure private key ";
    Map<String, String> hostile =
        Map.of(
            "one letter", "a".repeat(1_000_000),
            "words of rules", words.repeat(1_000_000 / words.length()),
            "words, then one letter", words + "a".repeat(1_000_000),
            "words in every window", (words + "a=\"".repeat(1_000)).repeat(330),
            "base64", words + "Ab0/".repeat(250_000),
            "quotes and blanks", (words + "\" ' ".repeat(500)).repeat(480),
            "addresses", "mysql://mongodb://a:b".repeat(47_000),
            "begun keys", "-----BEGIN PRIVATE KEY-----".repeat(37_000),
            "braces", (words + "{{{{((((".repeat(500)).repeat(245),
            "line ends", (words + "\n\r\n\t ".repeat(500)).repeat(385));
    return hostile.entrySet().stream()
        .map(
            each ->
                DynamicTest.dynamicTest(
                    each.getKey(),
                    () -> {
                      long start = System.nanoTime();
                      known.in(each.getValue());
                      Duration took = Duration.ofNanos(System.nanoTime() - start);
                      assertThat(took).isLessThan(Duration.ofSeconds(60));
                    }));
  }

  @Test
  void aSecretBehindALotOfTextIsFoundAlsoAcrossWindows() {
    SampleSecrets.Sample sample = new SampleSecrets(5).all().get("OpenSSH private key");
    for (int before = 8_192 - 3_000; before < 8_192 + 100; before += 500) {
      String text = "So it goes. ".repeat(before / 12 + 1_000) + sample.text();
      assertThat(redacted(text)).doesNotContain(sample.secret().substring(100, 160));
    }
  }
}
