package costlake.hours;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import costlake.build.ConfigurationViews;
import costlake.build.Functions;
import costlake.build.ModelViews;
import costlake.config.Config;
import costlake.config.SourceKind;
import costlake.config.SourceKinds;
import costlake.config.SourceRelation;
import costlake.core.Delivery;
import costlake.core.Parallel;
import costlake.core.Progress;
import costlake.hours.HoursReport.Days;
import costlake.hours.HoursReport.Totals;
import costlake.lake.Sessions;
import costlake.land.Bronze;
import costlake.land.Landing;
import costlake.model.Graph;
import costlake.model.Models;
import costlake.model.RelationName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Counts the jobs and hours of a scheduler's log by day, with the models that a night uses.
 *
 * <p>Hours are split at midnight, and a job counts on the day on which it ended. Every line is
 * either counted, or left out for a reason.
 */
public final class Hours {
  private static final String READ = "hours__read";
  private static final String LINES = "hours__lines";

  private final SparkSession spark;
  private final Config config;
  private final HoursRequest request;
  private final Progress progress;

  private Hours(SparkSession spark, Config config, HoursRequest request, Progress progress) {
    this.spark = spark;
    this.config = config;
    this.request = request;
    this.progress = progress;
  }

  /** Returns the kinds whose logs can be counted. */
  public static List<SourceKind> kinds() {
    return SourceKinds.of(SourceKind.Family.RECORDS).filter(Hours::hasRecords).toList();
  }

  private static boolean hasRecords(SourceKind kind) {
    String model = kind.folder() + "models/" + records(kind).name() + ".sql";
    return SourceKinds.files().containsKey(model);
  }

  /**
   * Counts the logs of a request and writes {@code daily.csv}, {@code jobs.csv}, and {@code
   * rejects.csv} if a line is left out or doubtful. If this fails, writes nothing.
   *
   * @throws costlake.core.Failure with exit code 2 if there is no log or an output exists; with
   *     exit code 3 if a file cannot be read
   */
  public static HoursReport run(
      SparkSession spark, Config config, HoursRequest request, Progress progress) {
    HoursFiles files = HoursFiles.in(request.to());
    return new Hours(spark, reading(config, request), request, progress).counted(files);
  }

  private static Config reading(Config config, HoursRequest request) {
    SourceKind kind = request.kind();
    return Landing.described(
        config,
        kind,
        ColumnOrder.of(kind).numbered(request.columns()),
        kind.localTimes() ? request.zone() : null);
  }

  private static RelationName records(SourceKind kind) {
    return RelationName.parse("telemetry." + kind.id().replace('-', '_') + "_records");
  }

