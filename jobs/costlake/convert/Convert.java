package costlake.convert;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import costlake.audit.WrittenAudit;
import costlake.build.Build;
import costlake.build.ContractCheck;
import costlake.config.Config;
import costlake.config.SourceKind;
import costlake.config.SourceKinds;
import costlake.config.SourceRole;
import costlake.convert.ConvertReport.CurrencyTotal;
import costlake.core.Delivery;
import costlake.core.Failure;
import costlake.core.Money;
import costlake.core.Progress;
import costlake.core.TemporaryOutput;
import costlake.lake.ParquetEncodings;
import costlake.lake.Sessions;
import costlake.land.Bronze;
import costlake.land.Landing;
import costlake.land.read.Formats;
import costlake.model.Audit;
import costlake.model.Graph;
import costlake.model.Model;
import costlake.model.RelationName;
import costlake.model.Resolver;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Converts bills of every known kind to files in FOCUS.
 *
 * <p>The output is written to a temporary folder and moved into place when it is complete. The
 * totals of the output are read back from the written files.
 */
public final class Convert {
  static final String NAME = "cost_and_usage";

  private record Totals(long rows, Map<String, BigDecimal> byCurrency) {}

  private Convert() {}

  /**
   * Converts the files of a request.
   *
   * @throws Failure with exit code 2 if there is no file to convert or the output already exists
   */
  public static ConvertReport run(
      SparkSession spark, Config config, ConvertRequest request, Progress progress) {
    boolean csv = request.format() == ConvertRequest.Format.CSV;
    Path output = request.to().resolve(csv ? NAME + ".csv" : NAME).toAbsolutePath().normalize();
    Path rejects = output.resolveSibling(Rejects.NAME);
    refuseTaken(output);
    refuseTaken(rejects);
    Landing.Given given = Landing.adHoc(config, request.paths(), request.kind());
    List<Delivery> deliveries = given.deliveries();
    refuseOthers(deliveries);
    refuseWithoutMonth(deliveries);
    long rows = deliveries.stream().mapToLong(Delivery::rows).sum();
    Sessions.prepareFor(spark, config.spark().properties(), rows);
    List<SourceKind> kinds =
        SourceKinds.active(deliveries.stream().map(Delivery::kind).collect(toSet()));
    Bronze.register(spark, config, kinds, deliveries);
    Bronze.registerDeliveries(spark, deliveries, deliveries);
    Graph graph = FocusViews.register(spark, config, kinds);
    refuseContradictions(spark, graph, kinds);
    Model charges = graph.model(request.version().charges());

    progress.begin("Reading", -1, "rows");
    Totals in = delivered(spark, kinds);
    Rejects rejected;
    try (TemporaryOutput list = TemporaryOutput.of(rejects);
        TemporaryOutput aside = TemporaryOutput.of(output)) {
      rejected = Rejects.write(spark, config, deliveries, list);
      progress.end();
      WrittenRows.report(
          spark, progress, in.rows(), () -> write(spark, charges, aside.path(), csv));
      aside.keep();
      if (rejected.file().isPresent()) {
        list.keep();
      }
    }
    progress.begin("Checking", -1, "rows");
    Dataset<Row> written =
        csv ? CsvOutput.read(spark, output) : spark.read().parquet(output.toString());
    Totals out = totals(written.withColumn("charges", lit(1L)));
    Map<String, Long> changes = changes(written);
    progress.end();
    return new ConvertReport(
        output,
        in.rows(),
        out.rows(),
        money(in, rejected, out),
        rejected,
        changes,
        given.notices());
  }

  private static void write(SparkSession spark, Model model, Path place, boolean csv) {
    Dataset<Row> charges = spark.table(model.name().view());
    if (csv) {
      CsvOutput.write(charges, place);
    } else {
      Map<String, String> options = ParquetEncodings.parquet(Build.spec(model));
      charges.write().options(options).parquet(place.toString());
    }
  }

  private static void refuseTaken(Path output) {
    if (Files.exists(output)) {
      throw Failure.operator(
          "Cannot write %s: it already exists. Remove it, or name another folder with --to.",
          output);
    }
  }

  private static void refuseOthers(List<Delivery> deliveries) {
    Set<String> bills =
        SourceKinds.of(SourceKind.Family.BILL)
            .map(SourceKind::id)
            .collect(toCollection(TreeSet::new));
    deliveries.stream()
        .filter(delivery -> !bills.contains(delivery.kind()))
        .findFirst()
        .ifPresent(
            delivery -> {
              throw Failure.operator(
                  "Cannot convert %s: %s is not a bill. These kinds can be converted: %s.",
                  delivery.files().get(0).path(), delivery.kind(), String.join(", ", bills));
            });
    if (deliveries.isEmpty()) {
      throw Failure.operator(
          """
          Cannot convert: the given folders contain no file that can be read (%s). Check the path.
          """,
          Formats.READ);
    }
  }

