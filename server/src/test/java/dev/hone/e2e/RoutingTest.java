package dev.hone.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queries are sent to the types that they are likely to belong to. */
class RoutingTest {

  private static final String[] TYPES = {
    "types.rigs=pumps, valves and rigs", "types.food=meals, soups and food", "types.law=laws"
  };

  @TempDir Path data;

  private static void write(HoneClient client, String when, String content, String type)
      throws Exception {
    HoneClient.Answer made =
        client.post(
            "/api/v1/experiences", Json.object("when", when, "content", content, "type", type));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
  }

  private static JsonNode explained(HoneClient client, String query) throws Exception {
    HoneClient.Answer answer =
        client.post(
            "/api/v1/experiences/search",
            "{\"query\":" + Json.quoted(query) + ",\"explain\":true}");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  @Test
  void theProbabilitiesAreToldAndTheLikeliestTypesSearched() throws Exception {
    try (HoneFixture hone = HoneFixture.start(data, TYPES)) {
      write(hone.client(), "The pump leaks.", "Close the valve.", "rigs");
      write(hone.client(), "The soup in the pump leaks.", "Eat it.", "food");

      JsonNode sure = explained(hone.client(), "pumps and valves of rigs").path("explanation");
      assertThat(sure.path("types")).hasSize(1);
      assertThat(sure.at("/likely/0/type").asText()).isEqualTo("rigs");
      assertThat(sure.at("/likely/0/probability").asDouble()).isGreaterThan(0.8);
      assertThat(
              sure.path("likely")
                  .valueStream()
                  .mapToDouble(each -> each.path("probability").asDouble())
                  .sum())
          .isCloseTo(1, within(1e-6));

      JsonNode unsure = explained(hone.client(), "soups and pumps");
      assertThat(unsure.at("/explanation/types")).hasSize(2);
      assertThat(unsure.path("items")).as("merged").hasSize(2);

      JsonNode unknown = explained(hone.client(), "xylofrob").path("explanation");
      assertThat(unknown.path("types")).as("all").isEmpty();
      assertThat(unknown.path("likely")).isEmpty();
    }
  }

  @Test
  void ofATypeARequestIsShownNoMoreThanTheTypesLimit() throws Exception {
    String[] settings = {TYPES[0], TYPES[1], "retrieval.type.food=1", "pool.admission=false"};
    try (HoneFixture hone = HoneFixture.start(data, settings)) {
      for (int i = 1; i <= 3; i++) {
        write(
            hone.client(), "The valve of rig " + i + " hums.", "Turn it " + i + " times.", "rigs");
        write(hone.client(), "The soup " + i + " boils over.", "Stir it " + i + " times.", "food");
      }

      assertThat(hone.client().search("The soup boils over.")).hasSize(1);
      assertThat(hone.client().ask("The soup boils over.").header("x-hone-experiences").split(","))
          .hasSize(1);
      assertThat(hone.client().search("The valve of a rig hums.")).hasSize(3);
    }
  }

  @Test
  void itemsOfATypeThatWasTakenOutStayAndAreFoundWhenTheTypeIsUnknown() throws Exception {
    try (HoneFixture hone = HoneFixture.start(data, TYPES)) {
      write(hone.client(), "The quuxlever is stuck.", "Oil it.", "law");
    }
    try (HoneFixture hone = HoneFixture.start(data, TYPES[0], TYPES[1])) {
      assertThat(hone.client().list("experiences")).hasSize(1);
      assertThat(hone.client().search("quuxlever stuck")).hasSize(1);
      assertThat(hone.client().search("quuxlever of rigs, pumps and valves")).isEmpty();
    }
  }
}
