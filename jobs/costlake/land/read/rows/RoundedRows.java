package costlake.land.read.rows;

import costlake.core.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Rounds amounts with more than 21 digits after the point, and lists their columns as repairs.
 * Everything else is as the file has it.
 */
public final class RoundedRows extends ForwardedRows {
  private static final UTF8String SMALL_E = UTF8String.fromString("e");
  private static final UTF8String BIG_E = UTF8String.fromString("E");

  /** The names of the columns of money, by position; null for other columns. */
  private final @Nullable String[] money;

  private RoundedRows(RowReader rows, @Nullable String[] money) {
    super(rows);
    this.money = money;
  }

  public static RowReader of(FilePlan file, RowReader rows) {
    String[] money = new String[file.width()];
    file.checks().stream()
        .filter(check -> check.rule().money() && check.position() >= 0)
        .forEach(check -> money[check.position()] = check.column());
    return new RoundedRows(rows, money);
  }

  @Override
  public @Nullable UTF8String text(int field) {
    UTF8String text = rows.text(field);
    return rounded(field, text)
        .map(amount -> UTF8String.fromString(amount.toPlainString()))
        .orElse(text);
  }

  @Override
  public BigDecimal roundedOff(int field) {
    UTF8String text = rows.text(field);
    return rounded(field, text)
        .map(amount -> new BigDecimal(String.valueOf(text).strip()).subtract(amount))
        .orElse(BigDecimal.ZERO);
  }

  private Optional<BigDecimal> rounded(int field, @Nullable UTF8String text) {
    return text == null || money[field] == null || isShort(text)
        ? Optional.empty()
        : Money.rounded(text.toString());
  }

  /** Whether the text is too short for a number that must be rounded, and has no exponent. */
  private static boolean isShort(UTF8String text) {
    return text.numBytes() <= Money.SCALE + 1 && !text.contains(SMALL_E) && !text.contains(BIG_E);
  }

  @Override
  public List<String> repairs() {
    List<String> repairs = new ArrayList<>(rows.repairs());
    for (int i = 0; i < money.length; i++) {
      if (rounded(i, rows.text(i)).isPresent()) {
        repairs.add(ROUNDED + money[i]);
      }
    }
    return repairs;
  }
}
