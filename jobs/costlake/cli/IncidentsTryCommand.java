package costlake.cli;

import costlake.incident.Detector;
import costlake.incident.Judgement;
import costlake.incident.SeasonalDetector;
import costlake.incident.SeriesFile;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs {@code costlake incidents try}: the detector on any series. */
@Command(
    name = "try",
    description = {
      "Judge each point of a series by the points before it.",
      "Prints what was expected, how rare the point is (score 0.5: one point in ten, 0.67: one in a"
          + " hundred, 0.75: one in a thousand) and whether it is part of an incident. Needs no"
          + " configuration."
    },
    footer = {
      "",
      "Example: costlake incidents try series.csv --time day --value cost --format csv"
    })
final class IncidentsTryCommand implements Runnable {
  private static final List<String> COLUMNS =
      List.of("timestamp", "value", "expected", "score", "incident");

  /** Expectations have no more digits that mean something. */
  private static final MathContext EXPECTED = new MathContext(9);

  private static final int SCORE_DIGITS = 6;

  private static final String BACKWARDS =
      "Lines whose time is not later than the line before: %d, first line %d (%s). They were judged"
          + " in the order of the file. If that is not the order in which they became known, sort"
          + " the file.";

  @Mixin CommonOptions common;
  @Mixin FormatOption format;

  @Parameters(
      paramLabel = "SERIES.csv",
      description =
          "CSV file with a header, in the order in which the points became known; or .gz, .zst.")
  Path file;

  @Option(
      names = "--time",
      paramLabel = "COLUMN",
      defaultValue = "timestamp",
      description =
          "Column with the time: ISO 8601, UTC if it has no zone, or a date (default: timestamp).")
  String time;

  @Option(
      names = "--value",
      paramLabel = "COLUMN",
      defaultValue = "value",
      description = "Column with the value (default: value).")
  String value;

  @Override
  public void run() {
    SeriesFile series = SeriesFile.read(file, time, value);
    Detector detector = new SeasonalDetector();
    new ResultPrinter(common.data())
        .print(
            format.chosen,
            COLUMNS,
            series.points().stream().map(point -> row(point, detector)).iterator());
    sayBackwards(series.backwards(), series.firstBackwards());
  }

  private void sayBackwards(int lines, SeriesFile.@Nullable Point first) {
    if (first != null) {
      common.console().say(BACKWARDS.formatted(lines, first.line(), first.written()));
    }
  }

  private static Row row(SeriesFile.Point point, Detector detector) {
    Judgement judgement = detector.judge(point.time(), point.value());
    Double expected = judgement.expected();
    return RowFactory.create(
        point.written(),
        BigDecimal.valueOf(point.value()),
        expected == null ? null : new BigDecimal(expected, EXPECTED),
        BigDecimal.valueOf(judgement.score()).setScale(SCORE_DIGITS, RoundingMode.HALF_UP),
        judgement.incident());
  }
}
