package costlake.convert;

import costlake.config.SourceKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The input and output of a conversion.
 *
 * @param paths files and folders
 * @param kind kind of the files; if empty, the header of each file determines its kind
 * @param to folder in which {@code cost_and_usage/} or {@code cost_and_usage.csv} is written
 * @param version FOCUS version of the output
 */
public record ConvertRequest(
    List<Path> paths, Optional<SourceKind> kind, Path to, Format format, FocusVersion version) {
  /** The format of the output. */
  public enum Format {
    /** A folder of Parquet files. */
    PARQUET,
    /** One CSV file as RFC 4180 and FOCUS define it. */
    CSV
  }

  public ConvertRequest {
    paths = List.copyOf(paths);
  }
}