  private static void refuseWithoutMonth(List<Delivery> deliveries) {
    deliveries.stream()
        .filter(delivery -> delivery.billingPeriod().equals(Delivery.ALL_PERIODS))
        .filter(delivery -> kind(delivery).period() == SourceKind.Period.MONTH)
        .filter(delivery -> delivery.rows() > delivery.rejected())
        .findFirst()
        .ifPresent(
            delivery -> {
              throw Failure.data(
                  """
                  Cannot convert %s: none of its rows states the billed month (%s). Export the bill
                  with this column.
                  """,
                  delivery.files().get(0).path(), periodColumns(kind(delivery)));
            });
  }

  /**
   * Runs the audits of the kinds that compute the delivered costs that count, and refuses the
   * conversion if an audit of level error finds rows.
   */
  private static void refuseContradictions(
      SparkSession spark, Graph graph, List<SourceKind> kinds) {
    kinds.stream()
        .filter(kind -> kind.costs() != null)
        .flatMap(kind -> graph.audits().stream().filter(audit -> isOf(kind, audit)))
        .filter(audit -> audit.level() == WrittenAudit.Level.ERROR)
        .forEach(audit -> refuse(audit, ContractCheck.auditRows(spark, audit, Resolver.VIEWS)));
  }

  private static boolean isOf(SourceKind kind, Audit audit) {
    return audit.origin().file().startsWith("sources/" + kind.id() + "/audits/");
  }

  private static void refuse(Audit audit, Dataset<Row> wrong) {
    List<String> found = wrong.toJSON().takeAsList(1);
    if (!found.isEmpty()) {
      throw Failure.data(
          "Cannot convert: the audit %s fails, e.g. for %s. %s",
          audit.name(), found.get(0), Objects.requireNonNullElse(audit.next(), ""));
    }
  }

  private static SourceKind kind(Delivery delivery) {
    return SourceKinds.of(delivery.kind());
  }

  private static String periodColumns(SourceKind kind) {
    return kind.relations().stream()
        .flatMap(relation -> relation.role(SourceRole.PERIOD).stream())
        .collect(joining(" or "));
  }

  /**
   * Counts the delivered rows and sums their billed cost. If a kind has a model that selects the
   * costs that count, sums only the costs that this model selects.
   */
  private static Totals delivered(SparkSession spark, List<SourceKind> kinds) {
    Dataset<Row> rows = costs(spark.table(Bronze.BILLED), 1);
    return totals(
        kinds.stream()
            .flatMap(kind -> Stream.ofNullable(kind.costs()))
            .map(model -> costs(spark.table(RelationName.parse(model).view()), 0))
            .reduce(rows, Dataset::union));
  }

  private static Dataset<Row> costs(Dataset<Row> rows, long each) {
    return rows.select(
        col("currency").as("BillingCurrency"),
        col("billed_cost").as("BilledCost"),
        lit(each).as("charges"));
  }

  private static Totals totals(Dataset<Row> rows) {
    Map<String, BigDecimal> byCurrency = new TreeMap<>();
    long count = 0;
    for (Row row :
        rows.groupBy("BillingCurrency")
            .agg(
                sum(col("charges")).as("charges"),
                sum(col("BilledCost").cast(Money.SQL_TYPE)).as("BilledCost"))
            .collectAsList()) {
      count += row.<Long>getAs("charges");
      if (row.getAs("BilledCost") != null) {
        byCurrency.put(row.getAs("BillingCurrency"), row.getAs("BilledCost"));
      }
    }
    return new Totals(count, byCurrency);
  }

  private static Map<String, Long> changes(Dataset<Row> charges) {
    Map<String, Long> changes = new LinkedHashMap<>();
    charges
        .select(explode(col("x_SourceChanges")).as("change"))
        .groupBy("change")
        .count()
        .orderBy(col("count").desc(), col("change"))
        .collectAsList()
        .forEach(row -> changes.put(row.getString(0), row.getLong(1)));
    return changes;
  }

  private static List<CurrencyTotal> money(Totals in, Rejects rejected, Totals out) {
    Set<String> currencies = new TreeSet<>(in.byCurrency().keySet());
    currencies.addAll(rejected.money().keySet());
    currencies.addAll(out.byCurrency().keySet());
    List<CurrencyTotal> money = new ArrayList<>();
    for (String currency : currencies) {
      money.add(
          new CurrencyTotal(
              currency,
              in.byCurrency().getOrDefault(currency, BigDecimal.ZERO),
              rejected.money().getOrDefault(currency, BigDecimal.ZERO),
              out.byCurrency().getOrDefault(currency, BigDecimal.ZERO)));
    }
    return money;
  }
}
