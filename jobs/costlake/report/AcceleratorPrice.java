package costlake.report;

import static java.util.Comparator.comparing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The price of an accelerator-hour, of the receiver or of the whole company.
 *
 * @param accelerator printed row of the accelerator
 * @param list price before any discount
 * @param contracted price after negotiated discounts, and of spot capacity
 * @param paid price after commitments
 */
public record AcceleratorPrice(
    PrintedRow accelerator,
    boolean ofCompany,
    BigDecimal list,
    BigDecimal contracted,
    BigDecimal paid,
    @Nullable BigDecimal committed,
    @Nullable BigDecimal spot) {
  private static final int DIGITS = 4;

  /** What the price of an accelerator-hour consists of. */
  private enum Part {
    LIST,
    CONTRACT,
    COMMITMENT
  }

  /** Returns the price of the accelerators of a row, whose price is known. */
  static AcceleratorPrice of(PrintedRow row) {
    return of(row, "");
  }

  /** Returns the price that the company pays for such accelerators, if the row has it. */
  static AcceleratorPrice ofCompany(PrintedRow row) {
    return of(row, "company_");
  }

  private static AcceleratorPrice of(PrintedRow row, String prefix) {
    return new AcceleratorPrice(
        row,
        !prefix.isEmpty(),
        digits(row.decimal(prefix + "list_price")),
        digits(row.decimal(prefix + "contracted_price")),
        digits(row.decimal(prefix + "paid_price")),
        row.decimalOrNull(prefix + "committed_ratio"),
        row.decimalOrNull(prefix + "spot_ratio"));
  }

  private static BigDecimal digits(BigDecimal price) {
    return price.setScale(DIGITS, RoundingMode.HALF_UP);
  }

  /** Returns what contracts and spot prices changed. */
  public BigDecimal contract() {
    return contracted.subtract(list);
  }

  /** Returns what commitments changed. */
  public BigDecimal commitment() {
    return paid.subtract(contracted);
  }

  private BigDecimal of(Part part) {
    return switch (part) {
      case LIST -> list;
      case CONTRACT -> contract();
      case COMMITMENT -> commitment();
    };
  }

  private Part largest(AcceleratorPrice other) {
    BigDecimal sign = BigDecimal.valueOf(paid.compareTo(other.paid));
    return Stream.of(Part.values())
        .max(comparing(part -> of(part).subtract(other.of(part)).multiply(sign)))
        .orElseThrow();
  }

  /**
   * Says what makes most of the difference to another price.
   *
   * @param contract the sentence about spot and negotiated prices
   * @param commitment the sentence about commitments
   */
  String reason(
      AcceleratorPrice other,
      FigureFormat figures,
      StatementTexts words,
      String contract,
      String commitment) {
    return switch (largest(other)) {
      case LIST ->
          words.say(
              "Largest reason: other machines or regions, {0} an hour by list against {1}.",
              figures.price(list), figures.price(other.list));
      case CONTRACT -> contract;
      case COMMITMENT -> commitment;
    };
  }
}
