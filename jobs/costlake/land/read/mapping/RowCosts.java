package costlake.land.read.mapping;

import costlake.config.ColumnRule;
import costlake.config.MappingPrice;
import costlake.config.RowCondition;
import costlake.config.SourceColumn;
import costlake.config.UserMapping;
import costlake.core.Message;
import costlake.core.Money;
import costlake.core.Nearest;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the numbers of a charge, computes its cost if the row states none, and checks its sign. The
 * result of a multiplication, and then that of a division, is rounded half up to 21 digits after
 * the point, as in SQL.
 */
final class RowCosts {
  static final String COST = "BilledCost";
  static final String CURRENCY = "BillingCurrency";

  /** Column of bronze.mapped: the text of the cost, or of the priced quantity, as delivered. */
  static final String STATED = "_stated_cost";

  private static final String QUANTITY = "PricingQuantity";
  private static final String UNIT = "PricingUnit";
  private static final String PRICE = "ContractedUnitPrice";
  private static final Set<String> COSTS =
      Set.of(COST, "ContractedCost", "EffectiveCost", "ListCost", "PricingCurrencyEffectiveCost");

  private final UserMapping mapping;
  private final Map<String, ColumnRule> numbers = new TreeMap<>();

  RowCosts(UserMapping mapping) {
    this.mapping = mapping;
    for (SourceColumn column : UserMapping.kind().relations().get(0).columns()) {
      ColumnRule rule = mapping.charges().get(column.name());
      if (column.type() == SourceColumn.Type.MONEY && rule != null) {
        numbers.put(column.name(), rule);
      }
    }
  }

  /**
   * Replaces the texts of numbers by numbers, and adds the cost.
   *
   * @param day the first day of the charge, on which its price must be in force; empty if unknown
   */
  void add(
      ChargeRow charge, Optional<LocalDate> day, Function<String, @Nullable String> delivered) {
    boolean negated = any(mapping.negate(), delivered);
    String stated = charge.get(COST);
    String quantity = charge.get(QUANTITY);
    numbers.forEach((column, rule) -> number(charge, column, rule, negated));
    String unitPrice = charge.get(PRICE);
    if (stated != null) {
      keepStated(charge, stated, negated);
    } else if (quantity != null && unitPrice != null) {
      multiply(charge, quantity, new BigDecimal(unitPrice), negated);
      charge.repaired("cost_from_unit_price");
    } else if (!mapping.prices().isEmpty()) {
      price(charge, quantity, day, negated, delivered);
    }
    if (!any(mapping.anySign(), delivered)) {
      sign(charge);
    }
  }

  private static boolean any(
      List<RowCondition> conditions, Function<String, @Nullable String> delivered) {
    return conditions.stream().anyMatch(condition -> condition.holds(delivered));
  }

  private void number(ChargeRow charge, String column, ColumnRule rule, boolean negated) {
    String text = charge.get(column);
    if (text == null) {
      return;
    }
    Optional<BigDecimal> number =
        mapping
            .numbers()
            .parse(text)
            .map(value -> signed(value, negated && COSTS.contains(column)))
            .flatMap(value -> scaled(value, rule, BigDecimal.ONE));
    if (number.isEmpty()) {
      charge.reject(
          "%s is not a number as 'numbers' describes them (decimal '%s'): %s"
              .formatted(
                  mapping.named(column), mapping.numbers().decimal(), ChargeRow.shown(text)));
    }
    charge.remove(column);
    number.ifPresent(value -> charge.put(column, plain(value)));
  }

  private static Optional<BigDecimal> scaled(BigDecimal value, ColumnRule rule, BigDecimal price) {
    return Money.exact(
        value
            .multiply(rule.multiplyBy().multiply(price))
            .setScale(Money.SCALE, RoundingMode.HALF_UP)
            .divide(rule.divideBy(), Money.SCALE, RoundingMode.HALF_UP));
  }

  static String plain(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }

  private void keepStated(ChargeRow charge, String stated, boolean negated) {
    ColumnRule rule = mapping.charges().get(COST);
    if (rule != null) {
      keep(charge, stated, rule, signed(BigDecimal.ONE, negated));
      if (rule.multiplyBy().compareTo(rule.divideBy()) != 0) {
        charge.repaired("cost_converted");
      }
    }
    if (negated) {
      charge.repaired("cost_sign_reversed");
    }
  }

