package dev.hone.lab.arm;

import dev.hone.lab.server.HoneClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * The model rewrites the whole sheet, as in Dynamic Cheatsheet, cumulative (Suzgun, Yuksekgonul,
 * Bianchi, Jurafsky and Zou 2025), here after each batch; what exceeds the budget is cut off.
 */
final class PromptedCurator implements Curator {

  private static final String PROMPT = "/lab/sheet/v1.txt";

  private final Sheet sheets;
  private final HoneClient client;
  private final String prompt;

  PromptedCurator(HoneClient client, Sheet sheets) {
    this.sheets = sheets;
    this.client = client.withoutInstruction();
    this.prompt = prompt();
  }

  @Override
  public String rewrite(String sheet, List<Lived> batch) {
    StringBuilder interactions = new StringBuilder();
    for (Lived lived : batch) {
      interactions
          .append("Question: ")
          .append(lived.question().prompt())
          .append("\nYou said: ")
          .append(lived.said().strip())
          .append("\nRight answer: ")
          .append(lived.answer())
          .append("\n\n");
    }
    String asked =
        prompt
            .replace("{{budget}}", String.valueOf(sheets.budget()))
            .replace("{{sheet}}", sheet.isBlank() ? "(empty)" : sheet)
            .replace("{{interactions}}", interactions.toString().strip());
    return sheets.cut(client.ask("default", asked, "off", "").text());
  }

  private static String prompt() {
    try (InputStream in =
        Objects.requireNonNull(PromptedCurator.class.getResourceAsStream(PROMPT))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(PROMPT + " cannot be read", e);
    }
  }
}