  private HoursReport counted(HoursFiles files) {
    progress.begin("Reading", -1, "rows");
    Landing.Given given = Landing.adHoc(config, request.paths(), Optional.of(request.kind()));
    List<Delivery> deliveries = given.deliveries();
    long rows = deliveries.stream().mapToLong(Delivery::rows).sum();
    Sessions.prepareFor(spark, config.spark().properties(), rows);
    ZoneId days = Objects.requireNonNullElse(request.zone(), ZoneOffset.UTC);
    spark.conf().set("spark.sql.session.timeZone", days.getId());
    // Packing the lines would take longer than what is done with them. Letters are ASCII.
    spark.conf().set("spark.sql.icu.caseMappings.enabled", "false");
    spark.conf().set("spark.sql.inMemoryColumnarStorage.compressed", "false");
    Dataset<Row> read = lines(deliveries).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      read.createOrReplaceTempView(READ);
      Dataset<Row> lines = withoutRepeats(read);
      lines.createOrReplaceTempView(LINES);
      progress.end();
      return written(files, lines, deliveries, rows, given.notices());
    } finally {
      read.unpersist();
    }
  }

  /** Leaves out the records that repeat an earlier one. */
  private Dataset<Row> withoutRepeats(Dataset<Row> read) {
    List<Row> repeats = spark.sql(sql("repeats.sql", READ)).collectAsList();
    if (repeats.isEmpty()) {
      return read;
    }
    Dataset<Row> places =
        spark
            .createDataFrame(repeats, StructType.fromDDL("file_no int, line bigint"))
            .withColumn("repeated", lit("repeats an earlier record"));
    Seq<String> place = CollectionConverters.asScala(List.of("file_no", "line")).toSeq();
    return read.join(broadcast(places), place, "left")
        .withColumn("left_out", coalesce(col("left_out"), col("repeated")))
        .drop("repeated");
  }

  private Dataset<Row> lines(List<Delivery> deliveries) {
    Functions.register(spark);
    for (SourceRelation relation : request.kind().relations()) {
      Bronze.rows(spark, config, request.kind(), relation, deliveries)
          .createOrReplaceTempView(Bronze.view(relation));
    }
    Graph graph = Models.embedded(SourceKinds.active(Set.of(request.kind().id()))).compile();
    ConfigurationViews.register(spark, config, graph);
    RelationName records = records(request.kind());
    ModelViews.register(spark, graph, Set.of(records), Set.of(), (model, rows) -> rows);
    return spark.sql(sql("lines.sql", records.view()));
  }

  private HoursReport written(
      HoursFiles files,
      Dataset<Row> lines,
      List<Delivery> deliveries,
      long rows,
      List<String> notices) {
    progress.begin("Counting", -1, "rows");
    try (HoursFiles.Draft draft = files.draft()) {
      List<List<Row>> counted =
          Parallel.all(
              "count the jobs",
              List.of(() -> draft.writeJobs(lines), () -> sums(lines), this::days));
      List<Row> sums = counted.get(1);
      List<Row> days = counted.get(2);
      SortedMap<String, Long> leftOut = counts(sums, "left_out", row -> true);
      SortedMap<String, Long> doubtful = counts(sums, "remark", Hours::isCounted);
      long unreadable = deliveries.stream().mapToLong(Delivery::rejected).sum();
      if (unreadable > 0) {
        leftOut.put(HoursReport.UNREADABLE, unreadable);
      }
      Totals totals = totals(sums.stream().filter(Hours::isCounted).toList());
      requireAll(rows, totals.jobs() + HoursReport.sum(leftOut));
      requireTied(totals, totals(days));
      draft.writeDays(days);
      if (!leftOut.isEmpty() || !doubtful.isEmpty()) {
        draft.writeRejects(lines, Bronze.rejected(spark, config, request.kind(), deliveries));
      }
      progress.end();
      return new HoursReport(rows, totals, leftOut, doubtful, range(days), draft.keep(), notices);
    }
  }

  private static boolean isCounted(Row sum) {
    return sum.isNullAt(sum.fieldIndex("left_out"));
  }

  private List<Row> days() {
    return spark.sql(sql("days.sql", LINES)).collectAsList();
  }

  private static List<Row> sums(Dataset<Row> lines) {
    return lines
        .groupBy("left_out", "remark")
        .agg(
            count(lit(1)).as("jobs"),
            expr("coalesce(sum(cpus * wall_s), 0)").as("cpu_s"),
            expr("coalesce(sum(gpus * wall_s), 0)").as("gpu_s"),
            expr("coalesce(sum(wall_s), 0)").as("wall_s"))
        .collectAsList();
  }

  private static SortedMap<String, Long> counts(
      List<Row> sums, String reason, Predicate<Row> wanted) {
    SortedMap<String, Long> counts = new TreeMap<>();
    for (Row row : sums) {
      String text = row.getAs(reason);
      if (wanted.test(row) && text != null && !text.isEmpty()) {
        counts.merge(text, row.<Long>getAs("jobs"), Long::sum);
      }
    }
    return counts;
  }

  private static Totals totals(List<Row> rows) {
    return rows.stream().map(Hours::totals).reduce(Totals.NONE, Totals::plus);
  }

  private static Totals totals(Row row) {
    return new Totals(
        row.getAs("jobs"), row.getAs("cpu_s"), row.getAs("gpu_s"), row.getAs("wall_s"));
  }

  private static void requireAll(long rows, long found) {
    if (rows != found) {
      throw new IllegalStateException(
          "%d lines were read, but %d are counted or left out".formatted(rows, found));
    }
  }

  private static void requireTied(Totals jobs, Totals days) {
    if (!jobs.equal(days)) {
      throw new IllegalStateException("the days have %s, but the jobs %s".formatted(days, jobs));
    }
  }

  private static Optional<Days> range(List<Row> days) {
    return days.isEmpty()
        ? Optional.empty()
        : Optional.of(new Days(day(days.get(0)), day(days.get(days.size() - 1))));
  }

  private static LocalDate day(Row row) {
    return row.getDate(0).toLocalDate();
  }

  /** Reads a query, which has {@code %s} where it reads a view. */
  private static String sql(String file, String view) {
    try (InputStream in = Objects.requireNonNull(Hours.class.getResourceAsStream(file), file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).formatted(view);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
