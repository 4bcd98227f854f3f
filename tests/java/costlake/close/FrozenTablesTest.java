package costlake.close;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.config.LakeConfig;
import costlake.core.BillingPeriod;
import costlake.core.Failure;
import costlake.lake.DecisionStage;
import costlake.lake.Lake;
import costlake.lake.NightStage;
import costlake.lake.Partitioning;
import costlake.lake.TableName;
import costlake.lake.TableSpec;
import costlake.testing.SparkHarness;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FrozenTablesTest {
  private static final TableName TOTALS = TableName.parse("reporting.statements");

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(LakeConfig.Format.class)
  void aTableOfALaterPageHasNoRowsAndALostOneIsReported(LakeConfig.Format format) {
    Lake lake = lake(format);
    FrozenTables frozen = new FrozenTables(CloseJournal.of(lake.decided()), close(lake));
    assertThat(frozen.ofTeams("statements").where("billing_month = '2026-09-01'").collectAsList())
        .hasSize(1);
    assertThat(frozen.ofTeams("statement_budgets").collectAsList()).isEmpty();
    assertThat(frozen.ofGroups("statement_budgets").collectAsList()).isEmpty();
    assertThat(frozen.ofGroups("statement_budgets").columns())
        .contains("receiver_kind", "receiver_id", "billing_currency");
    assertThatThrownBy(() -> frozen.ofTeams("statement_lines"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("the close did not freeze reporting.statement_lines");
  }

  /** The chart of a statement also shows the days of the month before. */
  @ParameterizedTest
  @EnumSource(LakeConfig.Format.class)
  void aCloseFreezesItsMonthAndTheOneBefore(LakeConfig.Format format) {
    Lake lake = lake(format);
    MonthChange close = close(lake);
    assertThat(months(CloseJournal.of(lake.decided()).compared(close, TOTALS)))
        .containsExactly("2026-08", "2026-09");
    assertThat(months(CloseJournal.frozen(lake.decided().pins(), close, TOTALS)))
        .containsExactly("2026-09");
  }

  private static List<String> months(Dataset<Row> rows) {
    return rows.selectExpr("date_format(billing_month, 'yyyy-MM')")
        .sort("date_format(billing_month, yyyy-MM)")
        .as(Encoders.STRING())
        .collectAsList();
  }

  /** Creates a lake with one statement of each month from July to October. */
  private Lake lake(LakeConfig.Format format) {
    LakeConfig config = SparkHarness.lake(format, folder.resolve("lake"));
    SparkSession spark = SparkHarness.session(config);
    Lake lake = Lake.open(config, spark);
    Dataset<Row> rows =
        spark.sql(
            "select explode(sequence(date'2026-07-01', date'2026-10-01', interval 1 month)) as"
                + " billing_month, 'team' as receiver_kind, 'search' as receiver_id, 'search' as"
                + " team_id, 'USD' as billing_currency");
    TableSpec spec =
        new TableSpec(
            TOTALS,
            rows.schema(),
            new Partitioning(Partitioning.By.MONTH, "billing_month"),
            Map.of(),
            Set.of());
    try (NightStage night = lake.begin("night-1")) {
      night.stageAll(spec, rows);
      night.publish(List.of(), Map.of());
    }
    return lake;
  }

  /** Closes September and freezes the totals alone. */
  private static MonthChange close(Lake lake) {
    String version = lake.version(TOTALS).orElseThrow();
    try (DecisionStage<MonthChange> stage =
        lake.begin(new CloseDecisionKind(), "close-2026-09-1")) {
      return stage
          .decide(
              Instant.parse("2026-10-05T00:00:00Z"),
              "tester",
              null,
              MonthChange.closing(
                  BillingPeriod.parse("2026-09"),
                  1,
                  1,
                  Map.of(TOTALS.toString(), version),
                  "",
                  Map.of(),
                  List.of()))
          .content();
    }
  }
}
