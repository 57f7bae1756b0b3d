package dev.hone.http.api;

import dev.hone.experience.Decision;
import dev.hone.experience.EpisodeState;
import dev.hone.experience.InteractionState;
import dev.hone.experience.Kind;
import dev.hone.experience.Relation;
import dev.hone.experience.State;
import dev.hone.http.exchange.Schema;
import dev.hone.http.exchange.Struct;
import dev.hone.port.Keys;
import dev.hone.port.Spaces;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The shapes of what {@link Views} writes, and of what requests hold. */
final class Shapes {

  static final Schema TIME = Schema.format("date-time");
  static final Schema ID = Schema.text(1, 200);
  static final Schema KIND = names(Kind.values());
  static final Schema STATE = names(State.values());
  static final Schema EPISODE_STATE = names(EpisodeState.values());
  static final Schema INTERACTION_STATE = names(InteractionState.values());
  static final Schema LEARNING_MODE = names(Spaces.LearningMode.values());

  static final Schema ROLE = names(Keys.Role.values());

  static final Struct SPACE =
      Struct.of().required("name", Schema.text(), "").required("learning", LEARNING_MODE, "");

  static final Struct KEY =
      Struct.of()
          .required("id", ID, "Names it, and is the principal of what its holder does.")
          .required("name", Schema.text(), "What it is for.")
          .required("role", ROLE, "")
          .required("spaces", Schema.list(Schema.text()), "Those it opens; * for all.")
          .required("created", TIME, "")
          .optional("last_used", TIME, "The hour.")
          .optional("revoked", TIME, "")
          .optional("pin", ID, "The commit that its requests see the pool of that commit at.");

  static final Struct LESSON =
      Struct.of()
          .required("title", Schema.text(), "A few words.")
          .required("when", Schema.text(), "The situation in which it applies.")
          .required("content", Schema.text(), "The lesson itself.")
          .required("kind", KIND, "")
          .required("type", Schema.text(), "The topic that routes it.");

  static final Struct EXPERIENCE =
      Struct.of()
          .required("id", ID, "")
          .required("version", Schema.whole(1, Integer.MAX_VALUE), "")
          .required("space", Schema.text(), "")
          .and(LESSON)
          .required("state", STATE, "")
          .required("support", Schema.count(), "Distinct principals whose words it rests on.")
          .required("tokens", Schema.count(), "What it costs in a prompt, estimated.")
          .required("sequence", Schema.count(), "The commit that wrote this version.")
          .optional("successor", ID, "The item that took its place.");

  static final Struct EVIDENCE =
      Struct.of()
          .required("interaction_id", Schema.text(), "Or edit/ITEM/VERSION: what a person wrote.")
          .required("role", Schema.text(), "")
          .required("quote", Schema.text(), "")
          .required("principal", Schema.text(), "");

  private static final Struct LINK =
      Struct.of()
          .required("id", ID, "The other item.")
          .required("relation", names(Relation.values()), "")
          .required("similarity", Schema.number(), "Of their situations.");

  static final Struct EXPERIENCE_WITH_EVIDENCE =
      EXPERIENCE
          .required("evidence", Schema.list(EVIDENCE), "")
          .required(
              "links",
              Schema.list(LINK),
              "Items near it that you may read: contradictions first, then the most similar.");

  static final Struct DECISION =
      Struct.of()
          .required("decision", names(Decision.Made.values()), "")
          .optional("experience_id", ID, "Absent for a draft turned down before admission.")
          .required("title", Schema.text(), "The draft's; empty where none is known.")
          .required("reason", Schema.text(), "")
          .required("episode_id", ID, "The episode whose draft it was.")
          .required("revision", Schema.count(), "")
          .required("at", TIME, "");

  static final Struct VERSION =
      EXPERIENCE
          .required("current", Schema.flag(), "Whether it counts now.")
          .required("commit_id", ID, "")
          .required("commit_kind", Schema.text(), "")
          .required("author", Schema.text(), "")
          .required("reason", Schema.text(), "")
          .required("at", TIME, "");

  static final Struct HIT =
      EXPERIENCE
          .required("score", Schema.number(), "BM25; comparable within one answer only.")
          .required("coverage", Schema.number(), "Share of the query's idf mass matched.");

