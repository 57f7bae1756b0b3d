package dev.hone.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.http.exchange.Operation;
import dev.hone.port.Keys.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every operation asks for the role that it declares, and the page of keys tells which. */
class RolesTest {

  @TempDir Path data;

  private static String method(Operation operation) {
    return operation.method().equals(Operation.ANY) ? "PATCH" : operation.method();
  }

  private static String path(Operation operation) {
    return operation.path().replace("*", "files/x").replaceAll("\\{\\w+}", "x");
  }

  @Test
  void eachIsRefusedWithoutAKeyWithARevokedOneAndWithALesserRole() throws Exception {
    try (HoneFixture hone = HoneFixture.start(data)) {
      HoneClient admin = hone.client(hone.client().makeKey("admin", "*"));
      Map<Role, HoneClient> holders = new EnumMap<>(Role.class);
      for (Role role : Role.values()) {
        String space = role == Role.ADMIN ? "*" : "default";
        holders.put(role, hone.client(admin.makeKey(role.toString(), space)));
      }
      var revoked = admin.madeKey("admin", "*");
      admin.ask("DELETE", "/api/v1/keys/" + revoked.path("id").asText(), "");
      HoneClient formerly = hone.client(revoked.path("key").asText());

      int checked = 0;
      for (Operation operation : hone.operations()) {
        for (HoneClient nobody : List.of(hone.client(), formerly)) {
          int status = nobody.ask(method(operation), path(operation), "{}").status();
          assertThat(status == 401).as("%s", operation).isEqualTo(operation.role().isPresent());
        }
        for (Role role : Role.values()) {
          int status = holders.get(role).ask(method(operation), path(operation), "{}").status();
          boolean may = operation.role().map(role::covers).orElse(true);
          assertThat(status).as("%s as %s", operation, role).isNotEqualTo(401);
          assertThat(status == 403).as("%s as %s", operation, role).isEqualTo(!may);
        }
        checked++;
      }
      assertThat(checked).isGreaterThan(20);
    }
  }

  @Test
  void onlyHealthAndVersionAreOpenToAnybody() {
    try (HoneFixture hone = HoneFixture.start(data)) {
      assertThat(hone.operations().stream().filter(each -> each.role().isEmpty()))
          .extracting(Operation::path)
          .containsExactlyInAnyOrder("/health/live", "/health/ready", "/version");
    }
  }

  @Test
  void thePageOfKeysTellsTheRoleOfEveryOperation() throws Exception {
    List<String> rows = new ArrayList<>();
    try (HoneFixture hone = HoneFixture.start(data)) {
      for (Operation operation : hone.operations()) {
        String method = operation.method().equals(Operation.ANY) ? "any" : operation.method();
        rows.add(
            "| `%s %s` | %s |"
                .formatted(
                    method,
                    operation.path(),
                    operation.role().map(Role::toString).orElse("nobody's: open")));
      }
    }

    assertThat(Files.readString(Path.of("..", "docs", "keys.md")).lines())
        .as("docs/keys.md")
        .containsAll(rows);
    assertThat(
            Files.readString(Path.of("..", "docs", "keys.md"))
                .lines()
                .filter(line -> line.matches("\\| `(any|[A-Z]+) /.*")))
        .as("operations that docs/keys.md tells of")
        .hasSameSizeAs(rows);
  }
}
