package dev.hone.backend.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.experience.Selection;
import dev.hone.experience.Selection.By;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found by words. */
class PhraseTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Where does JANE\tDoe live? | jane doe",
        "Jane-Doe, of course | Jane Doe",
        "我喜欢北京烤鸭 | 北京",
        "我喜歡iPhone手機 | iphone",
        "ラーメンが好き | ラーメン",
        "ﾗｰﾒﾝが好き | ラーメン",
        "김철수는 왔다 | 김철수",
        "ผมชื่อสมชายครับ | สมชาย",
        "Ｊａｎｅ　Ｄｏｅ | jane doe",
        "Jose\u0301 came | josé"
      })
  void wordsAreFoundInAnyCaseFormAndScript(String text, String phrase) {
    assertThat(Phrase.of(phrase).in(text)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Jane is here. Doe is not | jane doe",
        "Jane Doe | jane do",
        "我喜欢东京烤鸭 | 北京",
        "北方的京城 | 北京"
      })
  void partsOfWordsAndWordsApartAreNot(String text, String phrase) {
    assertThat(Phrase.of(phrase).in(text)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "👍", "?!", "—"})
  void aPhraseWithoutWordsIsFoundNowhere(String phrase) {
    for (String text : new String[] {"", phrase, "some words", "👍 some words"}) {
      assertThat(Phrase.of(phrase).in(text)).as(text).isFalse();
    }
  }

  @Test
  void aSelectionByWordsHasSome() {
    assertThatThrownBy(() -> new Selection(By.QUERY, "👍", null)).hasMessageContaining("'query'");
    assertThatThrownBy(() -> new Selection(By.USER, " ", null)).hasMessageContaining("'user'");
  }
}
