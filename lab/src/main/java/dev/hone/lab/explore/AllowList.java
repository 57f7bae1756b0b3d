package dev.hone.lab.explore;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which actions may reach an environment. */
public final class AllowList {

  private final List<String> entries;
  private final List<Pattern> patterns;

  /**
   * @param entries actions, in which {@code *} stands for any characters; none allows everything
   */
  public AllowList(List<String> entries) {
    this.entries = List.copyOf(entries);
    this.patterns = entries.stream().map(AllowList::pattern).toList();
  }

  private static Pattern pattern(String entry) {
    return Pattern.compile(
        Arrays.stream(entry.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")),
        Pattern.DOTALL);
  }

  /** Whether an action may be taken. */
  public boolean allows(String action) {
    return patterns.isEmpty()
        || patterns.stream().anyMatch(pattern -> pattern.matcher(action).matches());
  }

  @Override
  public String toString() {
    return entries.isEmpty() ? "everything" : String.join(", ", entries);
  }
}
