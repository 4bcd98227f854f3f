package costlake.bench;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.core.Progress;
import costlake.estate.Estate;
import costlake.estate.EstateSettings;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The peer must do the whole work, or its time says nothing. */
class DuckPeerTest {
  @ParameterizedTest
  @EnumSource(names = {"PARQUET", "CSV"})
  void mapsEveryRowAndAllTheMoney(EstateSettings.Format format, @TempDir Path dir)
      throws IOException, SQLException {
    Estate.generateBill(Bench.settings(3000, format), dir, Progress.SILENT);
    String suffix = format == EstateSettings.Format.PARQUET ? "*.parquet" : "*.csv.gz";
    Path mapped = dir.resolve("mapped");
    Child.Run run =
        Child.run(
            "128m",
            dir.resolve("log"),
            DuckPeer.class.getName(),
            List.of(
                dir.resolve("exports/aws/billing/aldermoor-cur/data/*") + "/" + suffix,
                mapped.toString(),
                "2"));
    List<String> truth =
        List.of(Files.readAllLines(dir.resolve("truth/totals.csv")).get(1).split(",", -1));
    assertThat(run.output().strip().split(" ", -1)[2]).isEqualTo(truth.get(3));
    assertThat(run.peakMib()).isPositive();
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        ResultSet sum =
            duck.createStatement()
                .executeQuery(
                    "select sum(BilledCost) from read_parquet('" + mapped + "/*/*.parquet')")) {
      assertThat(sum.next()).isTrue();
      assertThat(sum.getBigDecimal(1)).isEqualByComparingTo(new BigDecimal(truth.get(4)));
    }
  }
}
