package costlake.serve;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.config.Config;
import costlake.config.LakeConfig;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkerEnvironmentTest {
  private static final String KEY = "AWS_SECRET_ACCESS_KEY";

  @Test
  void aLakeOnADiskNeedsNoCredentials() {
    LakeConfig disk = Config.defaults(Path.of("conf")).lake();
    assertThat(WorkerEnvironment.needs("PATH", disk)).isTrue();
    assertThat(WorkerEnvironment.needs(KEY, disk)).isFalse();
    assertThat(WorkerEnvironment.needs("JAVA_TOOL_OPTIONS", disk)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"JDBC,", "GLUE,", "REST,https://catalog.example.com"})
  void aLakeOnS3NeedsThoseOfAws(LakeConfig.CatalogType type, String uri) {
    LakeConfig s3 =
        new LakeConfig(
            LakeConfig.Format.ICEBERG,
            "/srv/lake",
            LakeConfig.NativeColumns.UNLISTED,
            new LakeConfig.Catalog("lake", type, uri, "s3://bucket/lake", Map.of()));
    assertThat(WorkerEnvironment.needs(KEY, s3)).isTrue();
    assertThat(WorkerEnvironment.needs("MAIL_PASSWORD", s3)).isFalse();
  }
}
