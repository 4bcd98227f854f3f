package costlake.land.read;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.spark.sql.connector.read.InputPartition;

/**
 * The part that one task reads: a CSV file, or row groups of a Parquet file.
 *
 * @param slice of a Parquet file
 */
record DeliveredPart(FilePlan file, ParquetSlice slice) implements InputPartition {
  private static final long SLICE_BYTES = 32L << 20;

  static Stream<DeliveredPart> of(FilePlan file) {
    return Formats.parquet(file.path())
        ? ParquetFooter.slices(Path.of(file.path()), SLICE_BYTES).stream()
            .map(slice -> new DeliveredPart(file, slice))
        : Stream.of(new DeliveredPart(file, ParquetSlice.WHOLE));
  }
}
