package dev.hone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.config.SettingsReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** {@code hone pool}, {@code hone refine} and {@code hone alarms}, against a running server. */
class PoolCommandTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String RED = "\u001b[31m";

  @TempDir Path data;
  private Server server;
  private HoneApi api;
  private String item;

  private record Result(int code, String out, String err) {
    JsonNode json() throws IOException {
      return JSON.readTree(out);
    }
  }

  @BeforeEach
  void serve() throws Exception {
    server =
        Server.start(
            new SettingsReader()
                .set("server.port", "0")
                .set("server.data", data.toString())
                .set("pool.admission", "false")
                .read());
    api = new HoneApi(server.url(), null);
    item = write("How is the loop of the Kestrel rig closed?", "Turn lever V7.", "a first guess");
    ObjectNode changed = JSON.createObjectNode().put("content", "Turn lever V8.\u001b[2J");
    api.ask("PATCH", "/api/v1/experiences/" + item, changed.put("reason", "it is V8"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String write(String when, String content, String reason) throws Exception {
    ObjectNode body = JSON.createObjectNode().put("when", when).put("content", content);
    return api.ask("POST", "/api/v1/experiences", body.put("reason", reason)).path("id").asText();
  }

  private Result run(Ansi ansi, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    line.setColorScheme(CommandLine.Help.defaultColorScheme(ansi));
    int code = line.execute(arguments);
    return new Result(code, out.toString(), err.toString());
  }

  private Result pool(String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = "pool";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    all[all.length - 2] = "--data";
    all[all.length - 1] = data.toString();
    return run(Ansi.OFF, all);
  }

  private String commit(int fromTheNewest) throws Exception {
    return api.ask("GET", "/api/v1/commits", null)
        .path("items")
        .path(fromTheNewest)
        .path("id")
        .asText();
  }

  @Test
  void theLogIsReadInPages() throws Exception {
    Result log = pool("log");
    assertThat(log.code()).as(log.err()).isZero();
    assertThat(log.out())
        .contains(commit(0).substring(0, 12), "edit", "#2", "it is V8", "0 added, 1 changed")
        .contains("#1", "a first guess", "1 added, 0 changed");

    Result first = pool("log", "--limit", "1");
    assertThat(first.out()).contains("it is V8").doesNotContain("a first guess");
    String cursor = first.out().substring(first.out().indexOf("--cursor ") + 9).strip();
    assertThat(pool("log", "--cursor", cursor).out())
        .contains("a first guess")
        .doesNotContain("it is V8");
    assertThat(pool("log", "--json").json().path("items")).hasSize(2);
    assertThat(pool("log", "--limit", "0").err()).contains("limit");
  }

  @Test
  void twoCommitsAreComparedAndShown() throws Exception {
    String older = commit(1).substring(0, 8);
    Result diff = pool("diff", older);
    assertThat(diff.code()).as(diff.err()).isZero();
    assertThat(diff.out()).contains("-content: Turn lever V7.", "+content: Turn lever V8.");
    assertThat(pool("diff", older, commit(0)).out()).isEqualTo(diff.out());
    assertThat(pool("diff", commit(0), older).out()).contains("+content: Turn lever V7.");
    assertThat(pool("show", older).out())
        .contains(commit(1), "a first guess", "+content: Turn lever V7.", "--- /dev/null");
    assertThat(pool("show", item).out()).contains("version 2", "Turn lever V8.", "when  How is");
    assertThat(pool("show", item, "--json").json().path("evidence")).isNotEmpty();
    assertThat(pool("diff", older, "--json").json().path("changes")).hasSize(1);
  }

  @Test
  void coloursAreForTerminalsAndControlCharactersForNobody() throws Exception {
    String[] diff = {"pool", "diff", commit(1), "--data", data.toString()};

    assertThat(run(Ansi.ON, diff).out()).contains(RED + "-content: Turn lever V7.");
    assertThat(run(Ansi.OFF, diff).out()).doesNotContain("\u001b");
    assertThat(run(Ansi.ON, diff).out())
        .as("what was learned cannot clear the screen")
        .contains("Turn lever V8. [2J")
        .doesNotContain("\u001b[2J");
  }

  @Test
  void aRollbackIsShownFirstAndThenDone() throws Exception {
    Result dry = pool("rollback", commit(1), "--dry-run");
    assertThat(dry.code()).as(dry.err()).isZero();
    assertThat(dry.out())
        .contains("+content: Turn lever V7.", "dry run: nothing was changed: 0 added, 1 changed");
    assertThat(pool("log", "--json").json().path("items")).hasSize(2);

    Result done = pool("rollback", commit(1), "--reason", "V7 was right");
    assertThat(done.out()).contains("rolled back by commit " + commit(0).substring(0, 12));
    assertThat(pool("log").out()).contains("rollback", "V7 was right");
    assertThat(pool("show", item).out()).contains("Turn lever V7.");

    Result again = pool("rollback", commit(0));
    assertThat(again.code()).isEqualTo(1);
    assertThat(again.err()).contains("already is in that state").doesNotContain("\tat ");
    assertThat(pool("rollback", commit(2), "--before").out()).contains("1 withdrawn");
  }

  @Test
  void aKeyIsPinnedAndUnpinned() throws Exception {
    String older = commit(1);
    ObjectNode wanted = JSON.createObjectNode().put("name", "shop");
    String key = api.ask("POST", "/api/v1/keys", wanted).path("id").asText();

    assertThat(pool("pin", "--for", key, older.substring(0, 9)).out())
        .contains("shop", "sees the pool default as of commit", older);
    assertThat(pool("pin", "--for", key, "none").out()).contains("sees the newest state");
    assertThat(pool("pin", "--for", key, "nope").err()).contains("has no commit 'nope'");
    assertThat(pool("pin", "--for", "nobody", "none").err()).contains("There is no key 'nobody'");
    assertThat(pool("pin", "none").code()).isEqualTo(2);
  }

  @Test
  void whatIsNotThereIsSaidInASentence() {
    assertThat(pool("show", "0123456789").err()).contains("has no commit '0123456789'");
    assertThat(pool("show", "no-item").err()).contains("has no item 'no-item'");
    assertThat(pool("log", "--space", "nowhere").err()).contains("There is no space 'nowhere'");
    assertThat(run(Ansi.OFF, "pool").code()).isEqualTo(2);
    assertThat(run(Ansi.OFF, "pool", "diff").code()).isEqualTo(2);
  }

  @Test
  void aDryRefinementShowsItemsPairsChildAndProof() throws Exception {
    write("How is the pump of the Kestrel rig started?", "Press the green button B4.", "x");
    write("How is the Kestrel rig's pump started?", "Press the green button B4.", "x");

    Result dry = run(Ansi.OFF, "refine", "--dry-run", "--data", data.toString());

    assertThat(dry.code()).as(dry.err()).isZero();
    assertThat(dry.out())
        .contains("condensed 2 items", "1 ~ 2  ", "=>", "Press the green button B4.")
        .contains("keeps the numbers", "retrieved for 2", "dry run: 3 items, would be 2; 1 pairs");
  }

  @Test
  void theAlarmsSayWhatIsNotKnownYet() {
    Result alarms = run(Ansi.OFF, "alarms", "--data", data.toString());

    assertThat(alarms.code()).as(alarms.err()).isZero();
    assertThat(alarms.out().lines()).hasSize(3);
    assertThat(alarms.out()).contains("unknown  falling-without-refinement", "not known yet: 0 of");
  }
}
