package dev.hone.lab.arm;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hone.lab.data.Question;
import dev.hone.lab.run.JsonLines;
import dev.hone.lab.server.HoneClient;
import dev.hone.lab.server.Progress;
import java.util.List;

/**
 * One text for everything, rewritten after each batch and shown with each question. Each rewritten
 * sheet is kept, so that a killed run does not rewrite it again.
 */
final class SheetArm implements Arm {

  private static final int BATCH = 25;

  private final Sheet sheets;
  private final Curator curator;
  private final HoneClient client;
  private final JsonLines kept;
  private final String key;
  private volatile String sheet = "";

  /**
   * @param kept where sheets are kept
   * @param key tells these sheets from others there
   */
  SheetArm(Sheet sheets, Curator curator, HoneClient client, JsonLines kept, String key) {
    this.sheets = sheets;
    this.curator = curator;
    this.client = client;
    this.kept = kept;
    this.key = key;
  }

  @Override
  public void live(String part, List<Lived> past) {
    try (Progress progress = Progress.of("sheet rewritten", past.size())) {
      for (int from = 0; from < past.size(); from += BATCH) {
        int to = Math.min(from + BATCH, past.size());
        sheet = rewritten(key + "/" + part + "/" + from, past.subList(from, to));
        progress.at(to, past.size());
      }
    }
  }

  private String rewritten(String name, List<Lived> batch) {
    return kept.find(name)
        .map(found -> found.path("sheet").asText())
        .orElseGet(
            () -> {
              String text = curator.rewrite(sheet, batch);
              kept.add(JsonNodeFactory.instance.objectNode().put("name", name).put("sheet", text));
              return text;
            });
  }

  @Override
  public HoneClient.Said ask(Question question) {
    HoneClient.Said said =
        client.ask("default", sheets.behind(question.prompt(), sheet), "off", "");
    return new HoneClient.Said(
        said.text(), said.interaction(), said.mode(), sheets.cost(sheet), said.overhead());
  }
}
