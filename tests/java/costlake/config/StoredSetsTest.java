package costlake.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values that are set with {@code --set} can be written into a configuration. */
class StoredSetsTest {
  @TempDir Path folder;

  @Test
  void laterCommandsReadTheValuesFromTheFiles() throws IOException {
    Files.writeString(folder.resolve("costlake.yml"), "lake:\n  root: \"../lake\"\n");
    Map<String, String> sets = new LinkedHashMap<>();
    sets.put("lake.format", "delta");
    sets.put("company.name", "O'Neil: {\"x\"} # GmbH");
    StoredSets.write(folder, sets);
    Config config = Config.load(folder, null, Map.of());
    assertThat(config.lake().format()).isEqualTo(LakeConfig.Format.DELTA);
    assertThat(config.lake().root()).endsWith("lake");
    assertThat(config.company().name()).isEqualTo("O'Neil: {\"x\"} # GmbH");
  }

  @Test
  void aValueGoesIntoTheFileThatIsInForceForItsSection() throws IOException {
    Files.writeString(folder.resolve("costlake.yml"), "close:\n  invoices: a.csv\n");
    Files.writeString(folder.resolve("owners.yml"), "close:\n  invoices: b.csv\n");
    StoredSets.write(folder, Map.of("close.invoices", "c.csv"));
    assertThat(Config.load(folder, null, Map.of()).close().invoices()).endsWith("c.csv");
    assertThat(folder.resolve("costlake.yml")).hasContent("close:\n  invoices: a.csv\n");
  }
}
