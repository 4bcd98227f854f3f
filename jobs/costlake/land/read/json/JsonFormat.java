package costlake.land.read.json;

import costlake.compress.Compression;
import costlake.core.Failure;
import costlake.land.read.rows.FilePlan;
import costlake.land.read.rows.FileShape;
import costlake.land.read.rows.FileSlice;
import costlake.land.read.rows.RowReader;
import costlake.land.read.rows.TextFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** JSON objects, one per line or in documents. The columns are the keys of all objects. */
public final class JsonFormat extends TextFormat {
  private static final int COLUMNS_MAX = 10_000;
  private static final int FIRST_LINES = 100;
  private static final int FIRST_BYTES_MAX = 1 << 20;

  @Override
  public List<String> suffixes() {
    return List.of(".jsonl", ".ndjson", ".json");
  }

  @Override
  public List<String> columns(Path file, String name, int recordBytesMax, FileShape shape) {
    Set<String> columns = new LinkedHashSet<>();
    try (JsonLines lines = open(file, recordBytesMax, shape.rowArrays())) {
      Set<String> ofLine = new LinkedHashSet<>();
      String problem = "the file is empty";
      while (lines.next(key -> noted(ofLine, key))) {
        if (lines.problem() == null) {
          columns.addAll(ofLine);
        } else if (columns.isEmpty()) {
          problem = "line " + lines.number() + " is " + lines.problem();
        }
        ofLine.clear();
        refuseNoTable(name, columns.size());
      }
      if (!lines.isEmptyList()) {
        refuseEmpty(name, columns, problem);
      }
    } catch (IOException e) {
      throw RowReader.broken(name, e);
    }
    return List.copyOf(columns);
  }

  /** Reads the keys of the first objects; empty if the file is empty or damaged. */
  public static Optional<List<String>> firstKeys(Path file) {
    Set<String> keys = new LinkedHashSet<>();
    try (JsonLines lines = open(file, FIRST_BYTES_MAX, Set.of())) {
      while (lines.number() < FIRST_LINES && lines.next(key -> noted(keys, key))) {
        refuseNoTable(file.toString(), keys.size());
      }
      return lines.number() == 0 ? Optional.empty() : Optional.of(List.copyOf(keys));
    } catch (JsonLines.Unfit | Failure e) {
      return Optional.of(List.copyOf(keys));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static @Nullable String noted(Set<String> keys, String key) {
    keys.add(key);
    return null;
  }

  private static void refuseNoTable(String name, int columns) {
    if (columns > COLUMNS_MAX) {
      throw Failure.data(
          """
          Cannot read %s: its objects have more than %d different keys, so they are not rows of one
          table. Have it exported with the same keys in each object.
          """,
          name, COLUMNS_MAX);
    }
  }

  private static void refuseEmpty(String name, Set<String> columns, String problem) {
    if (columns.isEmpty()) {
      throw Failure.data(
          "Cannot read %s: it has no JSON object with a key; %s. Deliver it again.", name, problem);
    }
  }

  @Override
  public RowReader open(FilePlan file, Set<Integer> wanted, FileSlice slice) throws IOException {
    Path path = Path.of(file.path());
    return new JsonRowReader(
        file, wanted, open(path, file.recordBytesMax(), file.layout().rowArrays()));
  }

  private static JsonLines open(Path file, int recordBytesMax, Set<String> rowArrays)
      throws IOException {
    InputStream content = Compression.content(file.toString(), Files.newInputStream(file));
    return new JsonLines(content, recordBytesMax, rowArrays);
  }
}
