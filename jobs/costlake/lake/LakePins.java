package costlake.lake;

import costlake.decide.Pins;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Pins of the tables of a lake.
 *
 * @param disk forces the files of pins to disk, before a decision names them
 */
record LakePins(TableFormat format, DiskSync disk) implements Pins {
  @Override
  public String pin(String table, String version, String label, Column rows) {
    TableName name = TableName.parse(table);
    String pin = format.pin(name, version, label, rows);
    disk.force(name);
    return pin;
  }

  @Override
  public Dataset<Row> rows(String table, String pin) {
    return format.pinned(TableName.parse(table), pin);
  }
}
