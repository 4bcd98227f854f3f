package costlake.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import costlake.night.MoneyChange;
import costlake.report.FigureFormat;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Prints the money that a night moved, or that a plan would move. */
final class MoneyChangeLines {
  private static final FigureFormat FIGURES = new FigureFormat(Locale.ROOT);
  private static final int PRINTED = 30;

  private MoneyChangeLines() {}

  /** Returns a line for each of the first changes, and one for how many more there are. */
  static Stream<String> of(List<MoneyChange> changes) {
    int more = changes.size() - PRINTED;
    return Stream.concat(
        changes.stream().limit(PRINTED).map(MoneyChangeLines::line),
        more > 0
            ? Stream.of("  and %d more months and teams; --json prints all".formatted(more))
            : Stream.of());
  }

  private static String line(MoneyChange change) {
    String reasons =
        change.parts().size() == 1
            ? change.parts().get(0).reason()
            : change.parts().stream()
                .map(part -> signed(part.change()) + " " + part.reason())
                .collect(Collectors.joining("; "));
    return "  %s  %s  %s %s%s: %s"
        .formatted(
            change.month(),
            Objects.requireNonNullElse(change.team(), "no team"),
            change.currency(),
            signed(change.change()),
            change.isClosed() ? " (closed month, so a correction)" : "",
            reasons);
  }

  private static String signed(BigDecimal money) {
    String figure = FIGURES.money(money);
    return money.setScale(2, RoundingMode.HALF_UP).signum() > 0 ? "+" + figure : figure;
  }

  /** Returns a change with all digits. */
  static ObjectNode json(MoneyChange change) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("month", change.month().toString());
    node.put("team", change.team());
    node.put("currency", change.currency());
    node.put("change", plain(change.change()));
    node.put("closed", change.isClosed());
    for (MoneyChange.Part part : change.parts()) {
      ObjectNode reason = JsonNodeFactory.instance.objectNode();
      reason.put("reason", part.reason());
      reason.put("change", plain(part.change()));
      node.withArray("reasons").add(reason);
    }
    return node;
  }

  private static String plain(BigDecimal money) {
    return money.stripTrailingZeros().toPlainString();
  }
}
