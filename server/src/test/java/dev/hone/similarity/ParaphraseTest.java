package dev.hone.similarity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which edits of a situation decide something. */
class ParaphraseTest {

  private final Analysis analysis = new Analysis();
  private final Paraphrase paraphrase = new Paraphrase(analysis, new Background(analysis));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "How many legs do insects have? | How many legs do insects usually have?",
        "What type of organ pumps blood? | What kind of organ pumps blood?",
        "What is the hard outer layer called? | What is the hard layer called?",
        "What process is used to clean water? | What procedure is utilized to clean water?",
        "Do not open it when the pump is hot. | Do not ever open it when the pump is hot.",
        "What organ chiefly pumps blood? | What organ of the body pumps blood presumably?",
        "What organ pumps the blood notably? | Which organ technically pumps blood?",
        "simply What stains red? | What stains red?",
        "Where does the fetus begin to grow? | Where does the fetus start to grow?",
        "The cell that was found first | The cell that was discovered first",
        "Wie viele Beine haben Insekten? | Wie viele Beine haben Insekten eigentlich?"
      })
  void theseEditsDecideNothing(String one, String other) {
    assertThat(paraphrase.apart(one, other)).isEmpty();
    assertThat(paraphrase.apart(other, one)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Wait 5 minutes after the alarm. | Wait 15 minutes after the alarm.",
        "Wait two minutes after the alarm. | Wait three minutes after the alarm.",
        "Add 5 kg of salt to the tank. | Add 5 mg of salt to the tank.",
        "What is the first planet? | What is the second planet?",
        "Heat it from 5 to 8 degrees. | Heat it from 8 to 5 degrees.",
        "Heat it to 5 degrees. | Heat it to -5 degrees."
      })
  void anotherNumberDecides(String one, String other) {
    apart(one, other);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Should I open valve B of the tank? | Should I open valve C of the tank?",
        "Who wrote the play about Hamlet? | Who wrote the play about Macbeth?",
        "What pumps the blood of mammals? | What pumps the blood of birds?",
        "What volcano is on hawaii? | What volcano is on iceland?",
        "London hosts the festival in autumn. | Paris hosts the festival in autumn.",
        "What does vitamin A do? | What does vitamin D do?",
        "What organs pump blood? | What organisms pump blood?",
        "What family pumps blood? | What organ pumps blood?",
        "What is called mitosis? | What is called meiosis?",
        "What type of friction is friction that acts? | What type of plastids is friction that"
            + " acts?"
      })
  void anotherNameDecidesThoughItBeWrittenSmall(String one, String other) {
    apart(one, other);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Which gas is a metal? | Which gas is not a metal?",
        "What do plants need to grow? | What do plants never need to grow?",
        "What can live with oxygen? | What can live without oxygen?",
        "Do not open X and drain Y. | Open X and do not drain Y.",
        "Open it. | Avoid opening it.",
        "Was ist kein Metall? | Was ist Metall?",
        "Ce n'est pas un métal. | C'est un métal."
      })
  void aNegationDecidesAndWhereItStands(String one, String other) {
    apart(one, other);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Start A before B. | Start B before A.",
        "Open the tank, close the drain. | Close the tank, open the drain.",
        "What follows the day and precedes the night? | What follows the night and precedes the"
            + " day?"
      })
  void theOrderDecides(String one, String other) {
    apart(one, other);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "What happens when the pressure increases? | What happens when the pressure decreases?",
        "Turn the pump on in the morning. | Turn the pump off in the morning.",
        "Drain it before you open it. | Drain it after you open it.",
        "Which is the maximum load? | Which is the minimum load?",
        "Open the left valve of the tank. | Open the right valve of the tank.",
        "Pump water from the tank. | Pump water to the tank.",
        "All of the metals melt. | Some of the metals melt.",
        "What has more mass? | What has less mass?",
        "You must stop the pump. | You may stop the pump.",
        "Use it only in summer. | Use it in summer.",
        "Open it until it rains. | Open it.",
        "The valve is open at night. | The valve is closed at night.",
        "Which plants reproduce sexually? | Which plants reproduce asexually?",
        "Which pump starts quickly? | Which pump starts slowly?",
        "Open it happily and quickly. | Open it slowly and happily.",
        "What is the upper layer? | What is the lower layer?",
        "The pressure increases in valve five. | In valve five decreases the pressure.",
        "Ventil vor dem Start öffnen. | Ventil nach dem Start öffnen.",
        "Die Pumpe einschalten und das Ventil öffnen. | Die Pumpe einschalten und das Ventil"
            + " schließen.",
        "Ouvrir la vanne avant le départ. | Ouvrir la vanne après le départ.",
        "Fermer la vanne de gauche. | Fermer la vanne de droite.",
        "Abrir la válvula antes de empezar. | Abrir la válvula después de empezar.",
        "Subir la temperatura del tanque. | Bajar la temperatura del tanque."
      })
  void anOppositeDecides(String one, String other) {
    apart(one, other);
  }

  private void apart(String one, String other) {
    assertThat(paraphrase.apart(one, other)).isPresent();
    assertThat(paraphrase.apart(other, one)).isPresent();
  }
}
