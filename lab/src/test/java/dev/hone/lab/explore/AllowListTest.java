package dev.hone.lab.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which actions may reach an environment. */
class AllowListTest {

  private static boolean allows(String action, String... entries) {
    return new AllowList(List.of(entries)).allows(action);
  }

  @Test
  void aStarStandsForAnything() {
    assertThat(allows("read(file)", "read*")).isTrue();
    assertThat(allows("read\nand more", "read*")).isTrue();
    assertThat(allows("spread", "read*")).isFalse();
    assertThat(allows("anything", "*")).isTrue();
  }

  @Test
  void everythingElseIsMeantAsItStands() {
    assertThat(allows("a.c", "a.c")).isTrue();
    assertThat(allows("abc", "a.c")).isFalse();
    assertThat(allows("Open", "open")).isFalse();
  }

  @Test
  void withoutEntriesEverythingIsAllowed() {
    assertThat(allows("rm -rf")).isTrue();
  }
}
