package costlake.testing;

import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/**
 * Views that stand for tables of a lake, in the session that all tests share, until they are
 * dropped.
 */
public final class CatalogViews implements AutoCloseable {
  private final SparkSession spark;
  private final TreeSet<String> names = new TreeSet<>();

  /** Creates a set without views. */
  public CatalogViews(SparkSession spark) {
    this.spark = spark;
  }

  /** Creates or replaces the view of a table, such as {@code reporting.statements}. */
  public void create(String table, String query) {
    spark.sql("create database if not exists " + table.substring(0, table.indexOf('.')));
    spark.sql("create or replace view " + table + " as " + query);
    names.add(table);
  }

  /** Creates the view of a table without rows, from its columns and their types. */
  public void createEmpty(String table, Map<String, String> types) {
    create(
        table,
        types.entrySet().stream()
            .map(column -> "cast(null as %s) as `%s`".formatted(column.getValue(), column.getKey()))
            .collect(Collectors.joining(", ", "select ", " where false")));
  }

  /** Drops the views. */
  @Override
  public void close() {
    names.forEach(name -> spark.sql("drop view " + name));
    names.clear();
  }
}
