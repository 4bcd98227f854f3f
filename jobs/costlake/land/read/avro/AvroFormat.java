package costlake.land.read.avro;

import costlake.land.read.rows.BinaryFormat;
import costlake.land.read.rows.FilePlan;
import costlake.land.read.rows.FileShape;
import costlake.land.read.rows.FileSlice;
import costlake.land.read.rows.RowReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;

/** Avro object container files. The header has the columns, the blocks have the rows. */
public final class AvroFormat extends BinaryFormat {
  @Override
  public List<String> suffixes() {
    return List.of(".avro");
  }

  @Override
  public boolean columnar() {
    return false;
  }

  @Override
  public List<String> columns(Path file, String name, int recordBytesMax, FileShape shape) {
    try {
      return AvroFile.of(file).fields().stream().map(Schema.Field::name).toList();
    } catch (IOException e) {
      throw RowReader.broken(name, e);
    }
  }

  @Override
  public List<FileSlice> slices(Path file, long bytesMin) {
    try {
      return FileSlice.of(AvroFile.of(file).parts(), bytesMin);
    } catch (IOException e) {
      throw RowReader.broken(file.toString(), e);
    }
  }

  @Override
  public RowReader open(FilePlan file, Set<Integer> wanted, FileSlice slice) throws IOException {
    return AvroRowReader.open(file, wanted, slice);
  }
}
