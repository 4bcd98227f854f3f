package costlake.telemetry.prometheus;

import costlake.config.Source;
import costlake.core.Delivery;
import costlake.core.Reject;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A family that computes hours of each day from the samples of the day, of the day before and of
 * the day after.
 *
 * @param <H> the hours of a day; equal if all figures and findings are equal
 */
public abstract class HoursFamily<H> implements SeriesFamily {
  private static final int TASKS_PER_CORE = 2;

  /** Name of the column with the name of the relation, in the combined rows of all relations. */
  private static final String KIND = "relation";

  /** Receives the hours of each day. */
  public interface Sink<H> {
    /** Receives a day. */
    void day(LocalDate date, H hours);
  }

  /** Reads the days of a range. Spark sends it to its tasks. */
  public interface Reader<H> extends Serializable {
    /** Reads the files of the range and passes the hours of each day to {@code sink}. */
    void read(DayRange range, Sink<H> sink);
  }

  private final String prefix;
  private final List<? extends HourRelation<H>> relations;
  private final HourRelation<H> findings;
  private final Reader<H> reader;

  /**
   * Creates a family.
   *
   * @param prefix begin of the names of its views, e.g. {@code bronze__k8s}
   * @param relations constants of an enum
   * @param findings the one of them that has the findings
   */
  protected HoursFamily(
      String prefix,
      List<? extends HourRelation<H>> relations,
      HourRelation<H> findings,
      Reader<H> reader) {
    this.prefix = prefix;
    this.relations = List.copyOf(relations);
    this.findings = findings;
    this.reader = reader;
  }

  @Override
  public Set<String> relations() {
    return relations.stream()
        .map(relation -> relation.view().replace("__", "."))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * Registers a temporary view for each relation. They are computed from the pinned files of the
   * days, of the day before and of the day after. The view with the rows of all relations is
   * computed once and cached.
   */
  @Override
  public void register(
      SparkSession spark, Collection<Source> sources, List<Delivery> current, Set<LocalDate> days) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    int tasks = context.defaultParallelism() * TASKS_PER_CORE;
    List<DayRange> ranges = DayRange.of(sources, delivered(current), days, tasks);
    rows(spark, context, ranges).createOrReplaceTempView(prefix);
    if (!ranges.isEmpty()) {
      spark.catalog().cacheTable(prefix);
    }
    for (HourRelation<H> relation : relations) {
      spark
          .table(prefix)
          .where(functions.col(KIND).equalTo(relation.field()))
          .select(relation.field() + ".*")
          .selectExpr(relation.columns().toArray(String[]::new))
          .createOrReplaceTempView(relation.view());
    }
  }

  private Dataset<Row> rows(SparkSession spark, JavaSparkContext context, List<DayRange> ranges) {
    if (ranges.isEmpty()) {
      return spark.createDataFrame(List.of(), combined());
    }
    List<? extends HourRelation<H>> all = relations;
    Reader<H> own = reader;
    JavaRDD<Row> rows =
        context
            .parallelize(ranges, ranges.size())
            .flatMap(range -> rows(own, all, range).iterator());
    return spark.createDataFrame(rows, combined());
  }

  /**
   * Returns the schema of the combined rows of all relations: the name of the relation, and one
   * struct column for each relation. Only the column of the row's own relation is not null.
   */
  private StructType combined() {
    StructType all = new StructType().add(KIND, DataTypes.StringType, false);
    for (HourRelation<H> relation : relations) {
      all = all.add(relation.field(), relation.raw());
    }
    return all;
  }

  private static <H> List<Row> rows(
      Reader<H> reader, List<? extends HourRelation<H>> relations, DayRange range) {
    List<Row> rows = new ArrayList<>();
    reader.read(
        range,
        (day, hours) ->
            addRows(rows, relations, new RowOrigin(range.sourceId(), range.cluster(), day), hours));
    return rows;
  }

  private static <H> void addRows(
      List<Row> all, List<? extends HourRelation<H>> relations, RowOrigin origin, H hours) {
    for (int i = 0; i < relations.size(); i++) {
      for (Row row : relations.get(i).rows(origin, hours)) {
        Object[] fields = new Object[relations.size() + 1];
        fields[0] = relations.get(i).field();
        fields[i + 1] = row;
        all.add(RowFactory.create(fields));
      }
    }
  }

  /** Returns the deliveries with the files that the family reads, so that it opens no others. */
  private List<Delivery> delivered(List<Delivery> deliveries) {
    return deliveries.stream()
        .map(
            delivery ->
                delivery.of(
                    delivery.files().stream()
                        .filter(file -> metrics().ofFile(file.path()).isPresent())
                        .toList()))
        .filter(delivery -> !delivery.files().isEmpty())
        .toList();
  }

  /**
   * {@inheritDoc} A new delivery of one day can also change the day before and the day after: it
   * can complete the last increase of a counter, or close a gap at midnight.
   */
  @Override
  public Set<LocalDate> changedDays(
      Collection<Source> sources, List<Delivery> before, List<Delivery> after) {
    List<Delivery> then = delivered(before);
    List<Delivery> now = delivered(after);
    Set<Delivery> touched = new HashSet<>(then);
    touched.addAll(now);
    touched.removeIf(delivery -> then.contains(delivery) && now.contains(delivery));
    Set<String> own = sources.stream().map(Source::id).collect(Collectors.toSet());
    return touched.stream()
        .filter(delivery -> own.contains(delivery.sourceId()))
        .flatMap(delivery -> around(delivery.billingPeriod()))
        .distinct()
        .filter(day -> !hours(sources, then, day).equals(hours(sources, now, day)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<LocalDate> around(LocalDate day) {
    return Stream.of(day.minusDays(1), day, day.plusDays(1));
  }

  private Map<String, H> hours(
      Collection<Source> sources, List<Delivery> deliveries, LocalDate day) {
    Map<String, H> bySource = new HashMap<>();
    for (DayRange range : DayRange.of(sources, deliveries, Set.of(day), 1)) {
      reader.read(range, (date, hours) -> bySource.put(range.sourceId(), hours));
    }
    return bySource;
  }

  @Override
  public List<Reject> findings(SparkSession spark, int limit) {
    return spark
        .sql(
            """
            select
                _source_id,
                cast(usage_date as string),
                concat_ws(' ', cluster_id, date_format(hour_start, "yyyy-MM-dd'T'HH:mm'Z'"), subject),
                concat_ws(
                    ' ', reason, concat('(measured ', measured, ')'), concat('(used ', allowed, ')'))
            from %s
            order by _source_id, usage_date, hour_start, subject, reason
            limit %d\
            """
                .formatted(findings.view(), limit))
        .collectAsList()
        .stream()
        .map(
            row ->
                new Reject(
                    row.getString(0), row.getString(1), row.getString(2), 0, row.getString(3), ""))
        .toList();
  }
}
