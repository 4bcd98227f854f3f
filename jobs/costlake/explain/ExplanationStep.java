package costlake.explain;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A step of an explanation: a label, an amount of money, and the parts that add up to it. */
public record ExplanationStep(
    String label,
    @Nullable BigDecimal money,
    @Nullable String currency,
    List<ExplanationStep> parts) {
  public ExplanationStep {
    parts = List.copyOf(parts);
  }

  /** Returns the money of this step minus the money of its parts; zero if no part has money. */
  public BigDecimal difference() {
    List<BigDecimal> sums =
        parts.stream().map(ExplanationStep::money).filter(Objects::nonNull).toList();
    return money == null || sums.isEmpty()
        ? BigDecimal.ZERO
        : money.subtract(sums.stream().reduce(BigDecimal.ZERO, BigDecimal::add));
  }

  /** Whether the parts add up to the whole in this step and in every step below it. */
  public boolean addsUp() {
    return difference().signum() == 0 && parts.stream().allMatch(ExplanationStep::addsUp);
  }

  /** Formats the steps as an indented tree. The last line says whether the money adds up. */
  public String text() {
    StringBuilder out = new StringBuilder();
    print(out, "", "");
    out.append(addsUp() ? "The money adds up at each step." : "The money does NOT add up.");
    return out.toString();
  }

  private void print(StringBuilder out, String first, String rest) {
    out.append(first).append(label);
    if (money != null) {
      BigDecimal plain = money.stripTrailingZeros();
      out.append("  ")
          .append(currency)
          .append(' ')
          .append(plain.scale() < 2 ? plain.setScale(2) : plain.toPlainString());
    }
    if (difference().signum() != 0) {
      out.append("  (parts differ by ").append(difference().toPlainString()).append(')');
    }
    out.append('\n');
    for (int i = 0; i < parts.size(); i++) {
      boolean last = i == parts.size() - 1;
      parts.get(i).print(out, rest + (last ? "└─ " : "├─ "), rest + (last ? "   " : "│  "));
    }
  }
}
