package costlake.hours;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.when;

import costlake.convert.CsvLines;
import costlake.core.Failure;
import costlake.core.FileErrors;
import costlake.core.Reject;
import costlake.core.SpreadsheetFormulas;
import costlake.core.TemporaryOutput;
import costlake.land.Bronze;
import costlake.land.RejectList;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructField;

/**
 * The files that are written: CSV in UTF-8 with quotes only where they are needed. Hours are
 * rounded to nine digits, so that their sums are exact to seven. Text that a spreadsheet would run
 * gets an apostrophe in front.
 */
record HoursFiles(Path daily, Path jobs, Path rejects) {
  private static final int DIGITS = 9;
  private static final String LINE_END = "\n";
  private static final String COUNTED = "left_out is null";

  /**
   * What {@code rejects.csv} lists of the lines that can be read. Parts of a job are not listed.
   */
  private static final String DOUBTFUL =
      "left_out <> 'step of a job' or left_out is null and remark <> ''";

  /**
   * @throws Failure with exit code 2 if one of the files exists
   */
  static HoursFiles in(Path folder) {
    Path to = folder.toAbsolutePath().normalize();
    HoursFiles files =
        new HoursFiles(to.resolve("daily.csv"), to.resolve("jobs.csv"), to.resolve("rejects.csv"));
    files.all().forEach(HoursFiles::refuseTaken);
    return files;
  }

  private List<Path> all() {
    return List.of(daily, jobs, rejects);
  }

  private static void refuseTaken(Path output) {
    if (Files.exists(output)) {
      throw Failure.operator(
          "Cannot write %s: it already exists. Remove it, or name another folder with --to.",
          output);
    }
  }

  Draft draft() {
    return new Draft(
        TemporaryOutput.of(daily), TemporaryOutput.of(jobs), TemporaryOutput.of(rejects));
  }

  /** The files while they are written. Unless they are kept, they are removed. */
  record Draft(TemporaryOutput daily, TemporaryOutput jobs, TemporaryOutput rejects)
      implements AutoCloseable {
    /** Writes {@code daily.csv}. */
    void writeDays(List<Row> days) {
      HoursFiles.writeDays(days, daily.path());
    }

    /** Writes {@code jobs.csv}. Returns nothing. */
    List<Row> writeJobs(Dataset<Row> lines) {
      HoursFiles.writeJobs(lines, jobs.path());
      return List.of();
    }

    /**
     * Writes {@code rejects.csv}.
     *
     * @param unread the lines that cannot be read, as {@link Bronze#rejected} returns them
     */
    void writeRejects(Dataset<Row> lines, Dataset<Row> unread) {
      HoursFiles.writeRejects(lines, unread, rejects);
    }

    /** Moves the written files into place and returns their paths. */
    List<Path> keep() {
      List<TemporaryOutput> written =
          Stream.of(daily, jobs, rejects).filter(file -> Files.exists(file.path())).toList();
      written.forEach(TemporaryOutput::keep);
      return written.stream().map(TemporaryOutput::output).toList();
    }

    @Override
    public void close() {
      daily.close();
      jobs.close();
      rejects.close();
    }
  }

