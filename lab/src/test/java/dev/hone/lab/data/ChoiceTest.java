package dev.hone.lab.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What a model chose is read as people would. */
class ChoiceTest {

  @Test
  void aChoiceIsNamedByItsLetterOrItsText() {
    List<String> choices = List.of("iron", "copper wire", "a zinc plate", "lead");
    assertThat(Choice.of("B) copper wire\nConfidence: 0.5", choices)).isEqualTo(1);
    assertThat(Choice.of("(c) because", choices)).isEqualTo(2);
    assertThat(Choice.of("D", choices)).isEqualTo(3);
    assertThat(Choice.of("Answer: A.", choices)).isZero();
    assertThat(Choice.of("It is the zinc plate, a zinc plate.", choices)).isEqualTo(2);
    assertThat(Choice.of("iron or lead", choices)).isEqualTo(-1);
    assertThat(Choice.of("I don't know.", choices)).isEqualTo(-1);
    assertThat(Choice.of("A very long story", choices)).isEqualTo(-1);
    assertThat(Choice.of("H) nothing", choices)).isEqualTo(-1);
  }
}
