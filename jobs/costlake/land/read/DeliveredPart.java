package costlake.land.read;

import costlake.land.read.rows.FilePlan;
import costlake.land.read.rows.FileSlice;
import java.util.stream.Stream;
import org.apache.spark.sql.connector.read.InputPartition;

/**
 * The part of the delivered files that one task reads: a text file, or a slice of a binary file.
 */
record DeliveredPart(FilePlan file, FileSlice slice) implements InputPartition {
  private static final long SLICE_BYTES = 32L << 20;

  static Stream<DeliveredPart> of(FilePlan file) {
    return TableFiles.slices(file, SLICE_BYTES).stream()
        .map(slice -> new DeliveredPart(file, slice));
  }
}
