package costlake.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import costlake.config.LakeConfig;
import costlake.testing.PostgresServer;
import costlake.testing.RestCatalog;
import costlake.testing.S3Server;
import costlake.testing.SparkHarness;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs nights on catalogs other than the embedded catalog. Each test starts a real server in its
 * own process.
 */
class CatalogsTest {
  @TempDir Path folder;

  @Test
  void postgresql() throws IOException {
    assumeTrue(
        PostgresServer.binaries().isPresent(),
        "needs the Debian package postgresql, not installed");
    try (PostgresServer server = new PostgresServer()) {
      publishesReadsBackAndSeesThatNothingIsNew(
          lake(
              LakeConfig.CatalogType.JDBC,
              server.address(),
              null,
              Map.of("jdbc.user", PostgresServer.USER, "jdbc.password", PostgresServer.PASSWORD)));
      assertThat(folder.resolve("lake/catalog.db")).doesNotExist();
    }
  }

  @Test
  void tablesOnS3WithTheJournalOnADisk() throws IOException {
    try (S3Server server = new S3Server(folder.resolve("s3.log"))) {
      server.bucket("lake");
      LakeConfig config =
          lake(
              LakeConfig.CatalogType.JDBC,
              null,
              "s3://lake/warehouse",
              Map.of("s3.path-style-access", "true"));
      publishesReadsBackAndSeesThatNothingIsNew(config);
      assertThat(server.keys("lake", "warehouse/")).anyMatch(key -> key.endsWith(".parquet"));
      assertThat(folder.resolve("lake/warehouse")).doesNotExist();
      sweepsWhatADeadNightLeft(server, config);
    }
  }

  @Test
  void rest() throws IOException {
    assumeTrue(
        RestCatalog.isThere(),
        "needs a REST catalog, not fetched: mvn -f tests/rest-catalog/pom.xml generate-resources");
    Path warehouse = folder.resolve("tables");
    try (RestCatalog server = new RestCatalog(warehouse, folder.resolve("rest.log"))) {
      publishesReadsBackAndSeesThatNothingIsNew(
          lake(LakeConfig.CatalogType.REST, server.address(), null, Map.of()));
      assertThat(warehouse.resolve("focus/charges/data")).isDirectory();
    }
  }

  private static void sweepsWhatADeadNightLeft(S3Server server, LakeConfig config)
      throws IOException {
    String folderOfData =
        server.keys("lake", "warehouse/focus/charges/data/").get(0).replaceFirst("[^/]+$", "");
    Path rest = Files.writeString(Path.of(config.root(), "rest"), "no table knows this");
    server.put("lake", folderOfData + "left.parquet", rest);
    var spark = SparkHarness.session(config);
    new StageFolders(spark, config.root()).mark("night-dead", SmallNight.CHARGES.name());
    Lake lake = Lake.open(config, spark);
    lake.begin("night-5").close();
    assertThat(server.keys("lake", folderOfData)).isNotEmpty().noneMatch(k -> k.contains("left"));
    assertThat(total(lake)).isEqualByComparingTo("3");
  }

  private LakeConfig lake(
      LakeConfig.CatalogType type, String uri, String warehouse, Map<String, String> properties) {
    return new LakeConfig(
        LakeConfig.Format.ICEBERG,
        folder.resolve("lake").toString(),
        LakeConfig.NativeColumns.UNLISTED,
        new LakeConfig.Catalog("lake", type, uri, warehouse, properties));
  }

  private static void publishesReadsBackAndSeesThatNothingIsNew(LakeConfig config) {
    Lake lake = Lake.open(config, SparkHarness.session(config));
    SmallNight.run(lake, "night-1", "1");
    Publication first = lake.publication().orElseThrow();
    SmallNight.run(lake, "night-2", "2");

    Lake again = Lake.open(config, SparkHarness.session(config));
    assertThat(total(again)).isEqualByComparingTo("3");
    assertThat(again.read(first, SmallNight.TOTALS.name()).first().getDecimal(0))
        .as("the first night")
        .isEqualByComparingTo("2");
    try (NightStage third = again.begin("night-3")) {
      SmallNight.stage(third, "2");
      assertThat(third.publish(List.of(), Map.of("cost", "2"))).as("nothing new").isEmpty();
    }
    assertThat(again.publication().orElseThrow().sequence()).isEqualTo(2);
  }

  private static BigDecimal total(Lake lake) {
    return lake.read(SmallNight.TOTALS.name()).first().getDecimal(0);
  }
}
