package costlake.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Settings of a source are recorded, so that its deliveries can still be read without it. */
class SourceSettingsTest {
  private static final SourceSettings.Key ORACLE = new SourceSettings.Key("oci", "focus");
  private static final SourceSettings SETTINGS =
      new SourceSettings("Oracle", "1.1", null, null, Map.of("b", "B \"1\"", "a", "A"));

  @Test
  void areReadAsTheyWereRecorded() {
    assertThat(SourceSettings.recorded(Map.of(ORACLE.fact(), SETTINGS.text(), "model a.b", "12")))
        .isEqualTo(Map.of(ORACLE, SETTINGS));
  }

  @Test
  void equalSettingsHaveTheSameText() {
    SourceSettings other =
        new SourceSettings("Oracle", "1.1", null, null, Map.of("a", "A", "b", "B \"1\""));
    assertThat(other.text()).isEqualTo(SETTINGS.text());
    assertThat(SourceSettings.NONE.text()).isNotEqualTo(SETTINGS.text());
  }

  @Test
  void recordedSettingsCountForASourceThatIsNotConfiguredWithThisKind() {
    Config config =
        Config.defaults(Path.of("conf")).withRecorded(Map.of(ORACLE.fact(), SETTINGS.text()));
    assertThat(config.settings(ORACLE)).isEqualTo(SETTINGS);
    assertThat(config.settings(new SourceSettings.Key("oci", "azure")))
        .isEqualTo(SourceSettings.NONE);
  }
}
