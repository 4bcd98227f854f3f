package costlake.explain;

import costlake.report.FigureFormat;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A step of an explanation: a label, an amount of money, and the parts that add up to it.
 *
 * @param shown the money of a printed line, to the cent as it is printed there; null for other
 *     steps
 */
public record ExplanationStep(
    String label,
    @Nullable BigDecimal money,
    @Nullable BigDecimal shown,
    @Nullable String currency,
    List<ExplanationStep> parts) {
  public ExplanationStep {
    parts = List.copyOf(parts);
  }

  /** Creates a step that no statement prints. */
  public ExplanationStep(
      String label,
      @Nullable BigDecimal money,
      @Nullable String currency,
      List<ExplanationStep> parts) {
    this(label, money, null, currency, parts);
  }

  /** Creates a step that only says something. */
  static ExplanationStep note(String label) {
    return new ExplanationStep(label, null, null, List.of());
  }

  /**
   * Creates a step of steps that each have one currency. If there is only one, it is that step with
   * this label.
   */
  static ExplanationStep ofCurrencies(String label, List<ExplanationStep> parts) {
    return parts.size() == 1
        ? new ExplanationStep(label, parts.get(0).money, parts.get(0).currency, parts.get(0).parts)
        : new ExplanationStep(label, null, null, parts);
  }

  /** How many digits of an amount are printed. */
  public enum Digits {
    /** Two after the point; those of a printed line are the ones that are printed. */
    CENTS {
      @Override
      String of(ExplanationStep step) {
        return FIGURES.money(step.cents());
      }
    },
    /** All, at least two after the point. */
    ALL {
      @Override
      String of(ExplanationStep step) {
        return FIGURES.exact(step.money());
      }
    };

    abstract String of(ExplanationStep step);
  }

  private static final FigureFormat FIGURES = new FigureFormat(Locale.ROOT);

  /** Formats an amount to the cent, e.g. USD 1.50. */
  static String amount(@Nullable String currency, @Nullable BigDecimal money) {
    return money == null ? "unknown" : currency + " " + FIGURES.money(money);
  }

  /** Formats a number with all its digits. */
  static String plain(@Nullable BigDecimal value) {
    return value == null ? "unknown" : value.stripTrailingZeros().toPlainString();
  }

  /** Returns the money of these steps; steps without money do not count. */
  static BigDecimal sum(List<ExplanationStep> steps) {
    return steps.stream()
        .map(ExplanationStep::money)
        .filter(Objects::nonNull)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /**
   * Adds what the whole has beyond the parts that are shown, as one part.
   *
   * @param more number of parts that are not shown; zero if all are
   * @param what the parts, e.g. charges
   */
  static List<ExplanationStep> completed(
      List<ExplanationStep> shown,
      long more,
      String what,
      BigDecimal whole,
      @Nullable String currency) {
    if (more == 0) {
      return shown;
    }
    ExplanationStep rest =
        new ExplanationStep(
            "%,d more %s".formatted(more, what), whole.subtract(sum(shown)), currency, List.of());
    return Stream.concat(shown.stream(), Stream.of(rest)).toList();
  }

  /**
   * Returns the first parts, and all others as one.
   *
   * @param parts the parts, the largest first
   * @param what the parts, e.g. runs
   */
  static List<ExplanationStep> largest(
      List<ExplanationStep> parts,
      int most,
      String what,
      BigDecimal whole,
      @Nullable String currency) {
    List<ExplanationStep> shown = parts.subList(0, Math.min(most, parts.size()));
    return completed(shown, parts.size() - shown.size(), what, whole, currency);
  }

  /** Creates a step whose money is that of its parts. */
  static ExplanationStep whole(String label, String currency, List<ExplanationStep> parts) {
    return new ExplanationStep(label, sum(parts), currency, parts);
  }

  /** Returns this step with further parts. */
  ExplanationStep with(List<ExplanationStep> further) {
    return new ExplanationStep(
        label, money, shown, currency, Stream.concat(parts.stream(), further.stream()).toList());
  }

  /** Returns this step as a line that prints this figure; null if nothing prints the step. */
  ExplanationStep shownAs(@Nullable BigDecimal figure) {
    return new ExplanationStep(label, money, figure, currency, parts);
  }

  /** Returns the money as statements print it, or unrounded if nothing prints it. */
  public @Nullable BigDecimal cents() {
    return shown == null ? money : shown;
  }

  /** Returns this step and all below it with their money negated. */
  ExplanationStep negated() {
    return new ExplanationStep(
        label,
        money == null ? null : money.negate(),
        shown == null ? null : shown.negate(),
        currency,
        parts.stream().map(ExplanationStep::negated).toList());
  }

  /** Returns the money of this step minus the money of its parts; zero if no part has money. */
  public BigDecimal difference() {
    boolean isSplit = parts.stream().anyMatch(part -> part.money() != null);
    return money == null || !isSplit ? BigDecimal.ZERO : money.subtract(sum(parts));
  }

  /** Whether the parts add up to the whole in this step and in every step below it. */
  public boolean addsUp() {
    return difference().signum() == 0 && parts.stream().allMatch(ExplanationStep::addsUp);
  }

  /** Formats the steps as {@link #text(Digits)}, with amounts to the cent. */
  public String text() {
    return text(Digits.CENTS);
  }

  /** Formats the steps as an indented tree. The last line says whether the money adds up. */
  public String text(Digits digits) {
    StringBuilder out = new StringBuilder();
    print(digits, out, "", "");
    out.append(addsUp() ? "The money adds up at each step." : "The money does NOT add up.");
    if (digits == Digits.CENTS && isRounded()) {
      out.append(" Amounts are rounded to cents; --exact prints all digits.");
    }
    return out.toString();
  }

  private boolean isRounded() {
    return (money != null && money.stripTrailingZeros().scale() > 2)
        || parts.stream().anyMatch(ExplanationStep::isRounded);
  }

  private void print(Digits digits, StringBuilder out, String first, String rest) {
    out.append(first).append(label);
    if (money != null) {
      out.append("  ").append(currency).append(' ').append(digits.of(this));
    }
    if (difference().signum() != 0) {
      out.append("  (parts differ by ").append(difference().toPlainString()).append(')');
    }
    out.append('\n');
    for (int i = 0; i < parts.size(); i++) {
      boolean last = i == parts.size() - 1;
      parts.get(i).print(digits, out, rest + (last ? "└─ " : "├─ "), rest + (last ? "   " : "│  "));
    }
  }
}
