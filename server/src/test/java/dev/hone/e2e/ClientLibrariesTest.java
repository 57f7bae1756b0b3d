package dev.hone.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A client library sees the same whether its base URL is the model server's or Hone's, and the
 * model server sees the same requests.
 */
class ClientLibrariesTest {

  /** A script of one library: it returns what the application sees, step by step. */
  private interface Script {
    JsonNode run(String url) throws Exception;
  }

  @TempDir Path data;
  private ScriptedModel model;
  private HoneFixture hone;

  @BeforeEach
  void start() throws Exception {
    model = new ScriptedModel();
    hone = HoneFixture.start(data, "upstream.url=" + model.url());
  }

  @AfterEach
  void stop() throws Exception {
    hone.close();
    model.close();
  }

  /** Runs a script both ways; returns what it saw directly. */
  private JsonNode sameEitherWay(Script script) throws Exception {
    JsonNode direct = script.run(model.url());
    List<String> asked = model.seen();
    assertThat(model.cancelled()).as("a client that aborts is noticed").isTrue();
    model.forget();

    JsonNode through = script.run(hone.url());

    assertThat(withoutOwnModel(through).toPrettyString()).isEqualTo(direct.toPrettyString());
    assertThat(model.seen()).isEqualTo(asked);
    assertThat(model.cancelled()).as("a client that aborts is noticed behind Hone").isTrue();
    assertThat(attemptsOf("flaky", asked)).isEqualTo(3);
    assertThat(direct.path("retries").asText()).isEqualTo("At last.");
    assertThat(direct.at("/structured").toString()).isEqualTo("{\"berth\":7,\"note\":\"é\"}");
    assertThat(direct.path("chat").toString()).contains("Über.");
    assertThat(direct.path("stream").toString()).contains("As it ", "日本語.");
    assertThat(direct.path("tools").toString()).contains("call_1", "call_2", "7 and 9.");
    assertThat(direct.path("responses").toString()).contains("Grü");
    assertThat(direct.at("/embeddings/float").toString()).contains("1.5,-2.25");
    return direct;
  }

  /** Hone lists its built-in model behind those of the server. */
  private static JsonNode withoutOwnModel(JsonNode seen) {
    ObjectNode copy = seen.deepCopy();
    if (copy.path("models") instanceof ArrayNode models) {
      models.removeIf(id -> id.asText().equals("hone-builtin"));
    }
    return copy;
  }

  private static long attemptsOf(String name, List<String> requests) {
    return requests.stream().filter(each -> each.contains("\"" + name + "\"")).count();
  }

  @Test
  void theOfficialClientForJava() throws Exception {
    JsonNode seen = sameEitherWay(OpenAiJavaScript::run);

    assertThat(seen.at("/errors/400/0").asText()).isEqualTo("BadRequestException");
    assertThat(seen.at("/errors/401/0").asText()).isEqualTo("UnauthorizedException");
    assertThat(seen.at("/errors/429/0").asText()).isEqualTo("RateLimitException");
    assertThat(seen.at("/errors/429/4/0").asText()).isEqualTo("7");
    assertThat(seen.at("/errors/500/0").asText()).isEqualTo("InternalServerException");
    assertThat(seen.path("abort").asInt()).isEqualTo(3);
    assertThat(seen.path("models").toString()).isEqualTo("[\"m-1\",\"m-2\"]");
    assertThat(seen.at("/embeddings/base64")).isEqualTo(seen.at("/embeddings/float"));
  }

  @Test
  void theOfficialClientForJavaScript() throws Exception {
    NodeScripts scripts = NodeScripts.installed();

    JsonNode seen = sameEitherWay(url -> scripts.run("openai.mjs", url));

    assertThat(seen.at("/errors/400/type").asText()).isEqualTo("BadRequestError");
    assertThat(seen.at("/errors/401/type").asText()).isEqualTo("AuthenticationError");
    assertThat(seen.at("/errors/429/type").asText()).isEqualTo("RateLimitError");
    assertThat(seen.at("/errors/429/retryAfter").asText()).isEqualTo("7");
    assertThat(seen.at("/errors/500/type").asText()).isEqualTo("InternalServerError");
    assertThat(seen.path("abort").asInt()).isEqualTo(3);
    assertThat(seen.path("models").toString()).isEqualTo("[\"m-1\",\"m-2\"]");
    assertThat(seen.at("/embeddings/base64/0/embedding").asText()).isEqualTo("AADAPwAAEMA=");
  }

  @Test
  void theVercelAiSdk() throws Exception {
    NodeScripts scripts = NodeScripts.installed();

    JsonNode seen = sameEitherWay(url -> scripts.run("vercel.mjs", url));

    assertThat(seen.at("/errors/401/type").asText()).isEqualTo("AI_APICallError");
    assertThat(seen.at("/errors/429/retryable").asBoolean()).isTrue();
    assertThat(seen.at("/errors/429/retryAfter").asText()).isEqualTo("7");
    assertThat(seen.at("/errors/400/retryable").asBoolean(true)).isFalse();
    assertThat(seen.at("/abort/1").asText()).isEqualTo("aborted");
  }

  @Test
  void theLockFileNamesNoHost() throws Exception {
    String lock = Files.readString(Path.of("src", "test", "node", "package-lock.json"));

    assertThat(lock).contains("\"integrity\"").doesNotContainPattern(Pattern.compile("://"));
  }
}
