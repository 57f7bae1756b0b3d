package dev.hone.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings come from a file, the environment and the command line; nothing is silently ignored. */
class SettingsReaderTest {

  private static Settings with(String key, String value) {
    return new SettingsReader().set(key, value).read();
  }

  @Test
  void everySettingHasADefaultThatCanBeUsed() {
    Settings settings = new SettingsReader().read();

    assertThat(settings.server().port()).isEqualTo(8420);
    assertThat(settings.server().host()).isEqualTo("127.0.0.1");
    assertThat(settings.upstream().url()).isEmpty();
    assertThat(settings.retrieval().k()).isEqualTo(5);
    assertThat(settings.retrieval().deadline()).isEqualTo(Duration.ofMillis(50));
    assertThat(settings.upstreams()).isEmpty();
    assertThat(settings.typesOrGeneral()).containsOnlyKeys("general");
  }

  static List<SettingsReference.Entry> plainSettings() {
    return SettingsReference.entries().stream()
        .filter(entry -> !entry.key().contains("NAME"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("plainSettings")
  void everyDefaultIsWhatGivingItWouldMean(SettingsReference.Entry entry) {
    assertThat(with(entry.key(), entry.standard())).isEqualTo(new SettingsReader().read());
    assertThat(entry.says()).isNotBlank();
  }

  @Test
  void everySettingIsListedOnce() {
    List<String> keys = SettingsReference.keys();

    assertThat(new HashSet<>(keys)).hasSameSizeAs(keys);
    assertThat(keys).contains("retrieval.k", "upstreams.NAME.url", "types.NAME", "log.format");
  }

  @Test
  void theCommandLineOutweighsTheEnvironmentAndThatTheFile(@TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("hone.properties");
    Files.writeString(
        file,
        "retrieval.k = 1\nretrieval.tokens = 100\n# types\ntypes.café = Kaffee ☕\nepisode.size=2");
    Settings settings =
        new SettingsReader()
            .file(file)
            .environment(
                Map.of("HONE_RETRIEVAL_K", "2", "HONE_RETRIEVAL_TOKENS", "200", "PATH", "/bin"))
            .set("retrieval.k", "3")
            .read();

    assertThat(settings.retrieval().k()).isEqualTo(3);
    assertThat(settings.retrieval().tokens()).isEqualTo(200);
    assertThat(settings.episode().size()).isEqualTo(2);
    assertThat(settings.types()).isEqualTo(Map.of("café", "Kaffee ☕"));
  }

  @Test
  void aFileThatIsNotThereIsRefused(@TempDir Path folder) {
    assertThatThrownBy(() -> new SettingsReader().file(folder.resolve("none")))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining("none");
  }

  @ParameterizedTest
  @CsvSource({
    "retrival.k, Did you mean 'retrieval.k'?",
    "k, There is no setting 'k'",
    "retrieval, Did you mean 'retrieval.k'?",
    "server.prot, There is no setting 'server.prot'",
    "learning.urll, There is no setting 'learning.urll'"
  })
  void anUnknownSettingIsRefused(String key, String says) {
    assertThatThrownBy(() -> with(key, "1"))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining(says)
        .hasMessageContaining("on the command line");
  }

  @Test
  void aTypeMayHaveSettingsOfItsOwn() {
    Settings settings =
        new SettingsReader()
            .set("types.law", "laws")
            .set("retrieval.type.law", "2")
            .set("refine.type.law", "0.9")
            .read();

    assertThat(settings.retrieval().type()).isEqualTo(Map.of("law", 2));
    assertThat(settings.refine().type()).isEqualTo(Map.of("law", 0.9));
  }

  @ParameterizedTest
  @CsvSource({
    "retrieval.type.art, 2, there is no type 'art'; the types are law",
    "refine.type.art, 0.5, there is no type 'art'; the types are law",
    "retrieval.type.law, 6, lies between 0 and 5",
    "retrieval.type.law, many, a whole number is expected",
    "refine.type.law, 1.5, 'lies in (0, 1]'",
    "refine.measure, raw, 'refine.threshold: a value that is above 1, since refine.measure is raw'",
    "refine.measure, cosine, one of"
  })
  void whatATypeCannotHaveIsRefused(String key, String value, String says) {
    SettingsReader reader = new SettingsReader().set("types.law", "laws").set(key, value);

    assertThatThrownBy(reader::read).isInstanceOf(InvalidSettings.class).hasMessageContaining(says);
  }

  @Test
  void anUnknownVariableIsRefusedWithItsName() {
    assertThatThrownBy(
            () -> new SettingsReader().environment(Map.of("HONE_RETRIEVAL_Q", "1")).read())
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining("HONE_RETRIEVAL_Q");
  }

  @Test
  void variablesOfTheLauncherAreNoSettings() {
    assertThat(
            new SettingsReader()
                .environment(
                    Map.of("HONE_JAVA_OPTS", "-Xmx1g", "HONE_HOME", "/x", "HONE_CONFIG", "/y"))
                .read())
        .isEqualTo(new SettingsReader().read());
  }

  @ParameterizedTest
  @CsvSource({
    "server.port, many, a whole number",
    "server.port, 1.5, a whole number",
    "server.port, 70000, between 0 and 65535",
    "server.grace, 10, a time such as",
    "server.grace, -1s, a time such as",
    "pool.admission, yes, true or false",
    "pool.threshold, high, a number",
    "pool.threshold, 0, '(0, 1]'",
    "pool.threshold, 1.1, '(0, 1]'",
    "pool.threshold, NaN, '(0, 1]'",
    "retrieval.k, 6, between 0 and 5",
    "retrieval.b, -0.1, '[0, 1]'",
    "refine.growth, 1, 0 or above 1",
    "episode.session, 0.5, episode.threshold",
    "log.format, xml, '[text, json]'",
    "upstream.url, localhost:11434, URL",
    "upstream.url, ftp://host, URL",
    "upstream.url, http://a b, URL",
    "learning.url, http://localhost, names a model",
    "capture.deadline, 99999999999999999999s, a time such as"
  })
  void aValueThatCannotBeUsedIsRefusedWithTheKey(String key, String value, String says) {
    assertThatThrownBy(() -> with(key, value))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining(key.startsWith("learning") ? "learning.model" : key)
        .hasMessageContaining(says);
  }

  @Test
  void furtherUpstreamsHaveNames() {
    Settings settings =
        new SettingsReader()
            .set("upstreams.local.url", "http://localhost:1")
            .set("upstreams.local.models", "llama*, qwen")
            .environment(
                Map.of(
                    "HONE_UPSTREAMS_FAR_URL", "https://far.example",
                    "HONE_UPSTREAMS_FAR_MODELS", "gpt*",
                    "HONE_UPSTREAMS_FAR_KEY", "secret"))
            .read();

    assertThat(settings.upstreams())
        .isEqualTo(
            Map.of(
                "local",
                new Settings.NamedUpstream("http://localhost:1", "", List.of("llama*", "qwen")),
                "far",
                new Settings.NamedUpstream("https://far.example", "secret", List.of("gpt*"))));
  }

  @ParameterizedTest
  @CsvSource({
    "upstreams.local.url, http://localhost:1, models",
    "upstreams.local.models, llama, upstreams.",
    "upstreams.local.colour, red, upstreams.",
    "upstreams.local, red, upstreams.local"
  })
  void aFurtherUpstreamThatIsIncompleteIsRefused(String key, String value, String says) {
    assertThatThrownBy(() -> with(key, value))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining(says);
  }

  @ParameterizedTest
  @CsvSource({
    "upstream.url, http://me:SECRET@localhost, without a user or password",
    "upstream.key, SEC RET, visible ASCII",
    "upstream.key, SECRETé, visible ASCII",
    "learning.key, SEC\tRET, visible ASCII"
  })
  void aKeyThatCannotBeSentIsRefusedAndNotRepeated(String key, String value, String says) {
    assertThatThrownBy(() -> with(key, value))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining(key)
        .hasMessageContaining(says)
        .hasMessageNotContaining("SEC");
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "example.com", "https://example.com/", "ftp://a", "https://a, b"})
  void anOriginIsASiteAndNoPage(String origins) {
    assertThatThrownBy(() -> with("server.origins", origins))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining("https://example.com");
  }

  @Test
  void theKeyOfCommandsIsNoSetting() {
    Settings settings = new SettingsReader().environment(Map.of("HONE_KEY", "hone_x")).read();

    assertThat(settings.server().origins()).isEmpty();
  }
}
