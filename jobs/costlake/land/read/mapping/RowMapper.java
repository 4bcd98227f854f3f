package costlake.land.read.mapping;

import costlake.config.ColumnRule;
import costlake.config.CurrencyCode;
import costlake.config.SourceColumn;
import costlake.config.UserMapping;
import costlake.core.Nearest;
import costlake.land.read.rows.JsonText;
import costlake.land.read.rows.RowReader;
import costlake.land.read.rows.ZonedTimes;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes charges of rows of text by a user's mapping. All columns of a charge are text. */
final class RowMapper {
  /** Column of bronze.mapped: which condition skips the row; null for a charge. */
  static final String SKIPPED = "_skipped";

  /** The years of charges that the audit implausible_charges accepts. */
  private static final int YEAR_MIN = 2000;

  private static final int YEAR_MAX = 2099;
  private static final int SPREAD_YEARS_MAX = 10;
  private static final String START = "ChargePeriodStart";
  private static final String END = "ChargePeriodEnd";
  private static final String BILLED = "BillingPeriodStart";
  private static final List<String> REQUIRED =
      List.of(
          RowCosts.COST,
          RowCosts.CURRENCY,
          START,
          END,
          BILLED,
          "BillingAccountId",
          "ServiceCategory",
          "ServiceName",
          "ServiceProviderName");

  private static final Map<String, String> UNITS =
      Map.of("PricingQuantity", "PricingUnit", "ConsumedQuantity", "ConsumedUnit");

  private final UserMapping mapping;
  private final DeliveredFields fields;
  private final ZonedTimes times;
  private final RowCosts costs;
  private final Map<String, SourceColumn> columns = new LinkedHashMap<>();

  RowMapper(UserMapping mapping, List<String> header) {
    this.mapping = mapping;
    this.fields = new DeliveredFields(header, mapping.columns());
    this.times = new ZonedTimes(mapping.times(), mapping.zone());
    this.costs = new RowCosts(mapping);
    UserMapping.kind()
        .relations()
        .get(0)
        .columns()
        .forEach(column -> columns.put(column.name(), column));
  }

  /** Positions of the delivered fields that it reads. */
  Set<Integer> positions() {
    return fields.positions();
  }

  ChargeRow map(RowReader row) {
    ChargeRow charge = new ChargeRow();
    Function<String, @Nullable String> delivered = column -> fields.text(row, column);
    for (int i = 0; i < mapping.skip().size(); i++) {
      if (mapping.skip().get(i).holds(delivered)) {
        charge.put(SKIPPED, "skip " + (i + 1));
        charge.put(RowCosts.STATED, cost(delivered));
        return charge;
      }
    }
    mapping.charges().forEach((column, rule) -> text(charge, column, rule, delivered));
    Optional<LocalDate> day = period(charge);
    tags(charge, row, delivered);
    defaults(charge);
    costs.add(charge, day, delivered);
    quantities(charge);
    if (isSpread(charge)) {
      charge.put("_spread", "months");
      charge.repaired("cost_spread_over_months");
    }
    required(charge);
    return charge;
  }

  /** Returns the cost that a row states, for a message; null if it states none. */
  private @Nullable String cost(Function<String, @Nullable String> delivered) {
    return Optional.ofNullable(mapping.charges().get(RowCosts.COST))
        .map(rule -> firstOf(rule, delivered))
        .flatMap(mapping.numbers()::parse)
        .map(RowCosts::plain)
        .orElse(null);
  }

  /** Sets a column of text; numbers and times are read later, because they depend on others. */
  private void text(
      ChargeRow charge,
      String column,
      ColumnRule rule,
      Function<String, @Nullable String> delivered) {
    SourceColumn described = columns.get(column);
    String text = value(charge, column, rule, delivered);
    if (text != null && described != null && isForbidden(described, text)) {
      charge.reject(
          "%s cannot be %s.%s Map its text with 'values'"
              .formatted(
                  mapping.named(column),
                  ChargeRow.shown(text),
                  Nearest.hint(text, described.allowed())));
    }
    if (text != null && column.equals(RowCosts.CURRENCY) && !CurrencyCode.isValid(text)) {
      charge.reject(
          "%s cannot be %s: it is no code of ISO 4217 such as USD. Map its text with 'values'"
              .formatted(mapping.named(column), ChargeRow.shown(text)));
    }
    charge.put(column, text);
  }

  private static boolean isForbidden(SourceColumn column, String text) {
    return !column.allowed().isEmpty() && !column.allowed().contains(text);
  }

  private @Nullable String value(
      ChargeRow charge,
      String column,
      ColumnRule rule,
      Function<String, @Nullable String> delivered) {
    if (rule.value() != null) {
      return rule.value();
    }
    String text = firstOf(rule, delivered);
    if (text == null) {
      return rule.otherwise();
    }
    if (rule.values().isEmpty()) {
      return text;
    }
    String meant = rule.values().getOrDefault(text, rule.otherwise());
    if (meant == null) {
      charge.reject(
          "%s: %s is not among its values.%s"
              .formatted(
                  mapping.named(column),
                  ChargeRow.shown(text),
                  Nearest.hint(text, rule.values().keySet())));
    }
    return meant;
  }

  private static @Nullable String firstOf(
      ColumnRule rule, Function<String, @Nullable String> delivered) {
    for (String column : rule.columns()) {
      String text = delivered.apply(column);
      if (text != null) {
        return text;
      }
    }
    return null;
  }

