package costlake.convert;

import costlake.config.SourceKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The input and output of a conversion.
 *
 * @param paths files and folders
 * @param kind their kind; empty means: recognised by the header of each file
 * @param to folder that gets {@code cost_and_usage/} or {@code cost_and_usage.csv}
 * @param version whose columns are written
 */
public record ConvertRequest(
    List<Path> paths, Optional<SourceKind> kind, Path to, Format format, FocusVersion version) {
  /** The format of the output. */
  public enum Format {
    /** A folder of Parquet files, typed. */
    PARQUET,
    /** One CSV file as RFC 4180 and the FOCUS formats have it. */
    CSV
  }

  public ConvertRequest {
    paths = List.copyOf(paths);
  }
}
