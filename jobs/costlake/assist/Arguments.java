package costlake.assist;

import costlake.core.Failure;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The arguments of a call, after their types were checked against the schema of the tool. */
record Arguments(Map<String, Object> values) {
  /** Returns a text; empty if the call does not have it. */
  Optional<String> text(String name) {
    return Optional.ofNullable(value(name)).map(String::valueOf).map(String::strip);
  }

  /** Returns a text that the call must have. */
  String required(String name) {
    return text(name)
        .orElseThrow(() -> Failure.operator("Cannot answer: the argument '%s' is missing", name));
  }

  /** Returns a whole number; {@code otherwise} if the call does not have it. */
  int number(String name, int otherwise) {
    return value(name) instanceof Number number ? number.intValue() : otherwise;
  }

  /**
   * Returns the first day of a month; empty if the call does not have it.
   *
   * @throws Failure if it is not a month
   */
  Optional<LocalDate> month(String name) {
    return text(name).map(Arguments::firstDay);
  }

  private static LocalDate firstDay(String text) {
    try {
      return YearMonth.parse(text).atDay(1);
    } catch (DateTimeException e) {
      throw Failure.operator(e, "Cannot read the month '%s': write YYYY-MM", text);
    }
  }

  private @Nullable Object value(String name) {
    return values.get(name);
  }
}
