package costlake.deliver;

import costlake.report.FigureFormat;
import costlake.report.SafeNames;
import java.math.BigDecimal;
import java.util.Locale;

/** Says which threshold a budget reached, in the language of the team. */
final class ThresholdText implements LetterText {
  private static final int NAME_MAX = 60;

  private final FigureFormat figures;
  private final MailTexts words;
  private final Threshold threshold;

  ThresholdText(Locale locale, Threshold threshold) {
    this.figures = new FigureFormat(locale);
    this.words = new MailTexts(locale);
    this.threshold = threshold;
  }

  @Override
  public String language() {
    return words.language();
  }

  @Override
  public String subject() {
    return words.say(
        isForecast() ? "threshold.forecast" : "threshold.subject",
        name(),
        percent(threshold.percent()));
  }

  private boolean isForecast() {
    return threshold.basis().equals("forecast");
  }

  /** Returns the text: what was used of which amount, since when, and where to look. */
  @Override
  public String text() {
    String used =
        words.say(
            "threshold.used",
            name(),
            unit(),
            figures.money(threshold.used()),
            figures.money(threshold.amount()),
            figures.day(threshold.periodStart()),
            figures.day(threshold.periodEnd()));
    String reached =
        words.say(
            isForecast() ? "threshold.expected" : "threshold.reached",
            percent(threshold.percent()),
            figures.day(threshold.reachedOn()));
    return String.join(
        "\n", used, reached, "", "costlake budgets --at " + threshold.periodStart(), "");
  }

  private String name() {
    return SafeNames.shorten(SafeNames.plain(threshold.budgetName()), NAME_MAX);
  }

  private String unit() {
    return switch (threshold.unit()) {
      case "accelerator_hours", "tokens" -> words.say("unit." + threshold.unit());
      default -> threshold.unit();
    };
  }

  private String percent(BigDecimal percent) {
    return figures.digits(percent.stripTrailingZeros()) + "\u00a0%";
  }
}
