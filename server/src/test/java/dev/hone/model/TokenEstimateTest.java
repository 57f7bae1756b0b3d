package dev.hone.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.knuddels.jtokkit.api.EncodingType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An estimate is never below what any known tokenizer counts, and not far above for prose. */
class TokenEstimateTest {

  private static final String PROSE =
      "The loop is closed by two turns of the red lever, unless the pump has been off for more than"
          + " a day; then it has to be vented first, as the manual says in its third chapter.";

  private final TokenEstimate estimate = new TokenEstimate();

  private void neverTooLittle(String text) {
    int estimated = estimate.count(text);
    for (EncodingType encoding : EncodingType.values()) {
      assertThat(estimated)
          .as("%s for %s", encoding, text)
          .isGreaterThanOrEqualTo(new JtokkitTokens(encoding).count(text));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        PROSE,
        "Der Kühlkreislauf wird mit zwei Umdrehungen des Hebels V7 geschlossen.",
        "冷却回路は赤いレバーV7を二回まわして閉じます。",
        "请把红色的V7操纵杆转两圈以关闭冷却回路。",
        "냉각 회로는 빨간 레버 V7을 두 번 돌려 닫습니다.",
        "لإغلاق دائرة التبريد أدر الرافعة الحمراء مرتين.",
        "Чтобы закрыть контур охлаждения, поверните рычаг дважды.",
        "शीतलन लूप को बंद करने के लिए लाल लीवर को दो बार घुमाएँ।",
        "🙂🚀👩‍👩‍👧‍👦🏳️‍🌈 mixed with words ✅",
        """
        for (int i = 0; i < n; i++) {
                if (a[i] != b[i]) {
                    return false;
        """,
        "def f(x):\n\treturn {\"a\": [x ** 2 for _ in range(10)]}  # noqa: E501",
        "SELECT a.id, count(*) FROM \"interaction\" a WHERE a.state <> 'OPENED' GROUP BY 1;",
        "{\"id\":\"0198c2b1-7d2e-7c1a-9f7e-1b2c3d4e5f60\",\"at\":1763712000123,\"x\":1.50e-07}",
        "3.14159265358979323846264338327950288419716939937510",
        "https://example.org/a/b/c?d=%20e&f=%C3%BC#g",
        "<s>[INST] <<SYS>> <|endoftext|> <|im_start|>",
        "\t\t\t\n\n\n     \r\n",
        "",
        "a",
      })
  void noTextCostsMoreThanIsEstimated(String text) {
    neverTooLittle(text);
    neverTooLittle(text.repeat(20));
  }

  static Stream<Long> seeds() {
    return new Random(20261121).longs(300).boxed();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void norDoesAnyRandomText(long seed) {
    Random random = new Random(seed);
    int[][] alphabets = {
      {32, 127},
      {48, 58},
      {9, 33},
      {0xa0, 0x250},
      {0x370, 0x700},
      {0x900, 0xe00},
      {0x2000, 0x2c00},
      {0x3040, 0x9fff},
      {0xac00, 0xd7a4},
      {0x1f300, 0x1fa00},
      {0, 0x110000}
    };
    StringBuilder text = new StringBuilder();
    int runs = 1 + random.nextInt(12);
    for (int run = 0; run < runs; run++) {
      int[] alphabet = alphabets[random.nextInt(alphabets.length)];
      int length = random.nextInt(30);
      for (int i = 0; i < length; i++) {
        text.appendCodePoint(random.nextInt(alphabet[0], alphabet[1]));
      }
    }
    neverTooLittle(text.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"../lab/src/main/resources/demo", "src/main/java/dev/hone/wire"})
  void norDoAnyOfTheBundledQuestionsAndTheSources(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.readAllLines(file).forEach(this::neverTooLittle);
      }
    }
  }

  @Test
  void aTextWithoutEndCostsItsBytes() {
    String text = "é".repeat(TokenEstimate.LONGEST + 1);

    assertThat(estimate.count(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
    assertThat(estimate.count("x".repeat(10_000_000))).isEqualTo(10_000_000);
  }

  @Test
  void proseIsEstimatedAFifthTooHighAtMost() {
    int exact = new JtokkitTokens(EncodingType.O200K_BASE).count(PROSE.repeat(5));

    assertThat(estimate.count(PROSE.repeat(5))).isBetween(exact, exact * 6 / 5);
  }

  @Test
  void everyDigitCountsAsOneToken() {
    assertThat(estimate.count("123456789012345678901234567890")).isGreaterThanOrEqualTo(30);
  }
}
