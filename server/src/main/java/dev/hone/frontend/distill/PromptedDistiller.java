package dev.hone.frontend.distill;

import dev.hone.experience.Episode;
import dev.hone.port.Distiller;
import dev.hone.port.LearningModel;
import dev.hone.port.Tokens;
import dev.hone.wire.Malformed;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Distills with a language model: one call an episode, versioned prompts ({@code prompts/distill}),
 * one JSON document. The instructions are the rules, the types, and then what is asked of an
 * episode like this one: the same for every call of a kind, and up to there for all. An answer that
 * cannot be read is sent back once with the reason.
 */
public final class PromptedDistiller implements Distiller {

  private static final int LONGEST_ANSWER = 8_000;

  private final LearningModel model;
  private final Map<Lens, String> instructions = new EnumMap<>(Lens.class);
  private final Items items;
  private final Material material;

  /**
   * @param prompts gives the text of a prompt: {@code rules}, and one named as each {@link Lens}
   * @param types names and descriptions of the types
   * @param tokens counts what an episode costs
   * @param limit tokens of an episode that the model is given
   */
  public PromptedDistiller(
      LearningModel model,
      UnaryOperator<String> prompts,
      Map<String, String> types,
      Tokens tokens,
      int limit) {
    this.model = model;
    this.items = new Items(types.keySet());
    this.material = new Material(tokens, limit);
    StringBuilder common = new StringBuilder(prompts.apply("rules")).append("\nTypes:\n");
    new TreeMap<>(types)
        .forEach(
            (name, says) ->
                common.append("- ").append(name).append(": ").append(says).append('\n'));
    for (Lens lens : Lens.values()) {
      instructions.put(lens, common + "\n" + prompts.apply(lens.prompt()));
    }
  }

  @Override
  public Distillation distill(Episode episode) {
    Lens lens = Lens.of(episode);
    String told = Objects.requireNonNull(instructions.get(lens));
    return ask(episode, told, material.of(episode, lens), true);
  }

  private Distillation ask(Episode episode, String told, String given, boolean repairs) {
    return switch (model.ask(episode.space(), told, given)) {
      case LearningModel.Reply.Text text -> read(episode, told, given, text.text(), repairs);
      case LearningModel.Reply.Unavailable later ->
          new Distillation.Later(later.why(), later.retryAfter());
      case LearningModel.Reply.NotAsked wait -> new Distillation.Waits(wait.why(), wait.until());
      case LearningModel.Reply.Refused refused -> new Distillation.Unreadable(refused.why(), "");
    };
  }

  private Distillation read(
      Episode episode, String told, String given, String answer, boolean repairs) {
    try {
      return items.read(episode, answer);
    } catch (Malformed e) {
      return repairs
          ? ask(episode, told, given + repair(answer, e.reason()), false)
          : new Distillation.Unreadable(e.reason(), answer);
    }
  }

  private static String repair(String answer, String why) {
    return "\n\nYour last answer could not be read: "
        + why
        + "\nIt was:\n"
        + Material.cut(answer, LONGEST_ANSWER)
        + "\nAnswer again with one JSON object of the form described.";
  }
}
