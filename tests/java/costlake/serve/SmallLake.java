package costlake.serve;

import costlake.config.LakeConfig;
import costlake.lake.Lake;
import costlake.lake.NightStage;
import costlake.lake.Partitioning;
import costlake.lake.TableName;
import costlake.lake.TableSpec;
import costlake.testing.SparkHarness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** A lake of one small table, {@code reporting.statements}, published without a night. */
final class SmallLake {
  private SmallLake() {}

  /** Serves the lake. {@code sets} has keys of {@code serve} with their values. */
  static Served serve(Path folder, Map<String, String> sets) {
    LakeConfig lake = at(folder.resolve("lake"));
    return Served.of(conf(folder), lake, SparkHarness.session(lake), sets);
  }

  private static LakeConfig at(Path root) {
    return SparkHarness.lake(LakeConfig.Format.ICEBERG, root);
  }

  /** Publishes the lake in {@code lake} below the folder. Returns its configuration. */
  static Path conf(Path folder) {
    LakeConfig lake = at(folder.resolve("lake"));
    SparkSession session = SparkHarness.session(lake);
    publish(Lake.open(lake, session), session);
    Path conf = folder.resolve("conf");
    try {
      Files.createDirectories(conf);
      Files.writeString(conf.resolve("owners.yml"), Served.OWNERS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return conf;
  }

  private static void publish(Lake lake, SparkSession session) {
    TableSpec statements =
        new TableSpec(
            TableName.parse("reporting.statements"),
            StructType.fromDDL("team_id string, total_cost decimal(38,21)"),
            Partitioning.whole(),
            Map.of(),
            Set.of());
    try (NightStage night = lake.begin("night-1")) {
      night.stageAll(
          statements,
          session.sql(
              "select 'search' as team_id, cast(1.5 as decimal(38,21)) as total_cost"
                  + " union all select 'platform', cast(2.5 as decimal(38,21))"));
      night.publish(List.of(), Map.of());
    }
  }
}
