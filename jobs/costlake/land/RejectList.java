package costlake.land;

import costlake.core.Failure;
import costlake.core.FileErrors;
import costlake.core.SpreadsheetFormulas;
import costlake.core.TemporaryOutput;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A CSV file that lists what was left out, and why. The first row creates the file, so that there
 * is none if nothing was left out. Text that a spreadsheet would run gets an apostrophe in front.
 */
public final class RejectList implements AutoCloseable {
  private final Path file;
  private final Path shown;
  private final LineDelimiter lineEnd;
  private final List<String> columns;
  private @Nullable CsvWriter csv;
  private long rows;

  private RejectList(Path file, Path shown, LineDelimiter lineEnd, String... columns) {
    this.file = file;
    this.shown = shown;
    this.lineEnd = lineEnd;
    this.columns = List.of(columns);
  }

  /** Creates an empty list with line ends of RFC 4180. */
  public static RejectList at(Path file, String... columns) {
    return new RejectList(file, file, LineDelimiter.CRLF, columns);
  }

  /** Creates an empty list whose file is moved into place later. */
  public static RejectList in(TemporaryOutput output, LineDelimiter lineEnd, String... columns) {
    return new RejectList(output.path(), output.output(), lineEnd, columns);
  }

  /**
   * Adds a row.
   *
   * @throws Failure with exit code 2 if the file exists or cannot be written
   */
  public void add(String... values) {
    rows++;
    try {
      if (csv == null) {
        csv =
            CsvWriter.builder()
                .lineDelimiter(lineEnd)
                .build(
                    Files.newBufferedWriter(
                        file, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW));
        csv.writeRecord(columns);
      }
      csv.writeRecord(Arrays.stream(values).map(SpreadsheetFormulas::inert).toList());
    } catch (IOException | UncheckedIOException e) {
      throw unwritable(e);
    }
  }

  /** Returns the number of rows. */
  public long rows() {
    return rows;
  }

  @Override
  public void close() {
    if (csv != null) {
      try {
        csv.close();
      } catch (IOException e) {
        throw unwritable(e);
      }
    }
  }

  private Failure unwritable(Exception e) {
    return Failure.operator(e, "Cannot write %s: %s", shown, FileErrors.why(e));
  }
}
