package costlake.telemetry.prometheus;

import costlake.config.SourceKinds;
import costlake.core.Failure;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A list of the kind {@code prometheus} that says what metrics mean, as CSV with a header.
 *
 * @param path path of the list, for messages
 */
public record ListOfMetrics(String path, List<NamedCsvRecord> rows) {
  private static final String FOLDER = "sources/prometheus/";

  public ListOfMetrics {
    rows = List.copyOf(rows);
  }

  /** Reads the list with this name on the class path. */
  public static ListOfMetrics embedded(String name) {
    return read(name, Objects.requireNonNull(SourceKinds.files().get(FOLDER + name), name));
  }

  /** Reads a list. */
  public static ListOfMetrics read(String name, String text) {
    try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(text)) {
      return new ListOfMetrics(FOLDER + name, reader.stream().toList());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + FOLDER + name, e);
    }
  }

  /** Returns a field; null if it is empty. */
  public static @Nullable String optional(NamedCsvRecord row, String column) {
    String text = row.getField(column);
    return text.isEmpty() ? null : text;
  }

  /** Returns the texts of a field that are separated by this character. */
  public static List<String> several(NamedCsvRecord row, String column, char separator) {
    return Stream.of(row.getField(column).split("[" + separator + "]", -1))
        .filter(text -> !text.isEmpty())
        .toList();
  }

  /** Returns the factor that converts the values of a metric to base units. */
  public BigDecimal factor(NamedCsvRecord row) {
    try {
      return new BigDecimal(row.getField("factor"));
    } catch (NumberFormatException e) {
      throw wrong(row, "the factor is not a number");
    }
  }

  /** Returns the constant whose name in lower case is in the column {@code measure}. */
  public <E extends Enum<E>> E measure(NamedCsvRecord row, E[] constants) {
    String name = row.getField("measure");
    return Stream.of(constants)
        .filter(measure -> lower(measure).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                wrong(
                    row,
                    "measure cannot be '%s'. Allowed: %s"
                        .formatted(
                            name,
                            Stream.of(constants)
                                .map(ListOfMetrics::lower)
                                .collect(Collectors.joining(", ")))));
  }

  private static String lower(Enum<?> measure) {
    return measure.name().toLowerCase(Locale.ROOT);
  }

  /** Returns a failure with exit code 2 that names the file and the line of a wrong entry. */
  public Failure wrong(NamedCsvRecord row, String why) {
    return Failure.operator(
        "Cannot use %s, line %d (%s): %s.",
        path, row.getStartingLineNumber(), String.join(",", row.getFields()), why);
  }
}
