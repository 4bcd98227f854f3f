package costlake.night;

import costlake.config.Config;
import costlake.core.Progress;
import costlake.lake.Lake;
import costlake.lake.NightStage;
import costlake.lake.Outcome;
import costlake.lake.Sessions;
import java.time.Instant;
import java.util.Set;
import org.apache.spark.sql.SparkSession;

/** Maintains every table of the lake while no night runs. */
public final class MaintenanceRun {
  private static final String VERB = "maintain";
  // Maintenance lists files and rewrites rows of ops.*: these are so few rows that compiled code
  // would save less time than its compilation takes.
  private static final long FEW_ROWS = 0;

  private MaintenanceRun() {}

  /**
   * Maintains the lake with the settings {@code maintenance} of the configuration.
   *
   * @return one outcome per table
   * @throws costlake.core.Failure with exit code 2 if a night runs
   */
  public static NightReport run(SparkSession spark, Config config, Progress progress) {
    Sessions.prepareFor(spark, config.spark().properties(), FEW_ROWS);
    Lake lake = Lake.open(config.lake(), spark);
    RunRecord record = RunRecord.of(lake, VERB, VERB, Set.of());
    try (NightStage night = lake.begin(record.runId())) {
      try {
        night
            .maintenance()
            .run(config.maintenance(), record.startedAt(), progress)
            .forEach((table, done) -> record.add(maintained(record.startedAt(), table, done)));
        String message = "Maintained %d tables.".formatted(record.outcomes().size());
        record.write(lake.ops(), Outcome.Status.DONE, message);
        return NightReport.unchanged(record, message);
      } catch (RuntimeException e) {
        record.write(lake.ops(), Outcome.Status.FAILED, e.getMessage());
        throw e;
      }
    }
  }

  private static Outcome maintained(Instant start, String table, String done) {
    return Outcome.since(start, VERB, table, Outcome.Status.DONE, null, null, done);
  }
}
