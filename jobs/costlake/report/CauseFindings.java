package costlake.report;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Collectors;

/** Says which effects changed the total most. */
final class CauseFindings {
  private final Statement statement;
  private final FigureFormat figures;
  private final StatementTexts words;

  CauseFindings(Statement statement, FigureFormat figures, StatementTexts words) {
    this.statement = statement;
    this.figures = figures;
    this.words = words;
  }

  /** Names the three largest effects on the total, in one line. */
  public String lede() {
    String effects =
        statement.changes("effect").stream()
            .sorted(Comparator.comparing(CauseFindings::size).reversed())
            .limit(3)
            .map(c -> words.within(c.text("basis")) + " " + figures.rise(change(c)))
            .collect(Collectors.joining(", "));
    return lede(effects)
        + (statement.changes("effect").size() > 3 ? words.say(", and more below.") : ".");
  }

  private String lede(String effects) {
    String before = figures.month(statement.head().month().minusMonths(1));
    if (statement.measured() != null) {
      return words.say("{0} does not compare, because telemetry began: {1}", before, effects);
    }
    BigDecimal difference = Objects.requireNonNull(statement.head().difference());
    String sentence =
        switch (difference.signum()) {
          case 0 -> "The same total as in {1}; increases and decreases offset each other: {2}";
          case 1 -> "Up {0} against {1}: {2}";
          default -> "Down {0} against {1}: {2}";
        };
    return words.say(sentence, figures.whole(difference.abs()), before, effects);
  }

  private static BigDecimal change(PrintedRow change) {
    return change.decimal("change_shown");
  }

  private static BigDecimal size(PrintedRow change) {
    return change(change).abs();
  }
}
