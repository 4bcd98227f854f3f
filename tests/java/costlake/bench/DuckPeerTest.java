package costlake.bench;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.convert.Conversions;
import costlake.core.Progress;
import costlake.sample.SampleData;
import costlake.sample.SampleSettings;
import costlake.testing.Duck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Compares the mapping in DuckDB with the models. The times of both are comparable only if both do
 * the same work, so every column of every charge must be equal, including its id. The bill has all
 * kinds of lines that the generator makes. The entries of a map have no order, so they are sorted
 * before they are compared.
 */
class DuckPeerTest {
  private static final String BOTH =
      """
      set TimeZone = 'UTC';
      create view ours as select * replace (list_sort(map_entries(x_SourceColumns)) as x_SourceColumns) from %s;
      create view theirs as select * replace (list_sort(map_entries(x_SourceColumns)) as x_SourceColumns)
        from read_parquet('%s/*/*.parquet', hive_partitioning = true, hive_types = {'x_ChargeDate': date});
      """;

  @ParameterizedTest
  @EnumSource(names = {"PARQUET", "CSV"})
  void mapsEachRowLikeTheModels(SampleSettings.Format format, @TempDir Path dir)
      throws IOException {
    SampleData.generateBill(Bench.settings(3000, format), dir, Progress.SILENT);
    Path data = dir.resolve("exports/aws/billing/aldermoor-cur/data");
    String suffix = format == SampleSettings.Format.PARQUET ? ".parquet" : ".csv.gz";
    Path converted = convert(data, suffix, dir);
    Path mapped = dir.resolve("mapped");
    String delivery =
        Duck.rows("select distinct x_DeliveryId from " + Duck.parquet(converted)).get(0);
    Child.Run run =
        Child.run(
            List.of("-Xmx128m"),
            dir.resolve("log"),
            DuckPeer.class.getName(),
            List.of(data + "/*/*" + suffix, mapped.toString(), "2", "files", delivery));
    List<String> truth =
        List.of(Files.readAllLines(dir.resolve("truth/totals.csv")).get(1).split(",", -1));
    assertThat(run.output().strip().split(" ", -1)[2]).isEqualTo(truth.get(3));
    assertThat(run.peakMib()).isPositive();
    String script = BOTH.formatted(Duck.parquet(converted), mapped);
    assertThat(Duck.rows(script, "select distinct x_LineItemType from theirs order by all"))
        .containsExactly(
            "Credit",
            "DiscountedUsage",
            "EdpDiscount",
            "Fee",
            "RIFee",
            "Refund",
            "SavingsPlanCoveredUsage",
            "SavingsPlanNegation",
            "SavingsPlanRecurringFee",
            "Tax",
            "Usage");
    List<String> columns =
        Duck.rows(script, "select column_name from (describe ours) order by column_name");
    assertThat(columns)
        .hasSize(78)
        .isEqualTo(
            Duck.rows(script, "select column_name from (describe theirs) order by column_name"));
    assertThat(Duck.rows(script, differences(columns))).isEmpty();
  }

  /**
   * Returns the SQL that lists each column with differences, with the number of charges that differ
   * and one example.
   */
  private static String differences(List<String> columns) {
    return """
        select pair.name, count(*), arg_min(concat_ws(' | ', charge, pair.ours, pair.theirs), charge)
        from (
          select coalesce(ours.x_ChargeId, theirs.x_ChargeId) as charge, unnest([%s]) as pair
          from ours full join theirs on ours.x_ChargeId = theirs.x_ChargeId
        )
        where not pair.same
        group by all
        order by all"""
        .formatted(columns.stream().map(DuckPeerTest::pair).collect(Collectors.joining(", ")));
  }

  private static String pair(String column) {
    return """
        {'name': '%1$s', 'same': ours.%1$s is not distinct from theirs.%1$s,
          'ours': cast(ours.%1$s as varchar), 'theirs': cast(theirs.%1$s as varchar)}"""
        .formatted(column);
  }

  private static Path convert(Path data, String suffix, Path to) throws IOException {
    try (Stream<Path> found = Files.walk(data)) {
      Path[] files =
          found.filter(file -> file.toString().endsWith(suffix)).sorted().toArray(Path[]::new);
      return Conversions.parquet(to, files).output();
    }
  }
}
