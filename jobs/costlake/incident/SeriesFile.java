package costlake.incident;

import costlake.compress.Compression;
import costlake.core.Failure;
import costlake.core.FileErrors;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A series in a CSV file with a header, in UTF-8, also compressed by gzip or zstd. A hole is a line
 * that is not there.
 */
public final class SeriesFile {
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d{1,3})?");

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final Path file;
  private final String time;
  private final String value;
  private final List<Point> points = new ArrayList<>();
  private int backwards;
  private @Nullable Point firstBackwards;

  private SeriesFile(Path file, String time, String value) {
    this.file = file;
    this.time = time;
    this.value = value;
  }

  /**
   * A point of the series.
   *
   * @param written the time as it is written in the file
   * @param line the line of the file, from 1
   */
  public record Point(String written, Instant time, double value, long line) {}

  /**
   * Reads a file.
   *
   * @param time name of the column with times: ISO 8601 with T or a space, UTC if it has no zone,
   *     or a date
   * @param value name of the column with values
   * @throws Failure with exit code 2 if the file cannot be read or has no such column, 3 if a line
   *     is wrong or the times descend
   */
  public static SeriesFile read(Path file, String time, String value) {
    SeriesFile series = new SeriesFile(file, time, value);
    try (Reader text = series.open();
        CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(text)) {
      rows.forEach(series::add);
    } catch (IOException e) {
      throw FileErrors.of(file, e);
    } catch (UncheckedIOException e) {
      throw FileErrors.of(file, Objects.requireNonNull(e.getCause()));
    } catch (CsvParseException e) {
      throw Failure.data(e, "%s is no CSV: %s. Correct it.", file, e.getMessage());
    }
    series.check();
    return series;
  }

  /** Returns the points in the order of the file. */
  public List<Point> points() {
    return List.copyOf(points);
  }

  /** Returns the number of points that are not later than the point before. */
  public int backwards() {
    return backwards;
  }

  /** Returns the first point that is not later than the point before; null if there is none. */
  public @Nullable Point firstBackwards() {
    return firstBackwards;
  }

  private Reader open() throws IOException {
    InputStream bytes = Files.newInputStream(file);
    try {
      InputStream plain = Compression.content(file.toString(), bytes);
      return new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8.newDecoder()));
    } catch (IOException e) {
      bytes.close();
      throw e;
    }
  }

  private void add(NamedCsvRecord row) {
    long line = row.getStartingLineNumber();
    String written = field(row, time).strip();
    Point point = new Point(written, instant(written, line), number(row, line), line);
    if (!points.isEmpty() && !point.time().isAfter(points.get(points.size() - 1).time())) {
      backwards++;
      firstBackwards = firstBackwards == null ? point : firstBackwards;
    }
    points.add(point);
  }

  private String field(NamedCsvRecord row, String column) {
    if (row.getHeader().contains(BYTE_ORDER_MARK + column)) {
      return field(row, BYTE_ORDER_MARK + column);
    }
    if (!row.getHeader().contains(column)) {
      throw Failure.operator(
          "%s has no column '%s', but %s. Name the columns with --time and --value.",
          file, column, String.join(", ", row.getHeader()));
    }
    return row.findField(column).orElse("");
  }

  private Instant instant(String written, long line) {
    try {
      String iso = written.replace(' ', 'T');
      if (iso.indexOf('T') < 0) {
        return LocalDate.parse(iso).atStartOfDay(ZoneOffset.UTC).toInstant();
      }
      return iso.matches(".*T.*(Z|[-+]\\d\\d:?\\d\\d)")
          ? OffsetDateTime.parse(iso).toInstant()
          : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw Failure.data(
          e,
          "%s, line %d: %s is '%s', which is no time. Write it like 2026-09-01 or"
              + " 2026-09-01T13:00:00Z.",
          file,
          line,
          time,
          written);
    }
  }

  private double number(NamedCsvRecord row, long line) {
    String written = field(row, value).strip();
    if (written.isEmpty()) {
      throw Failure.data(
          "%s, line %d: %s is empty. Remove lines without a value: a missing line is a hole.",
          file, line, value);
    }
    double number = NUMBER.matcher(written).matches() ? Double.parseDouble(written) : Double.NaN;
    if (!(Math.abs(number) <= SeasonalDetector.LARGEST)) {
      throw Failure.data(
          "%s, line %d: %s is '%s', which is no number that can be judged. Correct it, or remove"
              + " the line.",
          file, line, value, written);
    }
    return number;
  }

  private void check() {
    if (points.isEmpty()) {
      throw Failure.data("%s has no points. Give a CSV file with a header and lines.", file);
    }
    if (backwards > points.size() / 2) {
      throw Failure.data(
          "%s, line %d: most lines are not later than the line before. A point is judged by what"
              + " came before it. Sort the file by %s.",
          file, firstBackwards == null ? 0 : firstBackwards.line(), time);
    }
  }
}
