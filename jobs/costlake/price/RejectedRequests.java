package costlake.price;

import costlake.core.Failure;
import costlake.core.FileErrors;
import costlake.core.SpreadsheetFormulas;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what could not be priced: counts all, keeps the first, and lists all in a file. */
final class RejectedRequests implements AutoCloseable {
  private static final int FIRST = 5;

  private final @Nullable Path file;
  private final List<String> first = new ArrayList<>();
  private @Nullable CsvWriter list;
  private long count;

  private RejectedRequests(@Nullable Path file) {
    this.file = file;
  }

  /**
   * Creates an empty collection.
   *
   * @param file the list to write if there are any; null for none
   */
  static RejectedRequests in(@Nullable Path file) {
    if (file != null && Files.exists(file)) {
      throw Failure.operator(
          "Cannot write %s: it already exists. Remove it, or name another file with --rejects.",
          file);
    }
    return new RejectedRequests(file);
  }

  void add(Path traffic, String unit, long row, String reason) {
    count++;
    if (first.size() < FIRST) {
      first.add(traffic + " " + unit + " " + row + ": " + reason);
    }
    if (file != null) {
      write(file, traffic.toString(), Long.toString(row), reason);
    }
  }

  private void write(Path to, String traffic, String row, String reason) {
    try {
      if (list == null) {
        list =
            CsvWriter.builder()
                .build(
                    Files.newBufferedWriter(
                        to, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW));
        list.writeRecord("file", "row", "reason");
      }
      list.writeRecord(SpreadsheetFormulas.inert(traffic), row, SpreadsheetFormulas.inert(reason));
    } catch (IOException | UncheckedIOException e) {
      throw unwritable(to, e);
    }
  }

  private static Failure unwritable(Path file, Exception e) {
    return Failure.operator(e, "Cannot write %s: %s", file, FileErrors.why(e));
  }

  long count() {
    return count;
  }

  List<String> first() {
    return List.copyOf(first);
  }

  @Override
  public void close() {
    if (list != null && file != null) {
      try {
        list.close();
      } catch (IOException e) {
        throw unwritable(file, e);
      }
    }
  }
}