  /** Sets the period of the charge and its month, and returns the first day of the period. */
  private Optional<LocalDate> period(ChargeRow charge) {
    Optional<ZonedTimes.Time> start = time(charge, START);
    Optional<ZonedTimes.Time> end = end(charge, start);
    Optional<ZonedTimes.Time> billed = charge.has(BILLED) ? time(charge, BILLED) : start;
    start.ifPresent(time -> charge.put(START, time.utc().toString()));
    end.ifPresent(time -> charge.put(END, time.utc().toString()));
    billed.ifPresent(
        time -> {
          charge.put(BILLED, time.day().withDayOfMonth(1).toString());
          charge.put("BillingPeriodEnd", time.day().withDayOfMonth(1).plusMonths(1).toString());
        });
    if (start.isPresent() && end.isPresent() && !start.get().utc().isBefore(end.get().utc())) {
      charge.reject(
          "%s %s is not after %s %s".formatted(END, end.get().utc(), START, start.get().utc()));
    }
    if (mapping.spread() == UserMapping.Spread.MONTHS && start.isPresent() && end.isPresent()) {
      days(charge, start.get().day(), end.get().endDay());
    }
    return start.map(ZonedTimes.Time::day);
  }

  /** Sets the days over which the cost is spread. */
  private static void days(ChargeRow charge, LocalDate first, LocalDate end) {
    if (first.plusYears(SPREAD_YEARS_MAX).isBefore(end)) {
      charge.reject(
          "the cost cannot be spread from %s to %s, over more than %d years"
              .formatted(first, end, SPREAD_YEARS_MAX));
    }
    charge.put("_first_day", first.toString());
    charge.put("_end_day", end.toString());
  }

  private Optional<ZonedTimes.Time> end(ChargeRow charge, Optional<ZonedTimes.Time> start) {
    ColumnRule rule = mapping.charges().get(END);
    ColumnRule.Length length = rule == null ? null : rule.lasts();
    if (length != null) {
      return start.map(time -> time.plus(length));
    }
    Optional<ZonedTimes.Time> end = time(charge, END);
    return rule != null && rule.inclusive() ? end.map(ZonedTimes.Time::after) : end;
  }

  private Optional<ZonedTimes.Time> time(ChargeRow charge, String column) {
    String text = charge.get(column);
    if (text == null) {
      return Optional.empty();
    }
    Optional<ZonedTimes.Time> time = times.parse(text);
    if (time.isEmpty()) {
      charge.reject(
          "%s is not a time in the formats of 'times' (%s): %s. Add its format"
              .formatted(
                  mapping.named(column),
                  String.join(", ", mapping.times()),
                  ChargeRow.shown(text)));
      charge.remove(column);
    }
    return time.filter(found -> isPlausible(charge, column, text, found));
  }

  /** A wrong unit of time, or a date that means "no end", would be thousands of months away. */
  private boolean isPlausible(ChargeRow charge, String column, String text, ZonedTimes.Time time) {
    boolean plausible = time.local().getYear() >= YEAR_MIN && time.local().getYear() <= YEAR_MAX;
    if (!plausible) {
      charge.reject(
          "%s %s is in the year %d, which is not between %d and %d"
              .formatted(
                  mapping.named(column),
                  ChargeRow.shown(text),
                  time.local().getYear(),
                  YEAR_MIN,
                  YEAR_MAX));
      charge.remove(column);
    }
    return plausible;
  }

  private void tags(ChargeRow charge, RowReader row, Function<String, @Nullable String> delivered) {
    Map<String, String> tags = new LinkedHashMap<>();
    mapping
        .tags()
        .forEach(
            (key, rule) -> {
              String text = value(charge, "tags." + key, rule, delivered);
              if (text != null) {
                tags.put(key, text);
              }
            });
    if (mapping.tagsFrom() != null) {
      Map<String, String> members = fields.object(row, mapping.tagsFrom());
      if (members == null) {
        charge.reject(mapping.tagsFrom() + " is not a JSON object");
      } else {
        members.forEach(tags::putIfAbsent);
      }
    }
    charge.put("Tags", tags.isEmpty() ? null : JsonText.object(tags));
  }

  /** Whether the cost is spread: a tax, a credit or an adjustment counts whole. */
  private boolean isSpread(ChargeRow charge) {
    String category = charge.get("ChargeCategory");
    return mapping.spread() == UserMapping.Spread.MONTHS
        && ("Usage".equals(category) || "Purchase".equals(category));
  }

  private static void defaults(ChargeRow charge) {
    charge.putIfAbsent("ChargeCategory", "Usage");
    boolean usage = "Usage".equals(charge.get("ChargeCategory"));
    boolean purchase = "Purchase".equals(charge.get("ChargeCategory"));
    charge.putIfAbsent("ChargeFrequency", usage ? "Usage-Based" : "One-Time");
    if (usage || purchase) {
      charge.putIfAbsent("PricingCategory", "Standard");
    }
  }

  /**
   * Usage that states no other quantity consumes what is priced. A unit needs a quantity: a
   * constant unit is left out of rows without one.
   */
  private static void quantities(ChargeRow charge) {
    if ("Usage".equals(charge.get("ChargeCategory")) && !charge.has("ConsumedQuantity")) {
      charge.put("ConsumedQuantity", charge.get("PricingQuantity"));
      charge.put("ConsumedUnit", charge.get("PricingUnit"));
    }
    UNITS.forEach(
        (quantity, unit) -> {
          if (!charge.has(quantity)) {
            charge.remove(unit);
          }
        });
  }

  private void required(ChargeRow charge) {
    for (String column : REQUIRED) {
      if (!charge.has(column)) {
        charge.reject(mapping.named(column) + " is empty");
      }
    }
  }
}
