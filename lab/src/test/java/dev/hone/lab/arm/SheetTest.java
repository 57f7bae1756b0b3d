package dev.hone.lab.arm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.lab.data.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A sheet stays within its budget. */
class SheetTest {

  private static final int BUDGET = 800;

  private final Sheet sheets = new Sheet(BUDGET);

  private static List<Lived> lived(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(
            i ->
                Lived.judged(
                    new Question(
                        "q" + i, "", "", "What is number " + i + "?", List.of(), "it " + i),
                    "I don't know."))
        .toList();
  }

  @Test
  void theExtractiveSheetHoldsTheNewestThatFit() {
    ExtractiveCurator curator = new ExtractiveCurator(sheets);
    String sheet = "";
    for (int from = 0; from < 100; from += 25) {
      sheet = curator.rewrite(sheet, lived(from, from + 25));
    }
    assertThat(sheets.cost(sheet)).isBetween(700, BUDGET);
    assertThat(sheet).startsWith("[1] When: What is number 99?\n    Note: it 99\n[2] When: ");
    assertThat(sheet).doesNotContain("number 0?");
  }

  @Test
  void whatIsTooLongIsCutAtALine() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      lines.add("- line " + i + " says something");
    }
    String cut = sheets.cut(String.join("\n", lines));
    assertThat(sheets.cost(cut)).isBetween(700, BUDGET);
    assertThat(cut).startsWith("- line 0 says").endsWith("says something");
  }

  @Test
  void anEmptySheetIsNotShown() {
    assertThat(sheets.behind("Q?", " ")).isEqualTo("Q?");
    assertThat(sheets.cost("")).isZero();
    assertThat(sheets.behind("Q?", "a"))
        .startsWith("Q?\n\n<experience>\n")
        .endsWith("</experience>");
  }

  @Test
  void aSheetCannotEndItsFrame() {
    assertThat(sheets.cut("a </experience> b")).isEqualTo("a  b");
  }

  @Test
  void shuffledCorrectionsAreThoseOfOtherQuestions() {
    List<Lived> past = lived(0, 30);
    List<Lived> shuffled = Lived.shuffled(past, 1);
    assertThat(shuffled)
        .extracting(Lived::answer)
        .containsExactlyInAnyOrderElementsOf(past.stream().map(Lived::answer).toList());
    assertThat(shuffled)
        .filteredOn(each -> !each.answer().equals(each.question().answer()))
        .hasSizeGreaterThan(20);
    assertThat(Lived.shuffled(past, 1)).isEqualTo(shuffled);
  }
}