  static final Struct EXPLANATION =
      Struct.of()
          .optional("commit_id", ID, "The commit searched; absent in an empty pool.")
          .required("sequence", Schema.count(), "")
          .required("documents", Schema.count(), "Versions in the index.")
          .required("floor", Schema.number(), "")
          .required("mass", Schema.number(), "The sum of the terms' idf.")
          .required("types", Schema.list(Schema.text()), "Types searched; empty for all.")
          .required(
              "likely",
              Schema.list(
                  Struct.of()
                      .required("type", Schema.text(), "")
                      .required("probability", Schema.number(), "")),
              "The likeliest types; none when there is one type, or no word is known.")
          .required(
              "terms",
              Schema.list(
                  Struct.of()
                      .required("term", Schema.text(), "")
                      .required("idf", Schema.number(), "")),
              "")
          .required(
              "considered",
              Schema.list(
                  HIT.required(
                          "verdict",
                          Schema.choice(
                              List.of(
                                  "shown",
                                  "over-budget",
                                  "below-floor",
                                  "doubted",
                                  "other-type",
                                  "beyond-limit")),
                          "")
                      .required(
                          "worth",
                          Schema.number(),
                          "What the score is multiplied with, by outcomes; 1: nothing is known; 0:"
                              + " thought to do harm, and not found.")
                      .required(
                          "matched",
                          Schema.list(
                              Struct.of()
                                  .required("term", Schema.text(), "")
                                  .required("idf", Schema.number(), "")
                                  .required("score", Schema.number(), "")),
                          "")),
              "")
          .required(
              "hidden_items",
              Schema.count(),
              "Items of the space that you may not see, whatever was searched for.");

  static final Struct COMMIT =
      Struct.of()
          .required("id", ID, "")
          .required("sequence", Schema.count(), "")
          .required("space", Schema.text(), "")
          .optional("parent", ID, "")
          .required("kind", Schema.text(), "")
          .required("author", Schema.text(), "")
          .required("reason", Schema.text(), "")
          .required("at", TIME, "")
          .required("touched", Schema.count(), "Items that it changed.")
          .required("added", Schema.count(), "Of these, new ones,")
          .required("changed", Schema.count(), "ones that say or count otherwise,")
          .required("withdrawn", Schema.count(), "ones that were taken out,")
          .required("evidenced", Schema.count(), "and ones of which only the evidence changed.");

  private static final Struct SIDE =
      Struct.of().required("version", Schema.count(), "").required("state", STATE, "").and(LESSON);

  static final Struct DIFFERENCE =
      Struct.of()
          .required("experience_id", ID, "")
          .optional("before", SIDE, "")
          .optional("after", SIDE, "")
          .required(
              "unified", Schema.text(), "As a unified diff; empty when only its evidence changed.");

  static final Struct COMMIT_WITH_CHANGES =
      COMMIT
          .required("changes", Schema.list(DIFFERENCE), "What you may read of what it changed.")
          .required("hidden", Schema.count(), "Items it changed that you may not read.");

  static final Struct ROLLBACK =
      COMMIT_WITH_CHANGES
          .without("id")
          .optional("id", ID, "Null in a dry run.")
          .required("dry_run", Schema.flag(), "Whether it was only foreseen.");

  static final Struct OUTCOME =
      Struct.of()
          .required("id", ID, "")
          .required("metric", Schema.text(), "")
          .optional("value", Schema.number(), "")
          .optional("correction", Schema.text(), "")
          .optional("comment", Schema.text(), "")
          .required("at", TIME, "");

  private static final Struct MESSAGE =
      Struct.of()
          .required("role", Schema.text(), "")
          .required("content", Schema.text(), "")
          .optional("tool_calls", Schema.flag(), "Whether it calls tools.");

  static final Struct INTERACTION =
      Struct.of()
          .required("id", ID, "")
          .required("space", Schema.text(), "")
          .optional("session", Schema.text(), "")
          .optional("user", Schema.text(), "")
          .optional("agent", Schema.text(), "")
          .required("conversation", Schema.text(), "")
          .optional("parent", ID, "")
          .required("state", INTERACTION_STATE, "")
          .required("model", Schema.text(), "")
          .required("opened_at", TIME, "")
          .required("messages", Schema.list(MESSAGE), "")
          .optional("answer", MESSAGE, "")
          .required("outcomes", Schema.list(OUTCOME), "");

