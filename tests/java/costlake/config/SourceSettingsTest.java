package costlake.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Settings of a source are recorded, so that its deliveries can still be read without it. */
class SourceSettingsTest {
  private static final SourceSettings.Key ORACLE = new SourceSettings.Key("oci", "focus");
  private static final SourceSettings SETTINGS =
      new SourceSettings("Oracle", "1.1", null, null, Map.of("b", "B \"1\"", "a", "A"), null);

  @Test
  void areReadAsTheyWereRecorded() {
    assertThat(SourceSettings.recorded(Map.of(ORACLE.fact(), SETTINGS.text(), "model a.b", "12")))
        .isEqualTo(Map.of(ORACLE, SETTINGS));
  }

  @Test
  void equalSettingsHaveTheSameText() {
    SourceSettings other =
        new SourceSettings("Oracle", "1.1", null, null, Map.of("a", "A", "b", "B \"1\""), null);
    assertThat(other.text()).isEqualTo(SETTINGS.text());
    assertThat(SourceSettings.NONE.text()).isNotEqualTo(SETTINGS.text());
    assertThat(SETTINGS.text())
        .as("as it was before there were zones, so that the next night reads nothing again")
        .doesNotContain("zone");
  }

  @ParameterizedTest
  @MethodSource
  void areThoseThatTheReadersOfAKindUse(String kind, SourceSettings used) {
    @Nullable String mapping = kind.equals(UserMapping.KIND) ? "m" : null;
    Source source =
        new Source(
            "s",
            kind,
            "exports",
            null,
            "P",
            "1.1",
            "c",
            60,
            mapping,
            Map.of("a", "A"),
            false,
            null,
            kind.equals("slurm") ? ZoneId.of("Europe/Berlin") : null);
    assertThat(SourceSettings.of(source)).isEqualTo(used);
  }

  static Stream<Arguments> areThoseThatTheReadersOfAKindUse() {
    SourceSettings columns = new SourceSettings(null, null, null, null, Map.of("a", "A"), null);
    return Stream.of(
        arguments("focus", new SourceSettings("P", "1.1", null, null, Map.of(), null)),
        arguments("aws-cur", columns),
        arguments(
            "slurm", new SourceSettings(null, null, null, null, Map.of("a", "A"), "Europe/Berlin")),
        arguments("prometheus", new SourceSettings(null, null, "c", 60, Map.of("a", "A"), null)),
        arguments("mapping", SourceSettings.NONE));
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