  private static void writeDays(List<Row> days, Path file) {
    try (CsvWriter csv = writer(file)) {
      csv.writeRecord(
          "usage_date",
          "cluster_id",
          "queue",
          "account",
          "user",
          "jobs",
          "cpu_h",
          "gpu_h",
          "wall_h");
      for (Row day : days) {
        csv.writeRecord(
            day.getDate(0).toString(),
            text(day, "cluster_id"),
            text(day, "queue"),
            text(day, "account"),
            text(day, "user"),
            Long.toString(day.<Long>getAs("jobs")),
            hours(day, "cpu_s"),
            hours(day, "gpu_s"),
            hours(day, "wall_s"));
      }
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  private static String hours(Row row, String seconds) {
    BigDecimal hours = HoursReport.hours(row.getAs(seconds), DIGITS).stripTrailingZeros();
    return hours.toPlainString();
  }

  private static void writeJobs(Dataset<Row> lines, Path file) {
    Dataset<Row> jobs =
        lines
            .where(COUNTED)
            .select(
                col("cluster_id"),
                col("job_id"),
                col("run_id"),
                col("queue"),
                col("qos"),
                col("account"),
                col("user"),
                col("group"),
                col("job_name"),
                col("state"),
                time("started_at"),
                time("ended_at"),
                col("node_list"),
                col("cpus"),
                col("gpus"),
                hours("cpus * wall_s").as("cpu_h"),
                hours("gpus * wall_s").as("gpu_h"),
                hours("wall_s").as("wall_h"),
                col("remark"),
                col("file"),
                col("line"));
    Column[] cells =
        Arrays.stream(jobs.schema().fields()).map(HoursFiles::cell).toArray(Column[]::new);
    String header = String.join(",", jobs.columns());
    CsvLines.write(jobs.select(concat_ws(",", cells)), header, LINE_END, file);
  }

  private static Column time(String instant) {
    return expr("date_format(%s, \"yyyy-MM-dd'T'HH:mm:ssXXX\")".formatted(instant)).as(instant);
  }

  private static Column hours(String seconds) {
    return expr("quotient(%s, 3600, %d)".formatted(seconds, DIGITS));
  }

  private static Column cell(StructField field) {
    Column value = col(field.name());
    Column text =
        field.dataType() instanceof DecimalType
            ? expr(
                "trim(trailing '.' from trim(trailing '0' from cast(%s as string)))"
                    .formatted(field.name()))
            : field.dataType().equals(DataTypes.StringType)
                ? quotedIfNeeded(inertIfNeeded(value))
                : value.cast(DataTypes.StringType);
    return coalesce(text, lit(""));
  }

  /** Looks at the first character before it uses the slow pattern. */
  private static Column inertIfNeeded(Column text) {
    return when(
            substring(text, 1, 1).isin("=", "+", "-", "@", "\t", "\r", "\n"),
            regexp_replace(text, SpreadsheetFormulas.START, "'"))
        .otherwise(text);
  }

  private static Column quotedIfNeeded(Column text) {
    Column special =
        text.contains(",").or(text.contains("\"")).or(text.contains("\r")).or(text.contains("\n"));
    return when(special, CsvLines.quoted(text)).otherwise(text);
  }

  private static void writeRejects(Dataset<Row> lines, Dataset<Row> unread, TemporaryOutput file) {
    try (RejectList list =
        RejectList.in(
            file, LineDelimiter.LF, "file", "line", "counted", "reason", "job_id", "raw")) {
      unread.toLocalIterator().forEachRemaining(row -> writeUnread(list, Bronze.reject(row)));
      lines
          .where(DOUBTFUL)
          .orderBy("file_no", "line")
          .toLocalIterator()
          .forEachRemaining(row -> writeDoubtful(list, row));
    }
  }

  private static void writeUnread(RejectList list, Reject reject) {
    list.add(reject.file(), Long.toString(reject.row()), "no", reject.reason(), "", reject.raw());
  }

  private static void writeDoubtful(RejectList list, Row row) {
    String leftOut = row.getAs("left_out");
    String job = row.getAs("job_id");
    list.add(
        row.getAs("file"),
        Long.toString(row.<Long>getAs("line")),
        leftOut == null ? "yes" : "no",
        leftOut == null ? row.getAs("remark") : leftOut,
        job == null ? "" : job,
        "");
  }

  private static String text(Row row, String column) {
    String text = row.getAs(column);
    return text == null ? "" : SpreadsheetFormulas.inert(text);
  }

  private static CsvWriter writer(Path file) throws IOException {
    return CsvWriter.builder()
        .lineDelimiter(LineDelimiter.LF)
        .build(Files.newBufferedWriter(file, StandardCharsets.UTF_8));
  }

  private static Failure unwritable(Path file, IOException why) {
    return Failure.operator(why, "Cannot write %s: %s", file, FileErrors.why(why));
  }
}
