package costlake.night;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.reducing;
import static java.util.stream.Collectors.toList;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.sum;

import costlake.close.CloseJournal;
import costlake.core.BillingPeriod;
import costlake.lake.NightStage;
import costlake.lake.TableName;
import costlake.model.RelationName;
import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Compares the allocation that a night built with the published one. Reads only the days that
 * differ, each table once.
 */
final class MoneyChanges {
  static final RelationName ALLOCATED = RelationName.parse("allocation.allocated_charges");

  private static final TableName TABLE = TableName.parse(ALLOCATED.toString());
  private static final String DAY = "x_AllocationDate";
  private static final String DIRECT = "direct";
  private static final Comparator<MoneyChange.Part> LARGEST_FIRST =
      Comparator.<MoneyChange.Part, BigDecimal>comparing(part -> part.change().abs())
          .reversed()
          .thenComparing(MoneyChange.Part::reason);

  private final NightStage night;
  private final ChangeReasons reasons;
  private final Set<BillingPeriod> closed;

  private MoneyChanges(NightStage night, ChangeReasons reasons) {
    this.night = night;
    this.reasons = reasons;
    this.closed = CloseJournal.of(night.decided()).inForce().keySet();
  }

  /**
   * Returns the changes, newest month first.
   *
   * @param days days of the allocation that differ; empty if all can differ
   */
  static List<MoneyChange> of(
      NightStage night, Optional<Set<LocalDate>> days, ChangeReasons reasons) {
    MoneyChanges changes = new MoneyChanges(night, reasons);
    return days.map(Set::isEmpty).orElse(false) ? List.of() : changes.sorted(changes.sums(days));
  }

  private List<Row> sums(Optional<Set<LocalDate>> days) {
    Dataset<Row> built = money(night.read(TABLE), days);
    Dataset<Row> both =
        night
            .published(TABLE)
            .map(rows -> money(rows, days).withColumn("cost", negate(col("cost"))))
            .map(built::unionByName)
            .orElse(built);
    return both.groupBy("month", "team", "currency", "source", "kind")
        .agg(sum("cost").as("change"))
        .where(col("change").notEqual(0))
        .collectAsList();
  }

  private static Dataset<Row> money(Dataset<Row> rows, Optional<Set<LocalDate>> days) {
    Dataset<Row> differing =
        days.map(some -> rows.where(col(DAY).isin(some.stream().map(Date::valueOf).toArray())))
            .orElse(rows);
    return differing.select(
        col("x_BillingMonth").as("month"),
        col("x_TeamId").as("team"),
        col("BillingCurrency").as("currency"),
        col("x_SourceId").as("source"),
        col("x_CostKind").as("kind"),
        col("EffectiveCost").as("cost"));
  }

  /** What a line is about. */
  private record Key(BillingPeriod month, @Nullable String team, String currency) {
    static Key of(Row row) {
      return new Key(
          BillingPeriod.of(row.getDate(0).toLocalDate()), row.getString(1), row.getString(2));
    }
  }

  private List<MoneyChange> sorted(List<Row> sums) {
    Map<Key, List<MoneyChange.Part>> parts =
        sums.stream().collect(groupingBy(Key::of, mapping(this::part, toList())));
    return parts.entrySet().stream()
        .map(entry -> change(entry.getKey(), entry.getValue()))
        .filter(change -> !change.parts().isEmpty())
        .sorted(
            Comparator.comparing(MoneyChange::month)
                .reversed()
                .thenComparing(change -> change.change().abs().negate())
                .thenComparing(change -> change.team() == null ? "" : change.team())
                .thenComparing(MoneyChange::currency))
        .toList();
  }

  private MoneyChange.Part part(Row sum) {
    LocalDate month = sum.getDate(0).toLocalDate();
    String reason = reasons.of(month, sum.getString(3), DIRECT.equals(sum.getString(4)));
    return new MoneyChange.Part(reason, sum.getDecimal(5));
  }

  private MoneyChange change(Key key, List<MoneyChange.Part> parts) {
    Map<String, BigDecimal> sums =
        parts.stream()
            .collect(
                groupingBy(
                    MoneyChange.Part::reason,
                    TreeMap::new,
                    mapping(MoneyChange.Part::change, reducing(BigDecimal.ZERO, BigDecimal::add))));
    sums.values().removeIf(change -> change.signum() == 0);
    List<MoneyChange.Part> byReason =
        sums.entrySet().stream()
            .map(sum -> new MoneyChange.Part(sum.getKey(), sum.getValue()))
            .sorted(LARGEST_FIRST)
            .toList();
    BigDecimal whole = sums.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    return new MoneyChange(
        key.month(), key.team(), key.currency(), whole, closed.contains(key.month()), byReason);
  }
}
