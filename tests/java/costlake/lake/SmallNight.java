package costlake.lake;

import costlake.config.LakeConfig;
import costlake.testing.SparkHarness;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Two nights of three tables, for tests that interrupt a night. */
final class SmallNight {
  static final TableSpec CHARGES = byDay("focus.charges");
  static final TableSpec ALLOCATED = byDay("allocation.allocated");
  static final TableSpec TOTALS =
      new TableSpec(
          TableName.parse("reporting.totals"),
          StructType.fromDDL("cost decimal(38,21)"),
          Partitioning.whole(),
          Map.of(),
          Set.of());
  static final List<TableSpec> TABLES = List.of(ALLOCATED, CHARGES, TOTALS);

  private SmallNight() {}

  /** Runs the second night in its own process. Arguments: format, root, run id. */
  public static void main(String[] args) {
    LakeConfig config = SparkHarness.lake(LakeConfig.Format.valueOf(args[0]), Path.of(args[1]));
    Lake lake = Lake.open(config, SparkHarness.session(config));
    run(lake, args[2], "2");
    SparkHarness.spark().stop();
  }

  /** Runs a night whose second day has this cost. */
  static void run(Lake lake, String runId, String cost) {
    try (NightStage night = lake.begin(runId)) {
      stage(night, cost);
      night.publish(List.of(), Map.of("cost", cost));
    }
  }

  static void stage(NightStage night, String cost) {
    SparkSession spark = SparkSession.active();
    Dataset<Row> rows =
        spark.sql(
            "select date'2026-09-01' as day, 'a' as id, cast('1' as decimal(38,21)) as cost union all"
                + " select date'2026-09-02', 'b', cast('"
                + cost
                + "' as decimal(38,21))");
    Set<LocalDate> days = Set.of(LocalDate.of(2026, 9, 1), LocalDate.of(2026, 9, 2));
    night.stage(CHARGES, rows, days);
    night.stage(ALLOCATED, night.read(CHARGES.name()), days);
    night.stageAll(
        TOTALS,
        night.read(ALLOCATED.name()).selectExpr("cast(sum(cost) as decimal(38,21)) as cost"));
  }

  private static TableSpec byDay(String name) {
    return new TableSpec(
        TableName.parse(name),
        StructType.fromDDL("day date, id string, cost decimal(38,21)"),
        new Partitioning(Partitioning.By.DAY, "day"),
        Map.of(),
        Set.of());
  }
}
