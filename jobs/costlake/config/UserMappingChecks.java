package costlake.config;

import costlake.core.Money;
import costlake.core.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Checks a mapping: its columns exist, its rules fit their columns, and its prices are unique. */
final class UserMappingChecks {
  private static final String COST = "BilledCost";
  private static final String CURRENCY = "BillingCurrency";
  private static final String QUANTITY = "PricingQuantity";
  private static final String PRICE = "ContractedUnitPrice";
  private static final String UNIT = "PricingUnit";
  private static final String END = "ChargePeriodEnd";
  private static final Set<String> COMPUTED = Set.of("BillingPeriodEnd", "Tags");
  private static final List<String> SPREAD =
      List.of("EffectiveCost", "PricingCurrencyEffectiveCost");
  private static final List<String> REQUIRED =
      List.of(
          "BillingAccountId",
          "ChargePeriodStart",
          END,
          "ServiceCategory",
          "ServiceName",
          "ServiceProviderName");

  /** Matches literal text in a pattern of times. */
  private static final Pattern QUOTED = Pattern.compile("'[^']*'");

  /** Matches a pattern with hours from 1 to 12 and without AM and PM. */
  private static final Pattern HALF_DAY = Pattern.compile("[^a]*[hK][^a]*");

  private final UserMappingReader.Document document;
  private final UserMapping mapping;
  private final Problems problems;
  private final List<SourceColumn> columns = UserMapping.kind().relations().get(0).columns();

  UserMappingChecks(UserMappingReader.Document document, UserMapping mapping, Problems problems) {
    this.document = document;
    this.mapping = mapping;
    this.problems = problems;
  }

  void run() {
    document.charges().forEach(this::column);
    document.tags().forEach((key, rule) -> rule("tags." + key, rule));
    required();
    spread();
    numbers();
    document.times().forEach(this::time);
    conditions("skip", mapping.skip());
    conditions("sign.negate", mapping.negate());
    conditions("sign.any", mapping.anySign());
    prices();
  }

  private void column(String name, UserMappingReader.Rule rule) {
    Origin origin = rule.origin();
    List<String> known =
        columns.stream().map(SourceColumn::name).filter(c -> !COMPUTED.contains(c)).toList();
    if (!known.contains(name)) {
      problems.add(origin, unknown(name, known));
      return;
    }
    rule(name, rule);
    SourceColumn column =
        columns.stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
    values(column, rule);
    if (column.type() != SourceColumn.Type.MONEY
        && (rule.multiplyBy() != null || rule.divideBy() != null)) {
      problems.add(origin, "'%s' is not a number and cannot be multiplied".formatted(name));
    }
    if (rule.inclusive() && !name.equals(END)) {
      problems.add(origin, "'inclusive' belongs to %s, not to %s".formatted(END, name));
    }
  }

  private static String unknown(String name, List<String> known) {
    if (name.equals("Tags")) {
      return "'Tags' is not written below charges. Write tags: {key: column} or tags_from: column";
    }
    return name.equals("BillingPeriodEnd")
        ? "'BillingPeriodEnd' is the end of the month of BillingPeriodStart. Remove it"
        : "'%s' is no column of FOCUS.%s".formatted(name, Nearest.hint(name, known));
  }

  private void rule(String name, UserMappingReader.Rule rule) {
    ColumnRule made = rule.rule();
    long origins =
        Stream.of(made.isDelivered(), made.value() != null, made.lasts() != null)
            .filter(given -> given)
            .count();
    if (origins != 1) {
      problems.add(
          rule.origin(),
          "'%s' needs either a column or a value%s"
              .formatted(name, name.equals(END) ? ", or lasts: hour, day or month" : ""));
    }
    if (made.lasts() != null && !name.equals(END)) {
      problems.add(rule.origin(), "'lasts' belongs to %s, not to %s".formatted(END, name));
    }
    if (!made.isDelivered() && (!made.values().isEmpty() || made.otherwise() != null)) {
      problems.add(rule.origin(), "'%s' has values, but no column".formatted(name));
    }
    if (made.multiplyBy().signum() == 0) {
      problems.add(rule.origin(), "'%s' cannot be multiplied by zero".formatted(name));
    }
    if (made.divideBy().signum() == 0) {
      problems.add(rule.origin(), "'%s' cannot be divided by zero".formatted(name));
    }
  }

  /** Checks the constants and the texts that delivered texts become. */
  private void values(SourceColumn column, UserMappingReader.Rule rule) {
    Stream.of(
            Stream.ofNullable(rule.value()),
            Stream.ofNullable(rule.otherwise()),
            rule.values().values().stream())
        .flatMap(texts -> texts)
        .forEach(text -> why(column, text).ifPresent(why -> problems.add(rule.origin(), why)));
  }

  private Optional<String> why(SourceColumn column, String text) {
    String name = column.name();
    if (!column.allowed().isEmpty() && !column.allowed().contains(text)) {
      return Optional.of(
          "%s cannot be '%s'.%s Allowed: %s"
              .formatted(
                  name,
                  text,
                  Nearest.hint(text, column.allowed()),
                  String.join(", ", column.allowed())));
    }
    if (name.equals(CURRENCY) && !CurrencyCode.isValid(text)) {
      return Optional.of(notACurrency(name, text));
    }
    if (column.type() == SourceColumn.Type.MONEY && mapping.numbers().parse(text).isEmpty()) {
      return Optional.of("%s cannot be '%s': write a number".formatted(name, text));
    }
    return Optional.empty();
  }

