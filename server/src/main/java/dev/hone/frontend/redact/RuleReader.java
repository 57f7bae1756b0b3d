package dev.hone.frontend.redact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Reads rules in the form of SonarSource's secret specifications: a provider with rules, each with
 * {@code detection.pre} (words that must be there), {@code detection.matching} (a pattern and its
 * context) and {@code detection.post} (what is none). A rule that leaves a section out has its
 * provider's. What speaks of files (names, extensions, test code) does not apply to conversations.
 */
final class RuleReader {

  private final ObjectMapper yaml = new ObjectMapper(new YAMLFactory());

  /** The rules of one document. */
  List<Rule> read(InputStream document) throws IOException {
    JsonNode provider = yaml.readTree(document).path("provider");
    List<Rule> rules = new ArrayList<>();
    for (JsonNode rule : provider.path("rules")) {
      JsonNode matching = section(provider, rule, "matching");
      rules.add(
          new Rule(
              rule.path("id").asText().toLowerCase(Locale.ROOT),
              words(section(provider, rule, "pre").at("/include/content")),
              Pattern.compile(matching.path("pattern").asText()),
              context(matching.path("context")),
              filter(section(provider, rule, "post"))));
    }
    return rules;
  }

  private static JsonNode section(JsonNode provider, JsonNode rule, String name) {
    JsonNode own = rule.path("detection").path(name);
    return own.isMissingNode() ? provider.path("detection").path(name) : own;
  }

  private static List<String> words(JsonNode list) {
    List<String> words = new ArrayList<>();
    list.forEach(word -> words.add(word.asText().toLowerCase(Locale.ROOT)));
    return words;
  }

  private static Filter filter(JsonNode post) {
    List<String> heuristics = words(post.at("/heuristicFilter/heuristics"));
    List<Pattern> not = new ArrayList<>();
    post.path("patternNot").forEach(pattern -> not.add(Pattern.compile(pattern.asText())));
    JsonNode statistical = post.path("statisticalFilter");
    return new Filter(
        heuristics.contains("path"),
        heuristics.contains("uri"),
        not,
        statistical.path("threshold").asDouble(0),
        statistical.path("inputString").asText(""));
  }

  /** A node is an object of one condition, or of several that hold together. */
  private static Context context(JsonNode node) {
    List<Context> parts = new ArrayList<>();
    node.properties().forEach(each -> parts.add(condition(each.getKey(), each.getValue())));
    return parts.isEmpty() ? Context.ANY : new Context.Every(parts);
  }

  private static Context condition(String name, JsonNode value) {
    return switch (name) {
      case "matchEach" -> new Context.Every(all(value));
      case "matchEither" -> new Context.Either(all(value));
      case "matchNot" -> new Context.Not(all(value));
      case "patternBefore" -> near(Context.Side.BEFORE, value);
      case "patternAfter" -> near(Context.Side.AFTER, value);
      case "patternAround" -> near(Context.Side.AROUND, value);
      default -> throw new IllegalStateException("a rule has the unknown context " + name);
    };
  }

  private static List<Context> all(JsonNode value) {
    if (value.isObject()) {
      return List.of(context(value));
    }
    List<Context> parts = new ArrayList<>();
    value.forEach(each -> parts.add(context(each)));
    return parts;
  }

  private static Context near(Context.Side side, JsonNode value) {
    String pattern = value.isTextual() ? value.asText() : value.path("pattern").asText();
    return new Context.Near(
        Pattern.compile(pattern),
        side,
        value.path("maxCharDistance").asInt(Integer.MAX_VALUE),
        value.path("maxLineDistance").asInt(Integer.MAX_VALUE));
  }
}
