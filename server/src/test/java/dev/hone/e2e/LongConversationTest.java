package dev.hone.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A conversation of a hundred turns, of which clients send all again with every turn. */
class LongConversationTest {

  private static final int TURNS = 100;
  private static final List<String> PLACES =
      List.of("walrus pen", "Kestrel rig", "north silo", "glass kiln", "tide gate", "bee house");
  private static final List<String> THINGS = List.of("fuse", "valve", "lamp", "winch");

  @TempDir Path data;

  private static String topic(int i) {
    return "the spare "
        + THINGS.get(i % THINGS.size())
        + " of the "
        + PLACES.get(i / THINGS.size() % PLACES.size());
  }

  private static void teach(HoneClient client, int topics) throws Exception {
    for (int i = 0; i < topics; i++) {
      client.teach("Where is " + topic(i) + " kept?", "In drawer number " + (i + 11) + ".");
    }
    client.settle();
  }

  /** The messages that a turn adds: a question, now and then a tool's round before its answer. */
  private static void ask(List<String> messages, int turn) {
    messages.add(
        Json.message(
            "user",
            turn % 3 == 0 ? "Tell me more, turn " + turn : "Where is " + topic(turn) + " kept?"));
  }

  private static HoneClient.Answer turn(HoneClient client, List<String> messages) throws Exception {
    HoneClient.Answer answer = client.chat(Json.chatOf("m", messages.toArray(String[]::new)));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer;
  }

  @ParameterizedTest
  @ValueSource(strings = {"by its session", "by its messages"})
  void whatTheModelSawBeforeANewMessageIsTheSameFromTurnToTurn(String recognised) throws Exception {
    try (StubUpstream stub = new StubUpstream(StubUpstream.says("Fine."));
        HoneFixture hone = HoneFixture.start(data, "upstream.url=" + stub.url(), "retrieval.k=2")) {
      teach(hone.client(), 12);
      HoneClient client = hone.client("key-of-ann");
      if (recognised.equals("by its session")) {
        client = client.with("x-hone-session", "s1");
      }
      List<String> messages = new ArrayList<>(List.of(Json.message("system", "Be brief.")));
      String seen = "";
      int augmented = 0;
      List<String> shown = List.of();
      for (int turn = 1; turn <= TURNS; turn++) {
        ask(messages, turn);
        HoneClient.Answer answer = turn(client, messages);
        String text = stub.last().text();
        assertThat(text).as("turn " + turn).startsWith(seen);
        seen = text.substring(0, text.length() - "]}".length());
        List<String> now = List.of(answer.header("x-hone-experiences").split(","));
        assertThat(now).as("no item twice").doesNotHaveDuplicates();
        augmented += now.size() > shown.size() ? 1 : 0;
        shown = now;
        messages.add(Json.message("assistant", "Fine."));
        if (turn == TURNS / 2) {
          teach(hone.client(), 24);
        }
      }
      assertThat(augmented).as("turns that brought a block").isGreaterThanOrEqualTo(6);
    }
  }

  @Test
  void whatIsCapturedGrowsWithTheTurnsAndNotWithTheirSquare() throws Exception {
    long half;
    long all;
    try (StubUpstream stub = new StubUpstream(StubUpstream.says("Fine."));
        HoneFixture hone = HoneFixture.start(data, "upstream.url=" + stub.url())) {
      HoneClient client = hone.client("key-of-ann");
      List<String> messages = new ArrayList<>(List.of(Json.message("system", "Be brief.")));
      for (int turn = 1; turn <= TURNS / 2; turn++) {
        ask(messages, turn);
        turn(client, messages);
        messages.add(Json.message("assistant", "Fine."));
      }
      half = captured();
      for (int turn = TURNS / 2 + 1; turn <= TURNS; turn++) {
        ask(messages, turn);
        turn(client, messages);
        messages.add(Json.message("assistant", "Fine."));
      }
      all = captured();
    }
    assertThat(all).isBetween(half, half * 21 / 10);
  }

  /** Bytes and rows that the journal holds of what was said. */
  private long captured() throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + data.resolve("hone.db"));
        Statement statement = connection.createStatement();
        ResultSet sum =
            statement.executeQuery(
                "SELECT (SELECT sum(length(parts)) FROM message) + (SELECT sum(length(json)) FROM"
                    + " parameters) + (SELECT sum(length(raw)) FROM interaction) + 100 * ((SELECT"
                    + " count(*) FROM interaction_message) + (SELECT count(*) FROM anchor))")) {
      sum.next();
      return sum.getLong(1);
    }
  }

  @Test
  void aBranchKeepsWhatItHasInCommonAndGoesItsOwnWay() throws Exception {
    try (StubUpstream stub = new StubUpstream(StubUpstream.says("Fine."));
        HoneFixture hone = HoneFixture.start(data, "upstream.url=" + stub.url(), "retrieval.k=1")) {
      teach(hone.client(), 4);
      HoneClient client = hone.client("key-of-ann");
      List<String> messages =
          new ArrayList<>(List.of(Json.message("user", "Where is " + topic(0) + " kept?")));
      turn(client, messages);
      messages.add(Json.message("assistant", "Fine."));
      String common = stub.last().text().replaceFirst("]}$", "");
      List<String> edited = new ArrayList<>(messages);

      messages.add(Json.message("user", "And " + topic(1) + "?"));
      turn(client, messages);
      String oneWay = stub.last().text();
      edited.add(Json.message("user", "And " + topic(2) + "?"));
      turn(client, edited);
      String otherWay = stub.last().text();
      turn(client, messages);

      assertThat(oneWay).startsWith(common).contains("drawer number 12");
      assertThat(otherWay).startsWith(common).contains("drawer number 13");
      assertThat(otherWay).doesNotContain("drawer number 12");
      assertThat(stub.last().text()).as("back on the first branch").isEqualTo(oneWay);
    }
  }
}
