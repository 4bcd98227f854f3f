package costlake.land.read.csv;

import costlake.land.read.rows.FilePlan;
import costlake.land.read.rows.FileShape;
import costlake.land.read.rows.FileSlice;
import costlake.land.read.rows.RowReader;
import costlake.land.read.rows.TextFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** CSV files, and files whose fields are separated by bars. The first record is the header. */
public final class CsvFormat extends TextFormat {
  @Override
  public List<String> suffixes() {
    return Stream.concat(Stream.of(".csv"), Separation.BARS.stream()).toList();
  }

  @Override
  public List<String> columns(Path file, String name, int recordBytesMax, FileShape shape) {
    return CsvHeader.columns(file, name, shape);
  }

  @Override
  public RowReader open(FilePlan file, Set<Integer> wanted, FileSlice slice) throws IOException {
    return CsvRowReader.open(file);
  }
}
