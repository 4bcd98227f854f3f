package costlake.close;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;

import costlake.config.ConfTables;
import costlake.config.Config;
import costlake.config.Source;
import costlake.config.UserMapping;
import costlake.core.BillingPeriod;
import costlake.core.Delivery;
import costlake.decide.Decision;
import costlake.lake.Lake;
import costlake.lake.Publication;
import costlake.lake.TableName;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Date;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Checks, on the published tables, whether a month may be closed. */
final class Gates {
  static final TableName BILLS = TableName.parse("economics.billed_months");
  private static final TableName NODES = TableName.parse("telemetry.node_hours");
  private static final TableName DEVICES = TableName.parse("telemetry.accelerator_hours");
  private static final String CURRENCY = "billing_currency";
  private static final String BILLED = "billed_cost";

  private final Config config;
  private final Lake lake;
  private final Publication publication;
  private final BillingPeriod period;
  private final Map<String, String> inputs;

  /**
   * Creates the gates.
   *
   * @param inputs digests of the inputs from the configuration, by name
   */
  Gates(
      Config config,
      Lake lake,
      Publication publication,
      BillingPeriod period,
      Map<String, String> inputs) {
    this.config = config;
    this.lake = lake;
    this.publication = publication;
    this.period = period;
    this.inputs = inputs;
  }

  List<Gate> all() {
    return List.of(
        night(),
        deliveries(config, publication.deliveries(), period),
        invoices(),
        unowned(),
        telemetry());
  }

  /** Checks that nothing that decides the rows of the publication changed since it was built. */
  private Gate night() {
    List<String> later = new ArrayList<>();
    if (isBeforeReopening()) {
      later.add("a month was re-opened");
    }
    changedFiles(publication.facts(), inputs).forEach(file -> later.add(file + " changed"));
    return new Gate(
        "night",
        later.isEmpty(),
        "publication %d of %s%s"
            .formatted(
                publication.sequence(),
                publication.at(),
                later.isEmpty()
                    ? ""
                    : " was made before %s: run 'costlake night' first".formatted(join(later))));
  }

  /** Returns the files of the configuration that a night read with other contents. */
  static Set<String> changedFiles(Map<String, String> read, Map<String, String> now) {
    return now.keySet().stream()
        .filter(input -> read.containsKey(input) && !read.get(input).equals(now.get(input)))
        .map(ConfTables::file)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private boolean isBeforeReopening() {
    CloseJournal closes = CloseJournal.of(lake.decided());
    boolean knows =
        ClosedMonths.INPUTS.stream()
            .map(input -> publication.facts().get(input.relation()))
            .allMatch(closes.digest()::equals);
    boolean reopened =
        closes.all().stream()
            .map(Decision::content)
            .anyMatch(
                month ->
                    month.kind() == MonthChange.Kind.REOPENED
                        && month.publication() == publication.sequence());
    return reopened && !knows;
  }

  /**
   * Checks that each bill of the month landed after the month ended. Sources of invoices that come
   * only in some months are not awaited.
   */
  static Gate deliveries(Config config, List<Delivery> delivered, BillingPeriod period) {
    List<String> wrong = new ArrayList<>();
    int bills = 0;
    for (Source source : config.sources()) {
      if (!source.sourceKind().isBill() || isIrregular(config, source)) {
        continue;
      }
      bills++;
      Optional<Delivery> delivery =
          delivered.stream()
              .filter(d -> d.sourceId().equals(source.id()))
              .filter(d -> d.billingPeriod().equals(period.firstDay()))
              .findFirst();
      if (delivery.isEmpty()) {
        wrong.add(source.id() + " delivered nothing");
      } else if (delivery.get().landedAt().isBefore(period.end())) {
        wrong.add(
            "%s landed at %s, before the month ended"
                .formatted(source.id(), delivery.get().landedAt()));
      }
    }
    return new Gate(
        "deliveries",
        wrong.isEmpty(),
        "%d of %d bills%s"
            .formatted(bills - wrong.size(), bills, wrong.isEmpty() ? "" : ": " + join(wrong)));
  }

  private static boolean isIrregular(Config config, Source source) {
    return config.mapping(source.id()).filter(UserMapping::irregular).isPresent();
  }

  private Gate invoices() {
    Dataset<Row> bills = lake.read(BILLS).where(month("billing_month"));
    Map<String, BigDecimal> charged = money(bills, BILLED);
    Dataset<Row> costs = lake.read(ClosedMonths.COSTS);
    Map<String, BigDecimal> stated =
        money(
            costs.where(
                coalesce(col("correction_of_month"), col("billing_month")).equalTo(first())),
            BILLED);
    List<String> wrong = new ArrayList<>();
    charged.forEach(
        (currency, amount) -> {
          BigDecimal difference = amount.subtract(stated.getOrDefault(currency, BigDecimal.ZERO));
          if (difference.signum() != 0) {
            wrong.add("statements lack " + amountText(currency, difference) + " of the charges");
          }
        });
    String known =
        config.close().invoices() == null
            ? "close.invoices is empty, so there are no invoices to compare with"
            : new Invoices(config).compare(period, bills, wrong);
    return new Gate(
        "invoices",
        wrong.isEmpty(),
        "%s charged; %s%s"
            .formatted(amounts(charged), known, wrong.isEmpty() ? "" : ": " + join(wrong)));
  }

  private Gate unowned() {
    BigDecimal limit = config.close().unownedCostRatioMax();
    List<UnownedCost> found = UnownedCost.of(lake.read(ClosedMonths.COSTS), period.firstDay());
    return new Gate(
        "unowned",
        found.stream().allMatch(unowned -> unowned.ratio().compareTo(limit) <= 0),
        "%s; at most %s"
            .formatted(join(found.stream().map(UnownedCost::shown).toList()), percent(limit)));
  }

  private Gate telemetry() {
    List<String> clusters =
        config.sources().stream()
            .filter(source -> source.sourceKind().isTelemetry())
            .map(Source::cluster)
            .toList();
    if (clusters.isEmpty()) {
      return new Gate("telemetry", true, "no source of telemetry");
    }
    return new TelemetryCoverage(period.month(), lake.read(NODES), lake.read(DEVICES))
        .gate(clusters, config.close().telemetryCoverageRatioMin());
  }

  private Column month(String column) {
    return col(column).equalTo(first());
  }

  private Date first() {
    return Date.valueOf(period.firstDay());
  }

  private static Map<String, BigDecimal> money(Dataset<Row> rows, String column) {
    Map<String, BigDecimal> sums = new TreeMap<>();
    rows.groupBy(CURRENCY)
        .agg(sum(column))
        .collectAsList()
        .forEach(row -> sums.put(row.getString(0), row.getDecimal(1)));
    return sums;
  }

  static BigDecimal ratio(BigDecimal part, BigDecimal whole) {
    return whole.signum() == 0 ? BigDecimal.ZERO : part.divide(whole, 9, RoundingMode.HALF_EVEN);
  }

  static String percent(BigDecimal ratio) {
    return ratio.movePointRight(2).setScale(1, RoundingMode.HALF_EVEN).toPlainString() + " %";
  }

  private static String amounts(Map<String, BigDecimal> money) {
    return money.isEmpty()
        ? "nothing"
        : join(money.entrySet().stream().map(e -> amountText(e.getKey(), e.getValue())).toList());
  }

  static String amountText(String currency, BigDecimal amount) {
    return currency + " " + amount.stripTrailingZeros().toPlainString();
  }

  private static String join(List<String> parts) {
    return String.join(", ", parts);
  }
}
