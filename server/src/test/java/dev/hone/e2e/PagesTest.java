package dev.hone.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists come in pages that stay what they are while entries are added. */
class PagesTest {

  private static final List<String> WORDS =
      List.of("amber", "basil", "cedar", "delta", "ember", "fjord", "grove");

  @TempDir Path data;
  private HoneFixture hone;
  private HoneClient client;

  @BeforeEach
  void start() throws Exception {
    hone = HoneFixture.start(data, "episode.size=1", "pool.admission=false");
    client = hone.client();
    for (String word : WORDS) {
      add(word);
    }
    client.settle();
  }

  @AfterEach
  void stop() {
    hone.close();
  }

  private String add(String word) throws Exception {
    client.post("/api/v1/spaces", Json.object("name", word));
    return client.teach("What is the code of " + word + "?", "The code is " + word + " nine.");
  }

  @ParameterizedTest
  @CsvSource({"interactions, id", "episodes, id", "experiences, id", "commits, id", "spaces, name"})
  void theLinksLeadThroughAllEntriesOnce(String list, String key) throws Exception {
    List<String> all =
        client.list(list + "?limit=500").stream().map(each -> each.path(key).asText()).toList();
    assertThat(all).hasSizeGreaterThanOrEqualTo(WORDS.size());

    List<String> seen = new ArrayList<>();
    String path = "/api/v1/" + list + "?limit=3";
    int pages = 0;
    while (!path.isEmpty()) {
      HoneClient.Answer page = client.get(path);
      assertThat(page.status()).as(page.text()).isEqualTo(200);
      page.json().path("items").forEach(each -> seen.add(each.path(key).asText()));
      String link = page.header("link");
      assertThat(page.json().path("next").isNull()).isEqualTo(link.isEmpty());
      path = link.isEmpty() ? "" : link.substring(1, link.indexOf('>'));
      if (pages++ == 0 && !list.equals("spaces")) {
        add("haze");
        client.settle();
      }
    }
    assertThat(seen).as("though one was added meanwhile").isEqualTo(all);
    assertThat(pages).isEqualTo((all.size() + 2) / 3);
  }

  @Test
  void interactionsAreFilteredAndTheFilterStaysInTheLink() throws Exception {
    HoneClient ann = hone.client("ann").with("x-hone-session", "s 1&2");
    List<String> ids =
        IntStream.range(0, 3).mapToObj(i -> taught(ann, "Question " + i + "?")).toList();
    taught(hone.client("ann"), "Another?");

    HoneClient.Answer page =
        hone.client("ann").get("/api/v1/interactions?session=s%201%262&limit=2");
    List<String> found = new ArrayList<>(page.json().findValuesAsText("id"));
    String link = page.header("link");
    JsonNode rest = hone.client("ann").get(link.substring(1, link.indexOf('>'))).json();
    assertThat(page.json().path("items")).hasSize(2);
    assertThat(rest.path("items")).hasSize(1);
    assertThat(rest.at("/items/0/id").asText()).isEqualTo(ids.getFirst());
    assertThat(found).contains(ids.getLast());

    JsonNode first = hone.client("ann").receipt(ids.getFirst());
    String conversation = first.path("conversation").asText();
    String at = first.path("opened_at").asText();
    assertThat(hone.client("ann").list("interactions?conversation=" + conversation)).hasSize(3);
    assertThat(hone.client("ann").list("interactions?until=" + at)).isEmpty();
    assertThat(hone.client("ann").list("interactions?since=" + at)).hasSize(4);
    assertThat(hone.client("ann").list("interactions?state=completed")).hasSize(4);
    assertThat(hone.client("ann").list("interactions?state=failed")).isEmpty();
  }

  private static String taught(HoneClient client, String question) {
    try {
      return client.teach(question, "Yes.");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aBatchIsTakenInOrderOrNotAtAll() throws Exception {
    HoneClient ann = hone.client("ann");
    String one = "{\"messages\":[{\"role\":\"user\",\"content\":\"One?\"}],\"answer\":\"Yes.\"}";
    String on =
        "{\"messages\":[{\"role\":\"user\",\"content\":\"One?\"},{\"role\":\"assistant\",\"content\":"
            + "\"Yes.\"},{\"role\":\"user\",\"content\":\"Two?\"}],\"answer\":\"No.\"}";
    HoneClient.Answer bad =
        ann.post(
            "/api/v1/interactions/batch",
            "{\"interactions\":[" + one + ",{\"messages\":[{\"role\":\"king\"}]}]}");
    assertThat(bad.status()).isEqualTo(400);
    assertThat(bad.json().at("/errors/0/pointer").asText())
        .isEqualTo("#/interactions/1/messages/0");
    assertThat(ann.list("interactions")).isEmpty();

    HoneClient.Answer taken =
        ann.post("/api/v1/interactions/batch", "{\"interactions\":[" + one + "," + on + "]}");
    assertThat(taken.status()).as(taken.text()).isEqualTo(201);
    String first = taken.json().at("/ids/0").asText();
    JsonNode second = ann.receipt(taken.json().at("/ids/1").asText());
    assertThat(ann.receipt(first).at("/messages/0/content").asText()).isEqualTo("One?");
    assertThat(second.path("parent").asText()).isEqualTo(first);
    assertThat(second.path("messages")).as("only what is new").hasSize(1);
  }
}
