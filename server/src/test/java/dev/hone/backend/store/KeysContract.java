package dev.hone.backend.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.experience.Digest;
import dev.hone.port.Keys;
import dev.hone.port.Keys.Role;
import dev.hone.testing.Samples;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every implementation of {@link Keys} does. */
abstract class KeysContract {

  private static final Digest SHOWN = Digest.of("shown by its holder");

  abstract Keys keys();

  /** The same keys, read anew. */
  abstract Keys reopened();

  abstract void advance(Duration time);

  private static Keys.Key key(String id, Role role, String... spaces) {
    return new Keys.Key(id, "key " + id, role, Set.of(spaces), Samples.START, null, null, null);
  }

  @Test
  void aKeyIsFoundByItsDigestAndByNoOther() {
    Keys.Key made = key("k1", Role.CURATOR, "default", "lab");
    keys().create(made, SHOWN);

    Keys.Key held = keys().held(SHOWN).orElseThrow();
    assertThat(held.id()).isEqualTo("k1");
    assertThat(held.role()).isEqualTo(Role.CURATOR);
    assertThat(held.spaces()).containsExactlyInAnyOrder("default", "lab");
    assertThat(keys().held(Digest.of("something else"))).isEmpty();
  }

  @Test
  void whetherAKeyWasEverMadeIsKnownAfterItsRevocationToo() {
    assertThat(keys().any()).isFalse();
    keys().create(key("k1", Role.CLIENT, "default"), SHOWN);
    assertThat(keys().any()).isTrue();

    keys().revoke("k1");

    assertThat(keys().any()).isTrue();
    assertThat(reopened().any()).isTrue();
  }

  @Test
  void aRevokedKeyIsHeldByNobodyAndStaysInTheList() {
    keys().create(key("k1", Role.CLIENT, "default"), SHOWN);
    advance(Duration.ofMinutes(5));

    Keys.Key revoked = keys().revoke("k1").orElseThrow();

    assertThat(revoked.revoked()).isEqualTo(Samples.START.plus(Duration.ofMinutes(5)));
    assertThat(keys().held(SHOWN)).isEmpty();
    assertThat(keys().list()).containsExactly(revoked);
    assertThat(reopened().held(SHOWN)).isEmpty();
    assertThat(reopened().list()).containsExactly(revoked);
  }

  @Test
  void aPinIsKeptUntilItIsTakenAway() {
    keys().create(key("k1", Role.CLIENT, "default"), SHOWN);

    assertThat(keys().pin("k1", "abc")).get().extracting(Keys.Key::pin).isEqualTo("abc");
    assertThat(keys().held(SHOWN)).get().extracting(Keys.Key::pin).isEqualTo("abc");
    assertThat(reopened().held(SHOWN)).get().extracting(Keys.Key::pin).isEqualTo("abc");
    assertThat(keys().revoke("k1")).get().extracting(Keys.Key::pin).isEqualTo("abc");

    assertThat(keys().pin("k1", null)).get().extracting(Keys.Key::pin).isNull();
    assertThat(reopened().list()).extracting(Keys.Key::pin).containsOnlyNulls();
    assertThat(keys().pin("nobody", "abc")).isEmpty();
  }

  @Test
  void revokingAgainChangesNothing() {
    keys().create(key("k1", Role.CLIENT, "default"), SHOWN);
    Keys.Key first = keys().revoke("k1").orElseThrow();
    advance(Duration.ofMinutes(5));

    assertThat(keys().revoke("k1")).contains(first);
    assertThat(reopened().list()).containsExactly(first);
    assertThat(keys().revoke("k2")).isEmpty();
  }

  @Test
  void theLastUseIsKnownToTheHour() {
    keys().create(key("k1", Role.CLIENT, "default"), SHOWN);
    assertThat(keys().list().getFirst().used()).isNull();

    advance(Duration.ofMinutes(130));
    keys().held(SHOWN);
    advance(Duration.ofMinutes(5));
    keys().held(SHOWN);

    var hour = Samples.START.plus(Duration.ofMinutes(135)).truncatedTo(ChronoUnit.HOURS);
    assertThat(keys().list().getFirst().used()).isEqualTo(hour);
    assertThat(reopened().list().getFirst().used()).isEqualTo(hour);
  }

  @Test
  void keysAreListedNewestFirst() {
    Keys.Key older = key("k1", Role.CLIENT, "default");
    Keys.Key newer = key("k2", Role.ADMIN, Keys.ALL_SPACES);
    keys().create(older, SHOWN);
    keys().create(newer, Digest.of("another"));

    assertThat(keys().list()).containsExactly(newer, older);
    assertThat(reopened().list()).isEqualTo(List.of(newer, older));
  }

  @Test
  void twoKeysCannotHaveOneDigest() {
    keys().create(key("k1", Role.CLIENT, "default"), SHOWN);

    assertThatThrownBy(() -> keys().create(key("k2", Role.ADMIN, Keys.ALL_SPACES), SHOWN))
        .isInstanceOf(RuntimeException.class);
    assertThat(keys().held(SHOWN).orElseThrow().id()).isEqualTo("k1");
    assertThat(keys().list()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"CLIENT, *", "CURATOR, *", "ADMIN, *;lab", "ADMIN, ''"})
  void onlyAnAdministratorIsBoundToAllSpacesAndEveryKeyToSome(Role role, String spaces) {
    Set<String> bound = spaces.isEmpty() ? Set.of() : Set.of(spaces.split(";"));

    assertThatThrownBy(() -> new Keys.Key("k", "n", role, bound, Samples.START, null, null, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("bound to");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a\nb", "\u001b[2J"})
  void aNameCanBeShownInATerminal(@Nullable String name) {
    assertThatThrownBy(
            () ->
                new Keys.Key(
                    "k", name, Role.CLIENT, Set.of("lab"), Samples.START, null, null, null))
        .hasMessageContaining("control character");
  }

  @Test
  void aKeyOpensItsOwnSpacesAndAnAdministratorsAllOfThem() {
    assertThat(key("k", Role.CLIENT, "lab").opens("lab")).isTrue();
    assertThat(key("k", Role.CLIENT, "lab").opens("default")).isFalse();
    assertThat(key("k", Role.ADMIN, "lab").opens(Keys.ALL_SPACES)).isFalse();
    assertThat(key("k", Role.ADMIN, Keys.ALL_SPACES).opens("whatever")).isTrue();
  }

  @Test
  void eachRoleMayDoWhatThoseBeforeItMay() {
    assertThat(Role.values()).containsExactly(Role.CLIENT, Role.CURATOR, Role.ADMIN);
    assertThat(Role.ADMIN.covers(Role.CLIENT)).isTrue();
    assertThat(Role.CURATOR.covers(Role.CURATOR)).isTrue();
    assertThat(Role.CURATOR.covers(Role.ADMIN)).isFalse();
    assertThat(Role.CLIENT.covers(Role.CURATOR)).isFalse();
  }
}
