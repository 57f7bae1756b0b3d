package dev.hone.lab.arm;

import dev.hone.similarity.Sentences;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * For a model that cannot write: the sheet holds the newest questions with their answers, as many
 * as the budget has room for.
 */
final class ExtractiveCurator implements Curator {

  private static final Pattern ENTRY = Pattern.compile("(?m)^\\[\\d+] (?=When: )");

  private final Sheet sheets;

  ExtractiveCurator(Sheet sheets) {
    this.sheets = sheets;
  }

  @Override
  public String rewrite(String sheet, List<Lived> batch) {
    List<String> entries = new ArrayList<>();
    for (Lived lived : batch.reversed()) {
      entries.add(
          "When: "
              + Sentences.folded(lived.question().text())
              + "\n    Note: "
              + Sentences.folded(lived.answer()));
    }
    for (String entry : ENTRY.split(sheet, -1)) {
      if (!entry.isBlank()) {
        entries.add(entry.strip());
      }
    }
    return fitting(entries);
  }

  private String fitting(List<String> entries) {
    StringBuilder sheet = new StringBuilder();
    for (int i = 0; i < entries.size(); i++) {
      String longer = sheet + "[" + (i + 1) + "] " + entries.get(i) + "\n";
      if (sheets.cost(longer) > sheets.budget()) {
        return sheet.toString();
      }
      sheet.setLength(0);
      sheet.append(longer);
    }
    return sheet.toString();
  }
}
