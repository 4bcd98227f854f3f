package costlake.cli;

import costlake.core.Failure;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code --at} of commands that list periods, the current ones without it. */
final class AtOption {
  @Option(
      names = "--at",
      paramLabel = "DATE",
      description =
          "Periods with this day, or with the last day of a month YYYY-MM (default: the current"
              + " periods).")
  @Nullable String at;

  /** Returns the condition on rows with {@code is_current}, {@code period_start} and the end. */
  String condition() {
    return at == null
        ? "is_current"
        : "date '%s' between period_start and period_end".formatted(day(at));
  }

  private static LocalDate day(String text) {
    try {
      return text.length() == 7 ? YearMonth.parse(text).atEndOfMonth() : LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw Failure.operator(e, "Cannot read the date '%s': write YYYY-MM-DD or YYYY-MM", text);
    }
  }
}
