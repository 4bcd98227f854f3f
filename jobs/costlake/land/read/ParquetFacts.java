package costlake.land.read;

import costlake.core.Failure;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * What the footer of a Parquet file tells.
 *
 * @param columns top-level columns as delivered
 * @param schema the whole schema as text; files with the same text can be read together
 */
public record ParquetFacts(String path, List<String> columns, String schema, long rows) {
  private static final int MONTH_TEXT = 7;
  private static final int INT96_BYTES = 12;
  private static final int JULIAN_DAY_OF_EPOCH = 2_440_588;

  public ParquetFacts {
    columns = List.copyOf(columns);
  }

  /**
   * Reads a footer.
   *
   * @throws Failure of the data's family when the file is truncated or no Parquet
   */
  public static ParquetFacts read(Path file) {
    return read(file, file.toString());
  }

  /**
   * Reads the footer of a copy.
   *
   * @param name where it was delivered, for messages
   * @throws Failure of the data's family when the file is truncated or no Parquet, or when two
   *     columns differ in letter case alone
   */
  public static ParquetFacts read(Path file, String name) {
    ParquetMetadata footer = footer(file, name);
    MessageType schema = footer.getFileMetaData().getSchema();
    long rows = footer.getBlocks().stream().mapToLong(BlockMetaData::getRowCount).sum();
    List<String> columns = schema.getFields().stream().map(type -> type.getName()).toList();
    distinct(name, columns);
    return new ParquetFacts(name, columns, schema.toString(), rows);
  }

  private static void distinct(String name, List<String> columns) {
    Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (String column : columns) {
      if (!seen.add(column)) {
        throw Failure.data(
            "Cannot read "
                + name
                + ": it has column '"
                + column
                + "' twice, letter case aside, so its values are ambiguous. Deliver it again with"
                + " each column once.");
      }
    }
  }

  /**
   * The first and last month (YYYY-MM) that a date column holds by the statistics of the file;
   * empty when there are none.
   */
  public static Set<String> months(Path file, String column) {
    Set<String> months = new TreeSet<>();
    for (BlockMetaData block : footer(file, file.toString()).getBlocks()) {
      for (ColumnChunkMetaData chunk : block.getColumns()) {
        if (chunk.getPath().size() == 1 && chunk.getPath().toArray()[0].equals(column)) {
          Statistics<?> statistics = chunk.getStatistics();
          if (statistics != null && statistics.hasNonNullValue()) {
            add(months, statistics.genericGetMin(), chunk.getPrimitiveType());
            add(months, statistics.genericGetMax(), chunk.getPrimitiveType());
          }
        }
      }
    }
    return months;
  }

  private static void add(Set<String> months, Object value, PrimitiveType type) {
    if (value instanceof Binary text
        && type.getPrimitiveTypeName() == PrimitiveTypeName.BINARY
        && text.length() >= MONTH_TEXT) {
      months.add(text.toStringUsingUTF8().substring(0, MONTH_TEXT));
    } else if (value instanceof Binary int96 && int96.length() == INT96_BYTES) {
      int julianDay = int96.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN).getInt(Long.BYTES);
      add(months, julianDay - JULIAN_DAY_OF_EPOCH);
    } else if (value instanceof Integer day) {
      add(months, day);
    } else if (value instanceof Long ticks
        && type.getLogicalTypeAnnotation() instanceof TimestampLogicalTypeAnnotation time) {
      long second =
          switch (time.getUnit()) {
            case MILLIS -> Math.floorDiv(ticks, 1_000L);
            case MICROS -> Math.floorDiv(ticks, 1_000_000L);
            case NANOS -> Math.floorDiv(ticks, 1_000_000_000L);
          };
      Instant instant = Instant.ofEpochSecond(second);
      months.add(YearMonth.from(instant.atZone(ZoneOffset.UTC)).toString());
    }
  }

  private static void add(Set<String> months, int epochDay) {
    months.add(YearMonth.from(LocalDate.ofEpochDay(epochDay)).toString());
  }

  /** The month (YYYY-MM) of a date column in the first row, for files without statistics of it. */
  public static Optional<String> firstMonth(Path file, String column) {
    Set<String> months = months(file, column);
    MessageType schema = footer(file, file.toString()).getFileMetaData().getSchema();
    if (!months.isEmpty()
        || !schema.containsField(column)
        || !schema.getType(column).isPrimitive()) {
      return months.stream().findFirst();
    }
    PrimitiveType type = schema.getType(column).asPrimitiveType();
    try (ParquetReader<Group> reader =
        new Rows(new LocalInputFile(file))
            .set(
                ReadSupport.PARQUET_READ_SCHEMA, new MessageType(schema.getName(), type).toString())
            .build()) {
      Group row = reader.read();
      if (row != null && row.getFieldRepetitionCount(column) > 0) {
        add(months, value(row, column, type), type);
      }
      return months.stream().findFirst();
    } catch (IOException e) {
      throw broken(file.toString(), e);
    }
  }

  private static Object value(Group row, String column, PrimitiveType type) {
    return switch (type.getPrimitiveTypeName()) {
      case INT96 -> row.getInt96(column, 0);
      case INT64 -> row.getLong(column, 0);
      case INT32 -> row.getInteger(column, 0);
      default -> row.getBinary(column, 0);
    };
  }

  private static final class Rows extends ParquetReader.Builder<Group> {
    Rows(InputFile file) {
      super(file);
    }

    @Override
    protected ReadSupport<Group> getReadSupport() {
      return new GroupReadSupport();
    }
  }

  private static ParquetMetadata footer(Path file, String name) {
    try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file))) {
      return reader.getFooter();
    } catch (IOException | RuntimeException e) {
      throw broken(name, e);
    }
  }

  private static Failure broken(String file, Exception cause) {
    return Failure.data(
        "Cannot read "
            + file
            + ": "
            + cause.getMessage()
            + ". The file is truncated or no Parquet; deliver it again.",
        cause);
  }
}
