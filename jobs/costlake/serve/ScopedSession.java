package costlake.serve;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.storage.StorageLevel;

/**
 * A Spark session with the rows of one publication that a scope may see. Queries of the session can
 * reach neither other rows, nor the catalog of the lake, nor files. The rows are read once and then
 * cached.
 */
final class ScopedSession {
  private final SparkSession session;
  private final Map<String, SecuredTable> tables;

  private ScopedSession(SparkSession session, Map<String, SecuredTable> tables) {
    this.session = session;
    this.tables = tables;
  }

  /**
   * Opens a session.
   *
   * @param engine the session that reads the lake
   * @param names the tables of the publication that users are offered, with their namespace
   * @param read reads all rows of one of these tables
   */
  static ScopedSession open(
      SparkSession engine,
      Iterable<String> names,
      Function<String, Dataset<Row>> read,
      TeamScope scope) {
    Map<String, SecuredTable> tables = new TreeMap<>();
    for (String name : names) {
      SparkSession.setActiveSession(engine);
      Dataset<Row> rows = read.apply(name);
      scope
          .condition(name, List.of(rows.columns()))
          .ifPresent(condition -> tables.put(name, secured(name, rows.filter(condition))));
    }
    return new ScopedSession(session(engine, tables), Map.copyOf(tables));
  }

  private static SecuredTable secured(String name, Dataset<Row> rows) {
    RDD<InternalRow> kept =
        ((org.apache.spark.sql.classic.Dataset<Row>) rows)
            .queryExecution()
            .toRdd()
            .toJavaRDD()
            .map(InternalRow::copy)
            .rdd()
            .persist(StorageLevel.MEMORY_AND_DISK());
    return new SecuredTable(name, rows.schema(), kept);
  }

  private static SparkSession session(SparkSession engine, Map<String, SecuredTable> tables) {
    SparkSession session = engine.newSession();
    session.conf().set("spark.sql.runSQLOnFiles", "false");
    session.conf().set("spark.sql.ansi.doubleQuotedIdentifiers", "true");
    OfferedFunctions.removeOthers(session);
    SecuredCatalog.install(session, tables);
    return session;
  }

  SparkSession session() {
    return session;
  }

  /** Returns the tables by name with the namespace. */
  Map<String, SecuredTable> tables() {
    return new TreeMap<>(tables);
  }

  /** Removes the cached rows. A query that still runs reads them again. */
  void close() {
    tables.values().forEach(SecuredTable::release);
  }
}
