package costlake.land.read.rows;

import java.nio.file.Path;
import java.util.List;

/** A format of lines of text. A file is read from its first line to its last, by one task. */
public abstract class TextFormat implements Format {
  @Override
  public final boolean compressible() {
    return true;
  }

  @Override
  public final boolean columnar() {
    return false;
  }

  @Override
  public final String unit() {
    return "line";
  }

  @Override
  public final List<FileSlice> slices(Path file, long bytesMin) {
    return List.of(FileSlice.WHOLE);
  }
}