  /**
   * Keeps the delivered text from which the cost was computed, so that an audit can read it again.
   */
  private void keep(ChargeRow charge, String delivered, ColumnRule rule, BigDecimal price) {
    String text = delivered;
    for (String removed : mapping.numbers().remove()) {
      text = text.replace(removed, "");
    }
    charge.put(STATED, text.strip());
    charge.put("_decimal_mark", mapping.numbers().decimal());
    charge.put("_cost_factor", rule.multiplyBy().multiply(price).toPlainString());
    charge.put("_cost_divisor", rule.divideBy().toPlainString());
  }

  private static BigDecimal signed(BigDecimal value, boolean negated) {
    return negated ? value.negate() : value;
  }

  private void price(
      ChargeRow charge,
      @Nullable String quantity,
      Optional<LocalDate> day,
      boolean negated,
      Function<String, @Nullable String> delivered) {
    String unit = charge.get(UNIT);
    if (quantity == null || unit == null || day.isEmpty()) {
      charge.reject(
          "no price applies, because %s is empty".formatted(quantity == null ? QUANTITY : UNIT));
      return;
    }
    List<MappingPrice> found = prices(unit, day.get(), delivered);
    if (found.isEmpty()) {
      charge.reject(unpriced(unit, day.get()));
    } else if (found.size() > 1) {
      charge.reject(
          "two prices apply: %s and %s".formatted(found.get(0).origin(), found.get(1).origin()));
    } else {
      apply(charge, quantity, found.get(0), negated);
    }
  }

  /** Finds the prices with the most conditions that are for a row. */
  private List<MappingPrice> prices(
      String unit, LocalDate day, Function<String, @Nullable String> delivered) {
    List<MappingPrice> found =
        mapping.prices().stream()
            .filter(price -> price.unit().equals(unit) && price.isInForce(day))
            .filter(price -> price.where().holds(delivered))
            .toList();
    Optional<Integer> most =
        found.stream().map(RowCosts::conditions).max(Comparator.naturalOrder());
    return found.stream().filter(price -> most.get() == conditions(price)).toList();
  }

  private static int conditions(MappingPrice price) {
    return price.where().columns().size();
  }

  private String unpriced(String unit, LocalDate day) {
    Set<String> units = new TreeSet<>();
    mapping.prices().forEach(price -> units.add(price.unit()));
    return units.contains(unit)
        ? "no price of unit '%s' is for this row on %s".formatted(unit, day)
        : "unit '%s' has no price.%s".formatted(unit, Nearest.hint(unit, units));
  }

  private void apply(ChargeRow charge, String quantity, MappingPrice price, boolean negated) {
    String currency = charge.get(CURRENCY);
    if (currency != null && price.currency() != null && !currency.equals(price.currency())) {
      charge.reject(
          "the price is in %s, but %s is %s".formatted(price.currency(), CURRENCY, currency));
    }
    charge.putIfAbsent(CURRENCY, price.currency());
    charge.putIfAbsent(PRICE, plain(price.price()));
    multiply(charge, quantity, price.price(), negated);
    charge.repaired("cost_from_price");
  }

  /** Sets the cost of a quantity at a price. */
  private void multiply(ChargeRow charge, String quantity, BigDecimal price, boolean negated) {
    ColumnRule rule = mapping.charges().get(QUANTITY);
    if (rule != null) {
      BigDecimal signed = signed(price, negated);
      mapping
          .numbers()
          .parse(quantity)
          .flatMap(number -> scaled(number, rule, signed))
          .ifPresent(amount -> charge.put(COST, plain(amount)));
      keep(charge, quantity, rule, signed);
    }
    if (negated) {
      charge.repaired("cost_sign_reversed");
    }
  }

  private static void sign(ChargeRow charge) {
    String cost = charge.get(COST);
    String category = charge.get("ChargeCategory");
    if (cost == null || category == null) {
      return;
    }
    int sign = new BigDecimal(cost).signum();
    if (sign > 0 && category.equals("Credit")) {
      charge.reject(
          Message.of(
              """
              %s %s is positive, but a Credit lowers the cost. Add its rows to sign.negate or
              sign.any
              """,
              COST, cost));
    } else if (sign < 0 && (category.equals("Usage") || category.equals("Purchase"))) {
      charge.reject(
          Message.of(
              """
              %s %s is negative, but the charge is %s. Map its ChargeCategory to Credit or
              Adjustment, or add its rows to sign.negate or sign.any
              """,
              COST, cost, category));
    }
  }
}
