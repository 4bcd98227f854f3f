package costlake.land.read;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** CSV files, and files whose fields are separated by bars. The first record is the header. */
final class CsvFormat extends TextFormat {
  @Override
  public List<String> suffixes() {
    return List.of(".csv", Separation.BARS_SUFFIX);
  }

  @Override
  public List<String> columns(
      Path file, String name, int recordBytesMax, Set<String> lists) {
    return CsvHeader.columns(file, name);
  }

  @Override
  public RowReader open(FilePlan file, Set<Integer> wanted, FileSlice slice) throws IOException {
    return CsvRowReader.open(file);
  }
}
