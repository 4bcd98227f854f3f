package costlake.report;

import static java.util.Comparator.naturalOrder;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** The statement of a receiver for one month in one currency, read from the reporting tables. */
public record Statement(
    Head head,
    List<Line> lines,
    List<Month> history,
    List<Change> changes,
    List<Accelerator> accelerators,
    List<Workload> workloads,
    List<IdleHour> idleHours,
    List<Pool> pools,
    List<Value> values,
    List<Check> checks) {

  /** Returns the lines of one breakdown, in the order in which they are printed. */
  public List<Line> lines(String breakdown) {
    return lines.stream().filter(l -> l.breakdown().equals(breakdown)).toList();
  }

  /** Returns the lines of a breakdown; none if its only line has no name. */
  public List<Line> named(String breakdown) {
    List<Line> found = lines(breakdown);
    return found.size() == 1 && found.get(0).unnamed() ? List.of() : found;
  }

  /**
   * Finds a line that alone causes at least half of the change since the month before: a project,
   * otherwise a kind of cost, otherwise a service. Leaves out direct cost, because it explains
   * nothing.
   */
  public Optional<Line> cause() {
    BigDecimal difference = head.difference();
    if (difference == null || difference.signum() == 0) {
      return Optional.empty();
    }
    BigDecimal half = difference.abs().multiply(new BigDecimal("0.5"));
    return Stream.of("project", "bridge", "service")
        .flatMap(
            breakdown ->
                lines(breakdown).stream()
                    .filter(l -> l.name() != null && !"direct".equals(l.name()))
                    .filter(l -> l.rise().signum() == difference.signum())
                    .filter(l -> l.rise().abs().compareTo(half) >= 0)
                    .max(Comparator.comparing(l -> l.rise().abs()))
                    .stream())
        .findFirst();
  }

  /**
   * Returns the parts of the change, by effect or by item, in the order in which they are printed.
   */
  public List<Change> changes(String breakdown) {
    return changes.stream().filter(c -> c.breakdown().equals(breakdown)).toList();
  }

  /** Returns the cost of one kind; null if there is none. */
  public @Nullable BigDecimal cost(String kind) {
    return lines("bridge").stream()
        .filter(l -> kind.equals(l.name()))
        .map(Line::cost)
        .reduce(BigDecimal::add)
        .orElse(null);
  }

  /**
   * Returns the accelerators that were allocated to a workload. Only these have a meaningful cost
   * per hour.
   */
  public List<Accelerator> held() {
    return accelerators.stream().filter(Accelerator::isHeld).toList();
  }

  /**
   * Returns the first month of the history in which the cost of nodes was split by use; null when
   * it was split in no month or in all.
   */
  @Nullable LocalDate splitSince() {
    LocalDate since =
        history.stream().filter(Month::split).map(Month::month).min(naturalOrder()).orElse(null);
    boolean began = since != null && history.stream().anyMatch(m -> m.month().isBefore(since));
    return began ? since : null;
  }

  /**
   * Returns the full names of the lines whose name does not fit the column. The statement prints
   * them in a separate list.
   */
  public List<String> longNames() {
    return lines.stream()
        .map(Line::name)
        .filter(
            n ->
                n != null && SafeNames.plain(n).codePointCount(0, SafeNames.plain(n).length()) > 44)
        .map(SafeNames::plain)
        .distinct()
        .toList();
  }

  /** A row that is printed with an id. {@code costlake explain} accepts this id. */
  public interface Printed {
    String id();

    /** Returns the text that is printed beside the row: the last part of its id. */
    default String ref() {
      return id().substring(id().lastIndexOf('/') + 1);
    }
  }

  /**
   * Who a statement is for.
   *
   * @param kind {@code team}, {@code cost_centre} or {@code company}
   * @param id id in {@code reporting.*}; unique among all kinds
   * @param name name to print; null for a team that is not configured
   */
  public record Receiver(String kind, String id, @Nullable String name) {
    private static final String TEAM = "team";

    /** Creates a team as receiver. */
    public static Receiver team(String id, @Nullable String name) {
      return new Receiver(TEAM, id, name);
    }

    /** Whether the receiver is not a team, so that its statement shows figures of several teams. */
    public boolean isGroup() {
      return !kind.equals(TEAM);
    }

    /** Returns the name, or the id if there is none. */
    public String title() {
      return name == null ? id : name;
    }
  }

  /**
   * The totals of a statement: one row of reporting.statements.
   *
   * @param converted total in the reporting currency of the receiver; null if the receiver has none
   */
  public record Head(
      LocalDate month,
      Receiver receiver,
      String currency,
      @Nullable String costCentre,
      String company,
      String contact,
      LocalDate disputeUntil,
      BigDecimal total,
      @Nullable BigDecimal previous,
      BigDecimal billed,
      @Nullable BigDecimal workloadIdle,
      @Nullable Conversion converted) {
    static Head of(Row row) {
      return new Head(
          day(row, "billing_month"),
          new Receiver(
              row.getAs("receiver_kind"), row.getAs("receiver_id"), row.getAs("receiver_name")),
          row.getAs("billing_currency"),
          row.getAs("cost_centre"),
          row.getAs("company_name"),
          row.getAs("contact"),
          day(row, "dispute_until"),
          row.getAs("total_shown"),
          row.getAs("previous_shown"),
          row.getAs("billed_shown"),
          row.getAs("workload_idle_shown"),
          Conversion.of(row));
    }

    /**
     * Returns the increase of the total since the month before; null if the earlier total is
     * unknown.
     */
    public @Nullable BigDecimal difference() {
      return previous == null ? null : total.subtract(previous);
    }

    /** Returns the number of the statement. The id of each line begins with it. */
    public String number() {
      return month.toString().substring(0, 7) + "/" + receiver.id() + "/" + currency;
    }
  }

  /**
   * A total in the reporting currency of the receiver.
   *
   * @param rate last exchange rate of the month. If there is none, rate, date, source and total are
   *     null
   * @param previous total of the month before, at the rate of that month; null if there is none
   */
  public record Conversion(
      String currency,
      @Nullable BigDecimal rate,
      @Nullable LocalDate date,
      @Nullable String source,
      @Nullable BigDecimal total,
      @Nullable BigDecimal previous) {
    private static @Nullable Conversion of(Row row) {
      return row.getAs("reporting_currency") == null
          ? null
          : new Conversion(
              row.getAs("reporting_currency"),
              row.getAs("exchange_rate"),
              dayOrNull(row, "exchange_rate_date"),
              row.getAs("exchange_rate_source"),
              row.getAs("converted_shown"),
              row.getAs("converted_previous_shown"));
    }
  }

  /**
   * A line of a breakdown. If {@code members} is above 1, the line is the sum of that many items.
   */
  public record Line(
      String breakdown,
      String id,
      @Nullable String name,
      int members,
      BigDecimal cost,
      @Nullable BigDecimal previous,
      @Nullable BigDecimal share)
      implements Printed {
    /** Whether the line is the cost that has no name. */
    public boolean unnamed() {
      return members == 1 && name == null;
    }

    /** Returns the increase since the month before. A new line counts from 0. */
    public BigDecimal rise() {
      return previous == null ? cost : cost.subtract(previous);
    }

    static Line of(Row row) {
      return new Line(
          row.getAs("breakdown"),
          row.getAs("line_id"),
          row.getAs("name"),
          row.<Integer>getAs("members"),
          row.getAs("cost_shown"),
          row.getAs("previous_shown"),
          row.getAs("share_ratio"));
    }
  }

  /**
   * The cost of one series of the history in a month. {@code split} is true if the cost of nodes
   * was split by use.
   */
  public record Month(
      LocalDate month, String series, int position, BigDecimal cost, boolean split) {
    static Month of(Row row) {
      return new Month(
          day(row, "history_month"),
          row.getAs("series"),
          row.<Integer>getAs("series_position"),
          row.getAs("cost_shown"),
          row.<Boolean>getAs("is_split"));
    }
  }

  /**
   * A part of the change since the month before: an effect, or an item that the effect changed.
   * Only an item with a unit has quantities and prices.
   */
  public record Change(
      String breakdown,
      String id,
      int members,
      String basis,
      @Nullable String name,
      @Nullable String service,
      @Nullable String unit,
      @Nullable BigDecimal quantity,
      @Nullable BigDecimal quantityBefore,
      @Nullable BigDecimal price,
      @Nullable BigDecimal priceBefore,
      BigDecimal change)
      implements Printed {
    static Change of(Row row) {
      return new Change(
          row.getAs("breakdown"),
          row.getAs("line_id"),
          row.<Integer>getAs("members"),
          row.getAs("basis"),
          row.getAs("name"),
          row.getAs("service"),
          row.getAs("pricing_unit"),
          row.getAs("quantity"),
          row.getAs("quantity_before"),
          row.getAs("unit_price"),
          row.getAs("unit_price_before"),
          row.getAs("change_shown"));
    }
  }

  /** The hours and cost of an accelerator model. */
  public record Accelerator(
      String id,
      String model,
      BigDecimal provisioned,
      @Nullable BigDecimal allocated,
      @Nullable BigDecimal active,
      @Nullable BigDecimal nodeIdle,
      @Nullable BigDecimal workloadIdle,
      @Nullable BigDecimal cost,
      @Nullable BigDecimal perProvisioned,
      @Nullable BigDecimal perAllocated,
      @Nullable BigDecimal perActive,
      @Nullable BigDecimal coverage)
      implements Printed {
    public boolean isHeld() {
      return allocated != null && allocated.signum() > 0;
    }

    static Accelerator of(Row row) {
      return new Accelerator(
          row.getAs("line_id"),
          row.getAs("accelerator_model"),
          row.getAs("provisioned_hours"),
          row.getAs("allocated_hours"),
          row.getAs("active_hours"),
          row.getAs("node_idle_hours"),
          row.getAs("workload_idle_hours"),
          row.getAs("cost_shown"),
          row.getAs("cost_per_provisioned_hour"),
          row.getAs("cost_per_allocated_hour"),
          row.getAs("cost_per_active_hour"),
          row.getAs("coverage_ratio"));
    }
  }

  /** A workload that did not fully use its allocated accelerators. */
  public record Workload(
      String id,
      String workload,
      @Nullable String model,
      BigDecimal idleHours,
      @Nullable BigDecimal cost)
      implements Printed {
    static Workload of(Row row) {
      return new Workload(
          row.getAs("line_id"),
          row.getAs("workload_id"),
          row.getAs("accelerator_model"),
          row.getAs("idle_hours"),
          row.getAs("idle_cost_shown"));
    }
  }

  /** The average number of idle accelerators in one hour of the week. Monday is 1. */
  public record IdleHour(int weekday, int hour, BigDecimal accelerators) {
    static IdleHour of(Row row) {
      return new IdleHour(
          row.<Integer>getAs("weekday"),
          row.<Integer>getAs("hour_of_day"),
          row.getAs("idle_accelerators"));
    }
  }

  /**
   * The receiver's share of a shared pool.
   *
   * @param taxAndCredit tax and credits that were split in the same way; null if the month was
   *     closed before statements showed them separately
   */
  public record Pool(
      String id,
      String name,
      @Nullable String driver,
      @Nullable BigDecimal units,
      @Nullable BigDecimal allUnits,
      BigDecimal pool,
      BigDecimal share,
      @Nullable BigDecimal taxAndCredit)
      implements Printed {
    static Pool of(Row row) {
      return new Pool(
          row.getAs("line_id"),
          row.getAs("pool_name"),
          row.getAs("driver"),
          row.getAs("units"),
          row.getAs("all_units"),
          row.getAs("pool_shown"),
          row.getAs("share_shown"),
          valueIfPresent(row, "tax_and_credit_shown", BigDecimal.class));
    }
  }

  /**
   * The cost and benefit of a model.
   *
   * @param benefitCurrency currency of the benefit; null if there is no benefit, or if the month
   *     was closed before statements could have benefits in another currency
   * @param cost null if the model had no cost in the month
   */
  public record Value(
      String id,
      @Nullable String model,
      @Nullable String kind,
      @Nullable BigDecimal quantity,
      @Nullable String benefitCurrency,
      @Nullable BigDecimal benefit,
      @Nullable String assumption,
      @Nullable BigDecimal cost,
      @Nullable BigDecimal roi,
      String status)
      implements Printed {
    /** Whether cost and benefit are known in one currency, so that they can be compared. */
    boolean isMeasured() {
      return "measured".equals(status);
    }

    /** Whether the model has a benefit, in the currency of the statement or in another one. */
    public boolean reports() {
      return benefit != null || "benefit_in_other_currency".equals(status);
    }

    static Value of(Row row) {
      return new Value(
          row.getAs("line_id"),
          row.getAs("model_id"),
          row.getAs("benefit_kind"),
          row.getAs("benefit_quantity"),
          valueIfPresent(row, "benefit_currency", String.class),
          row.getAs("benefit_shown"),
          row.getAs("value_assumption"),
          row.getAs("cost_shown"),
          row.getAs("roi"),
          row.getAs("status"));
    }
  }

  /** A measure of how reliable the figures are: an amount of money or a ratio. */
  public record Check(String measure, @Nullable BigDecimal money, @Nullable BigDecimal ratio) {
    static Check of(Row row) {
      return new Check(row.getAs("measure"), row.getAs("money_shown"), row.getAs("ratio"));
    }
  }

  /**
   * Returns the value of a column; null if the month was closed by an earlier version that did not
   * have the column.
   */
  private static <T> @Nullable T valueIfPresent(Row row, String column, Class<T> type) {
    return row.schema().getFieldIndex(column).isDefined()
        ? type.cast(row.<Object>getAs(column))
        : null;
  }

  private static @Nullable LocalDate dayOrNull(Row row, String column) {
    return row.getAs(column) == null ? null : day(row, column);
  }

  private static LocalDate day(Row row, String column) {
    return LocalDate.parse(Objects.requireNonNull(row.<Object>getAs(column), column).toString());
  }
}