  private static String notACurrency(String name, String text) {
    return "%s cannot be '%s': write a code of ISO 4217 such as USD".formatted(name, text);
  }

  private void required() {
    List<String> lacking =
        new ArrayList<>(
            REQUIRED.stream().filter(name -> !mapping.charges().containsKey(name)).toList());
    boolean priced = !mapping.prices().isEmpty();
    boolean multiplied = mapping.charges().keySet().containsAll(List.of(PRICE, QUANTITY));
    if (!priced && !multiplied && !mapping.charges().containsKey(COST)) {
      lacking.add("%s (or prices, or %s and %s)".formatted(COST, PRICE, QUANTITY));
    }
    boolean currencies =
        priced && mapping.prices().stream().allMatch(price -> price.currency() != null);
    if (!currencies && !mapping.charges().containsKey(CURRENCY)) {
      lacking.add(CURRENCY);
    }
    if (priced) {
      Stream.of(QUANTITY, UNIT)
          .filter(name -> !mapping.charges().containsKey(name))
          .forEach(name -> lacking.add(name + " (for the prices)"));
    }
    if (!lacking.isEmpty()) {
      problems.add(document.origin(), "'charges' lacks " + String.join(", ", lacking));
    }
  }

  private void spread() {
    if (mapping.spread() == UserMapping.Spread.MONTHS) {
      SPREAD.stream()
          .filter(document.charges()::containsKey)
          .forEach(
              name ->
                  problems.add(
                      origin(name),
                      "'%s' is computed if 'spread' is months. Remove it".formatted(name)));
    }
  }

  private void numbers() {
    UserMappingReader.Numbers written = document.numbers();
    if (written == null) {
      return;
    }
    NumberFormat numbers = mapping.numbers();
    if (!List.of(".", ",").contains(numbers.decimal())) {
      problems.add(written.origin(), "'numbers.decimal' must be '.' or ','");
    }
    if (numbers.decimal().equals(numbers.group())) {
      problems.add(written.origin(), "'numbers.group' cannot be the mark before the decimals");
    }
  }

  private void time(String format) {
    if (!SourceKindReader.TIMES.contains(format) && SourceKindReader.pattern(format).isEmpty()) {
      problems.add(
          document.origin(),
          "'times' cannot be '%s'. Write iso, unix_s, unix_ms or a pattern such as MM/dd/yyyy"
              .formatted(format));
    } else if (HALF_DAY.matcher(QUOTED.matcher(format).replaceAll("")).matches()) {
      problems.add(
          document.origin(),
          "'times' cannot be '%s': h is an hour before or after noon. Write H, or add a for AM and PM"
              .formatted(format));
    }
  }

  private void conditions(String key, List<RowCondition> conditions) {
    for (int i = 0; i < conditions.size(); i++) {
      String name = "'%s' %d".formatted(key, i + 1);
      if (conditions.get(i).columns().isEmpty()) {
        problems.add(document.origin(), name + " holds for every row. Name a column");
      }
      texts(document.origin(), name, conditions.get(i));
    }
  }

  /** Finds columns without a text: such a condition would never hold. */
  private void texts(Origin origin, String name, RowCondition condition) {
    condition
        .values()
        .forEach(
            (column, texts) -> {
              if (texts.isEmpty()) {
                problems.add(
                    origin,
                    "%s needs a text for '%s'. Write '' for an empty column"
                        .formatted(name, column));
              }
            });
  }

  private void prices() {
    List<MappingPrice> prices = mapping.prices();
    for (int i = 0; i < prices.size(); i++) {
      MappingPrice price = prices.get(i);
      texts(price.origin(), "'where'", price.where());
      if (price.currency() != null && !CurrencyCode.isValid(price.currency())) {
        problems.add(price.origin(), notACurrency("currency", price.currency()));
      }
      if (price.price().signum() < 0) {
        problems.add(price.origin(), "price " + price.price() + " is negative");
      } else if (Money.exact(price.price()).isEmpty()) {
        problems.add(price.origin(), "price " + price.price() + " has too many digits");
      }
      if (price.from() != null && price.to() != null && !price.from().isBefore(price.to())) {
        problems.add(
            price.origin(), "'to' %s is not after 'from' %s".formatted(price.to(), price.from()));
      }
      prices.subList(0, i).stream()
          .filter(price::overlaps)
          .findFirst()
          .ifPresent(
              other ->
                  problems.add(
                      price.origin(),
                      "another price for the same rows and days is at " + other.origin()));
    }
    units();
  }

  /** Finds units that rows can have according to the mapping, and that no price has. */
  private void units() {
    ColumnRule unit = mapping.charges().get(UNIT);
    if (unit == null || mapping.prices().isEmpty()) {
      return;
    }
    Set<String> priced = new TreeSet<>();
    mapping.prices().forEach(price -> priced.add(price.unit()));
    Set<String> units = new TreeSet<>(unit.values().values());
    Stream.of(unit.value(), unit.otherwise()).flatMap(Stream::ofNullable).forEach(units::add);
    units.removeAll(priced);
    for (String one : units) {
      problems.add(
          origin(UNIT),
          "unit '%s' has no price.%s Units with a price: %s"
              .formatted(one, Nearest.hint(one, priced), String.join(", ", priced)));
    }
  }

  private Origin origin(String column) {
    UserMappingReader.Rule rule = document.charges().get(column);
    return rule == null ? document.origin() : rule.origin();
  }
}
