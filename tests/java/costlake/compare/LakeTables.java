package costlake.compare;

import costlake.close.CloseJournal;
import costlake.config.LakeConfig;
import costlake.lake.Lake;
import costlake.lake.Sessions;
import costlake.lake.TableName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The tables of a lake: those of the last publication, those of {@code ops}, and those that closes
 * froze. Reading them does not change the lake.
 */
final class LakeTables {
  private static final String OPS = "ops.";

  private final SparkSession session;
  private final Lake lake;

  private LakeTables(Path root, SparkSession engine) {
    LakeConfig config = config(root);
    Lake.require(config);
    this.session = Sessions.session(engine, config);
    Sessions.prepareFor(session, Map.of(), 0);
    this.lake = Lake.open(config, session);
  }

  /**
   * Returns the rows of all tables by name. The table that a close froze is named e.g. {@code
   * reporting.statements, close 1 of 2026-08}.
   *
   * @param root folder of a lake in either format, with the catalog in its folder
   */
  static SortedMap<String, Dataset<Row>> of(Path root, SparkSession engine) {
    LakeTables tables = new LakeTables(root.toAbsolutePath().normalize(), engine);
    SortedMap<String, Dataset<Row>> rows = new TreeMap<>(tables.frozen());
    tables.lake.registerViews(name -> name.startsWith(OPS));
    tables.lake.tables().forEach(name -> rows.put(name, tables.rows(name)));
    return rows;
  }

  private static LakeConfig config(Path root) {
    boolean isIceberg = Files.exists(root.resolve("catalog.db"));
    return new LakeConfig(
        isIceberg ? LakeConfig.Format.ICEBERG : LakeConfig.Format.DELTA,
        root.toString(),
        LakeConfig.NativeColumns.UNLISTED,
        new LakeConfig.Catalog("lake", LakeConfig.CatalogType.JDBC, null, null, Map.of()));
  }

  private Dataset<Row> rows(String name) {
    return name.startsWith(OPS)
        ? session.table("spark_catalog." + name)
        : lake.read(TableName.parse(name));
  }

  private Map<String, Dataset<Row>> frozen() {
    CloseJournal journal = CloseJournal.of(lake.decided());
    Map<String, Dataset<Row>> frozen = new TreeMap<>();
    journal.all().stream()
        .map(decision -> decision.content())
        .forEach(
            close ->
                close
                    .pins()
                    .keySet()
                    .forEach(
                        table ->
                            frozen.put(
                                "%s, close %d of %s"
                                    .formatted(table, close.closeNumber(), close.period()),
                                journal.compared(close, TableName.parse(table)))));
    return frozen;
  }
}
