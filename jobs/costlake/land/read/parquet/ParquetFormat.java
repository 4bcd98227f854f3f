package costlake.land.read.parquet;

import costlake.land.read.rows.BinaryFormat;
import costlake.land.read.rows.FilePlan;
import costlake.land.read.rows.FileShape;
import costlake.land.read.rows.FileSlice;
import costlake.land.read.rows.RowReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Parquet files. The footer has the columns and the positions of the row groups. */
public final class ParquetFormat extends BinaryFormat {
  @Override
  public List<String> suffixes() {
    return List.of(".parquet");
  }

  @Override
  public boolean columnar() {
    return true;
  }

  @Override
  public List<String> columns(Path file, String name, int recordBytesMax, FileShape shape) {
    return ParquetFooter.columns(file, name);
  }

  @Override
  public List<FileSlice> slices(Path file, long bytesMin) {
    return ParquetFooter.slices(file, bytesMin);
  }

  @Override
  public RowReader open(FilePlan file, Set<Integer> wanted, FileSlice slice) throws IOException {
    return ParquetRowReader.open(file, wanted, slice);
  }
}
