package costlake.land.read;

import costlake.core.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;

/**
 * What the footer of a Parquet file tells.
 *
 * @param columns top-level columns as delivered
 * @param schema the whole schema as text; files with the same text can be read together
 */
public record ParquetFacts(String path, List<String> columns, String schema, long rows) {
  public ParquetFacts {
    columns = List.copyOf(columns);
  }

  /**
   * Reads a footer.
   *
   * @throws Failure of the data's family when the file is truncated or no Parquet
   */
  public static ParquetFacts read(Path file) {
    ParquetMetadata footer = footer(file);
    MessageType schema = footer.getFileMetaData().getSchema();
    long rows = footer.getBlocks().stream().mapToLong(BlockMetaData::getRowCount).sum();
    List<String> columns = schema.getFields().stream().map(type -> type.getName()).toList();
    return new ParquetFacts(file.toString(), columns, schema.toString(), rows);
  }

  /**
   * The first and last month (YYYY-MM) that a date column holds by the statistics of the file;
   * empty when there are none.
   */
  public static Set<String> months(Path file, String column) {
    Set<String> months = new TreeSet<>();
    for (BlockMetaData block : footer(file).getBlocks()) {
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
    if (value instanceof Binary text && text.length() >= 7) {
      months.add(text.toStringUsingUTF8().substring(0, 7));
    } else if (value instanceof Integer day) {
      months.add(YearMonth.from(LocalDate.ofEpochDay(day)).toString());
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

  private static ParquetMetadata footer(Path file) {
    try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file))) {
      return reader.getFooter();
    } catch (IOException | RuntimeException e) {
      throw Failure.data(
          "Cannot read "
              + file
              + ": "
              + e.getMessage()
              + ". The file is truncated or no Parquet; deliver it again.",
          e);
    }
  }
}
