package costlake.watch;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** The effective prices of accelerators in the last publication, by accelerator model. */
final class Prices {
  /** The newest month with a cost; of several currencies, the one with the most hours. */
  private static final String NEWEST =
      """
      select accelerator_model, max(struct(usage_month, hours, billing_currency, cost)) as newest
      from (
          select
              accelerator_model, billing_currency, usage_month, sum(provisioned_hours) as hours, sum(effective_cost) as cost
          from economics.accelerator_unit_costs
          where accelerator_model is not null and billing_currency is not null and provisioned_hours is not null
          group by all
      )
      where hours > 0 and cost > 0
      group by all
      """;

  private final Map<String, Price> byModel;

  Prices(Map<String, Price> byModel) {
    this.byModel = Map.copyOf(byModel);
  }

  /** Reads the prices of a lake; none if no night has published any. */
  static Prices of(Published lake) {
    Map<String, Price> byModel = new TreeMap<>();
    lake.rows(NEWEST, "economics.accelerator_unit_costs")
        .forEach(row -> byModel.put(row.getString(0), price(row.getStruct(1))));
    return new Prices(byModel);
  }

  private static Price price(Row newest) {
    LocalDate month = newest.<Date>getAs("usage_month").toLocalDate();
    BigDecimal hourly =
        newest
            .<BigDecimal>getAs("cost")
            .divide(newest.getAs("hours"), Price.SCALE, RoundingMode.HALF_UP);
    return new Price(
        newest.getAs("billing_currency"), hourly, month.withDayOfMonth(month.lengthOfMonth()));
  }

  /** Returns the price of an accelerator model; empty if it is unknown. */
  Optional<Price> of(@Nullable String model) {
    return Optional.ofNullable(model).map(byModel::get);
  }

  /** Says which prices are used for these hours, one line for each accelerator model. */
  List<String> described(List<PricedHour> hours) {
    return hours.stream()
        .map(hour -> hour.held().model())
        .filter(Objects::nonNull)
        .distinct()
        .sorted()
        .map(this::described)
        .toList();
  }

  private String described(String model) {
    Price price = byModel.get(model);
    return price == null
        ? "%s: no published price, so its cost is unknown".formatted(model)
        : "%s: %s an hour, of %s".formatted(model, price.of(Price.HOUR_S), price.until());
  }
}
