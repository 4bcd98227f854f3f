package costlake.config;

import costlake.core.Money;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a file writes numbers. A number in parentheses, or with a minus at its end, is negative.
 *
 * @param decimal mark before the decimals: a point or a comma
 * @param group mark between thousands; null if there is none, and then such a mark is an error
 * @param remove texts around numbers, such as signs of currencies
 */
public record NumberFormat(String decimal, @Nullable String group, List<String> remove) {
  /** Numbers such as 1234.50. */
  static final NumberFormat PLAIN = new NumberFormat(".", null, List.of());

  /** The mark between thousands that is a space, of any width. */
  static final String SPACE = " ";

  private static final Pattern SPACES = Pattern.compile("[\\u00A0\\u2009\\u202F]");
  private static final Pattern GROUPED = Pattern.compile("[+-]?\\d{1,3}(_\\d{3})+(\\.\\d*)?");

  public NumberFormat {
    remove = List.copyOf(remove);
  }

  /** Reads a number without loss; empty if it is none, or has more digits than money. */
  public Optional<BigDecimal> parse(String text) {
    String number = text;
    for (String removed : remove) {
      number = number.replace(removed, "");
    }
    if (SPACE.equals(group)) {
      number = SPACES.matcher(number).replaceAll(SPACE);
    }
    number = signed(number.strip());
    if (decimal.equals(",") && number.indexOf('.') >= 0 && !".".equals(group)) {
      return Optional.empty();
    }
    return ungrouped(number).flatMap(Money::parse);
  }

  private static String signed(String number) {
    if (number.startsWith("(") && number.endsWith(")")) {
      return "-" + number.substring(1, number.length() - 1).strip();
    }
    return number.endsWith("-") ? "-" + number.substring(0, number.length() - 1).strip() : number;
  }

  /** Writes the number with a point and without marks between thousands. */
  private Optional<String> ungrouped(String number) {
    if (group == null || !number.contains(group)) {
      return Optional.of(number.replace(decimal, "."));
    }
    String marked = number.replace(group, "_").replace(decimal, ".");
    return GROUPED.matcher(marked).matches()
        ? Optional.of(marked.replace("_", ""))
        : Optional.empty();
  }
}
