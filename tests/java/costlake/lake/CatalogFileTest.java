package costlake.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.config.LakeConfig;
import costlake.core.Failure;
import costlake.testing.SparkHarness;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lake without its embedded catalog is refused. It is not read as an empty lake. */
class CatalogFileTest {
  @TempDir Path root;

  @Test
  void aLostCatalogIsNamedAndLeftAsItIs() throws IOException {
    SmallNight.run(open(), "night-1", "1");
    Path catalog = root.resolve("catalog.db");
    byte[] whole = Files.readAllBytes(catalog);

    Files.write(catalog, new byte[0]);
    refused("it is empty");
    Files.write(
        catalog,
        "not a database, and longer than a header".repeat(20).getBytes(StandardCharsets.UTF_8));
    refused("it is damaged");
    byte[] hole = whole.clone();
    Arrays.fill(hole, 200, hole.length, (byte) 7);
    Files.write(catalog, hole);
    refused("it is damaged");
    assertThat(catalog).hasBinaryContent(hole);
    Files.delete(catalog);
    refused("it does not exist");
    assertThat(catalog).doesNotExist();

    Files.write(catalog, whole);
    assertThat(open().read(SmallNight.TOTALS.name()).first().getDecimal(0))
        .isEqualByComparingTo("2");
  }

  @Test
  void aCatalogThatLacksAPublishedTableIsNamed() {
    Lake lake = open();
    SmallNight.run(lake, "night-1", "1");
    SparkHarness.session(SparkHarness.lake(LakeConfig.Format.ICEBERG, root))
        .sql("drop table lake.reporting.totals");
    refused("it lacks 1 of the 3 published tables, first reporting.totals");
  }

  @Test
  void aCatalogThatMayNotBeOpenedIsNotDamaged() throws IOException {
    SmallNight.run(open(), "night-1", "1");
    Path catalog = root.resolve("catalog.db");
    Files.delete(catalog);
    Files.createDirectory(catalog);
    assertThatThrownBy(this::open)
        .isInstanceOf(Failure.class)
        .hasMessageContaining("Cannot open the catalog of the lake " + catalog)
        .hasMessageContaining("read and write it and its folder")
        .hasMessageNotContaining("backup")
        .satisfies(e -> assertThat(((Failure) e).family()).isEqualTo(Failure.Family.OPERATOR));
  }

  @Test
  void aLockedCatalogIsNotDamaged() throws SQLException {
    String address = "jdbc:sqlite:" + root.resolve("catalog.db") + "?busy_timeout=1";
    try (Connection one = DriverManager.getConnection(address);
        Statement first = one.createStatement();
        Connection other = DriverManager.getConnection(address);
        Statement second = other.createStatement()) {
      first.execute("begin exclusive");
      assertThatThrownBy(() -> second.executeQuery("select * from sqlite_master"))
          .isInstanceOfSatisfying(
              SQLException.class,
              e ->
                  assertThat(new CatalogFile(root.toString()).unusable(e))
                      .hasMessageContaining("another process has locked it")
                      .hasMessageContaining("Wait until that ends")
                      .hasMessageNotContaining("backup"));
    }
  }

  private void refused(String how) {
    assertThatThrownBy(this::open)
        .isInstanceOf(Failure.class)
        .hasMessageContaining("Cannot use the catalog of the lake " + root + "/catalog.db: " + how)
        .hasMessageContaining("docs/operations.md, section 'Back up and restore'")
        .satisfies(e -> assertThat(((Failure) e).family()).isEqualTo(Failure.Family.INTERNAL));
  }

  private Lake open() {
    LakeConfig config = SparkHarness.lake(LakeConfig.Format.ICEBERG, root);
    return Lake.open(config, SparkHarness.session(config));
  }
}