  static final Struct RECEIPT =
      INTERACTION
          .required(
              "exposures",
              Schema.list(
                  Struct.of()
                      .required("experience_id", ID, "")
                      .required("version", Schema.count(), "")
                      .required("rank", Schema.count(), "")
                      .required("tokens", Schema.count(), "")
                      .required(
                          "arm",
                          Schema.choice(List.of("augmented", "dropped", "holdout")),
                          "augmented: it stood in the prompt; else it was held back.")
                      .required("probability", Schema.number(), "Of being shown.")
                      .required("holdout", Schema.number(), "Share of sessions held out.")),
              "What stood in the prompt, and what was held back.")
          .required("path", Schema.text(), "The endpoint asked; empty for what came natively.")
          .optional(
              "usage",
              Struct.of()
                  .required("prompt_tokens", Schema.count(), "")
                  .required("cached_tokens", Schema.count(), "")
                  .required("answer_tokens", Schema.count(), ""),
              "What the model says that it cost.")
          .optional("confidence", Schema.number(), "What the answer says of its own, in [0, 1].")
          .required("block", Schema.text(), "What was put into the prompt.")
          .required(
              "learning",
              Struct.of()
                  .required("status", Schema.text(), "")
                  .optional("why", Schema.text(), "")
                  .optional("episode_id", ID, "")
                  .optional("revision", Schema.count(), "")
                  .optional("episode_state", EPISODE_STATE, "")
                  .optional("experiences", Schema.list(ID), "")
                  .optional(
                      "repeats",
                      ID,
                      "The interaction of its episode that said exactly the same before; this one"
                          + " is counted there."),
              "");

  static final Struct EPISODE_SUMMARY =
      Struct.of()
          .required("id", ID, "")
          .required("revision", Schema.count(), "")
          .required("state", EPISODE_STATE, "")
          .required("interactions", Schema.count(), "")
          .required("repetitions", Schema.count(), "Exact repetitions, which are only counted.")
          .required("tokens", Schema.count(), "Of what it holds, estimated.")
          .required("last_at", TIME, "")
          .optional("note", Schema.text(), "Why nothing came of it, or why it failed.")
          .optional("raw", Schema.text(), "What the learning model answered, if it failed.");

  static final Struct EPISODE =
      Struct.of()
          .required("id", ID, "")
          .required("revision", Schema.count(), "")
          .required("space", Schema.text(), "")
          .required("repetitions", Schema.count(), "Exact repetitions, which are only counted.")
          .required("interactions", Schema.list(INTERACTION), "")
          .required(
              "decisions",
              Schema.list(DECISION),
              "What became of the drafts of its newest revision learned from.");

  static final Struct DEAD_LETTER =
      Struct.of()
          .required("id", ID, "")
          .required(
              "kind", Schema.choice(List.of("episode", "refine", "purge")), "What was given up.")
          .required("why", Schema.text(), "")
          .required("attempts", Schema.count(), "How often it was tried in vain.")
          .required("at", TIME, "Since when it was to be done.")
          .optional("revision", Schema.count(), "Of an episode.")
          .optional("subject", Schema.text(), "Of a job, if it has one.")
          .optional("raw", Schema.text(), "What the learning model answered.");

  static final Struct REFINEMENT =
      Struct.of()
          .required("space", Schema.text(), "")
          .required("dry_run", Schema.flag(), "")
          .required("measure", Schema.choice(List.of("normalised", "raw")), "")
          .required("threshold", Schema.number(), "Unless a type has its own.")
          .required("items_before", Schema.count(), "")
          .required("items_after", Schema.count(), "")
          .required("pairs", Schema.count(), "")
          .optional("commit", ID, "")
          .required(
              "groups",
              Schema.list(
                  Struct.of()
                      .required("parents", Schema.list(ID), "")
                      .required(
                          "items",
                          Schema.list(
                              Struct.of()
                                  .required("id", ID, "")
                                  .required("version", Schema.count(), "")
                                  .required("support", Schema.count(), "")
                                  .and(LESSON)),
                          "The same, with what they say.")
                      .required("threshold", Schema.number(), "Of the type.")
                      .required(
                          "pairs",
                          Schema.list(
                              Struct.of()
                                  .required("one", ID, "")
                                  .required("other", ID, "")
                                  .required("similarity", Schema.number(), "")),
                          "All among them from the threshold on, most similar first.")
                      .required("least_similarity", Schema.number(), "")
                      .required("accepted", Schema.flag(), "")
                      .required("proof", Schema.text(), "")
                      .optional("child", LESSON, "")),
              "");

  private Shapes() {}

  private static Schema names(Enum<?>[] values) {
    return Schema.choice(
        Stream.of(values).map(each -> each.name().toLowerCase(Locale.ROOT)).toList());
  }
}
