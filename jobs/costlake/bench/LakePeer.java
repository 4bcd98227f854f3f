package costlake.bench;

import costlake.config.Config;
import costlake.lake.Lake;
import costlake.lake.Sessions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** Runs the group-by of {@link DuckPeer} on the published table, in a separate process. */
final class LakePeer {
  private static final int TIMES = 3;

  private LakePeer() {}

  /**
   * Runs the query several times on the lake of a configuration, and prints the seconds of the
   * fastest run.
   *
   * @param args folder of the configuration, then keys to set, as {@code KEY=VALUE}
   */
  public static void main(String[] args) throws IOException {
    Map<String, String> settings = new LinkedHashMap<>();
    for (String setting : List.of(args).subList(1, args.length)) {
      String[] parts = setting.split("=", 2);
      settings.put(parts[0], parts[1]);
    }
    Config config = Config.load(Path.of(args[0]), null, settings);
    try (SparkSession spark = Sessions.open(config)) {
      Lake.open(config.lake(), spark).registerViews("focus.cost_and_usage"::equals);
      double fastest = Double.MAX_VALUE;
      for (int i = 0; i < TIMES; i++) {
        long start = System.nanoTime();
        spark
            .sql(
                "select SubAccountId, ServiceName, sum(EffectiveCost) from focus.cost_and_usage group by all")
            .collectAsList();
        fastest = Math.min(fastest, (System.nanoTime() - start) / 1e9);
      }
      System.out.printf(Locale.ROOT, "%n%.3f%n", fastest);
    }
  }
}
