package costlake.explain;

import costlake.report.FigureFormat;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Says in a sentence what a charge is for: the quantity that is explained, of what, where, at which
 * price, and how far that is from the list price.
 */
final class ChargeSentence {
  /** The machine type at the end of a meter, e.g. of BoxUsage:g6.4xlarge. */
  private static final Pattern MACHINE = Pattern.compile(".*:([a-z0-9-]+(?:\\.[a-z0-9-]+)+)");

  private static final FigureFormat FIGURES = new FigureFormat(Locale.ROOT);
  private static final MathContext SHORT = new MathContext(20);
  private static final MathContext SMALL = new MathContext(4);
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private final Row charge;
  private final BigDecimal money;

  private ChargeSentence(Row charge, BigDecimal money) {
    this.charge = charge;
    this.money = money;
  }

  /**
   * Returns the sentence.
   *
   * @param charge row of {@code focus.cost_and_usage}
   * @param money part of the charge that is explained
   */
  static String of(Row charge, BigDecimal money) {
    return new ChargeSentence(charge, money).text();
  }

  private String text() {
    BigDecimal quantity = charge.getAs("PricingQuantity");
    BigDecimal cost = charge.getAs("EffectiveCost");
    boolean priced =
        "Usage".equals(charge.getAs("ChargeCategory"))
            && quantity != null
            && quantity.signum() > 0
            && charge.getAs("PricingUnit") != null
            && cost.signum() > 0;
    return priced ? usage(quantity, cost) : plain();
  }

  private String plain() {
    return Objects.requireNonNullElse(charge.getAs("ServiceName"), "(no service)")
        + ", "
        + Objects.requireNonNullElse(charge.getAs("ChargeDescription"), "(no description)");
  }

  private String usage(BigDecimal quantity, BigDecimal cost) {
    BigDecimal explained = quantity.multiply(money).divide(cost, SHORT);
    String unit = charge.getAs("PricingUnit");
    return "%s %s of %s%s%s%s, at %s %s %s: %s"
        .formatted(
            quantity(explained),
            isHours(unit) ? "h" : unit,
            thing(),
            resource(),
            part(" in ", charge.getAs("RegionId")),
            part(" on ", charge.getAs("x_ChargeDate")),
            charge.<String>getAs("BillingCurrency"),
            FIGURES.price(cost.divide(quantity, SHORT)),
            isHours(unit) ? "an hour" : "per " + unit,
            rate(cost));
  }

  private static boolean isHours(String unit) {
    return unit.equalsIgnoreCase("hours") || unit.equalsIgnoreCase("hour");
  }

  private static String part(String before, @Nullable Object value) {
    return value == null ? "" : before + value;
  }

  private String thing() {
    String meter = charge.getAs("SkuMeter");
    if (meter == null) {
      return plain();
    }
    Matcher machine = MACHINE.matcher(meter);
    return machine.matches() ? machine.group(1) : meter;
  }

  /** Returns the name of the resource, of a long id the part after the last slash. */
  private String resource() {
    String id = charge.getAs("ResourceId");
    return part(" ", id == null ? null : id.substring(id.lastIndexOf('/') + 1));
  }

  private String rate(BigDecimal cost) {
    BigDecimal list = charge.getAs("ListCost");
    if (list == null || list.signum() <= 0) {
      return Objects.requireNonNullElse(commitment(), "list price unknown");
    }
    BigDecimal below = list.subtract(cost).multiply(HUNDRED).divide(list, 0, RoundingMode.HALF_UP);
    String distance =
        below.signum() == 0
            ? "list price"
            : below.abs() + " % " + (below.signum() > 0 ? "below" : "above") + " list";
    return Labels.joined(commitment(), distance);
  }

  private @Nullable String commitment() {
    if ("Unused".equals(charge.getAs("CommitmentDiscountStatus"))) {
      return "commitment that nobody used";
    }
    String type = charge.getAs("CommitmentDiscountType");
    if (type != null) {
      return type.toLowerCase(Locale.ROOT).contains("plan") ? "plan rate" : "reserved rate";
    }
    return "Dynamic".equals(charge.getAs("PricingCategory")) ? "spot rate" : null;
  }

  /** Formats a quantity with two decimals at most, a small one with four digits. */
  static String quantity(BigDecimal value) {
    BigDecimal rounded =
        value.abs().compareTo(BigDecimal.ONE) < 0
            ? value.round(SMALL)
            : value.setScale(2, RoundingMode.HALF_UP);
    return new DecimalFormat(
            "#,##0.####################", DecimalFormatSymbols.getInstance(Locale.ROOT))
        .format(rounded);
  }
}
