package dev.hone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page of settings tells what the code declares. */
class SettingsPageTest {

  @Test
  void thePageIsWhatTheCommandPrints() throws IOException {
    assertThat(Files.readString(Path.of("..", "docs", "settings.md")))
        .as("docs/settings.md; 'hone settings --markdown' prints its table")
        .endsWith(SettingsCommand.markdown());
  }
}
