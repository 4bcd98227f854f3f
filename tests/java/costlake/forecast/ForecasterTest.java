package costlake.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ForecasterTest {
  private static final LocalDate MONDAY = LocalDate.of(2026, 1, 5);
  private static final double[] WEEK = {100, 100, 100, 100, 100, 40, 40};

  @Test
  void aWeekThatRepeatsIsForecastExactly() {
    double[] history = days(70, day -> WEEK[day % 7]);
    Estimate week = next(history, 7);
    assertThat(week.expected()).isCloseTo(580, within(0.01));
    assertThat(next(history, 3).expected()).isCloseTo(300, within(0.01));
    assertThat(next(history, 31).expected()).isCloseTo(4 * 580 + 300, within(0.01));
    assertThat(week.low()).isLessThanOrEqualTo(week.expected());
    assertThat(week.high()).isGreaterThanOrEqualTo(week.expected());
    assertThat(week.high() - week.low()).isLessThan(1);
  }

  @Test
  void aPeriodWithinTheDaysAheadHasItsOwnWeekdays() {
    Forecaster forecaster = Forecaster.of(Map.of("s", series(days(70, day -> WEEK[day % 7]))));
    LocalDate saturday = MONDAY.plusDays(70 + 5);
    assertThat(forecaster.sum("s", saturday, saturday.plusDays(1)).expected())
        .isCloseTo(80, within(0.01));
  }

  @Test
  void daysThatAreKnownAreNotForecast() {
    Forecaster forecaster = Forecaster.of(Map.of("s", series(days(70, day -> 10))));
    LocalDate end = MONDAY.plusDays(70);
    assertThat(forecaster.sum("s", end.minusDays(20), end.plusDays(4)).expected())
        .isCloseTo(50, within(0.001));
  }

  @Test
  void anotherLevelIsLearntWithinTwoWeeks() {
    double[] shifted = days(84, day -> day < 70 ? 100 : 200);
    assertThat(next(shifted, 28).expected()).isBetween(28 * 180.0, 28 * 220.0);
  }

  @Test
  void tooFewDaysSaySo() {
    assertThat(next(days(20, day -> 5), 7).reason()).isEqualTo("too little history: 20 days of 21");
    assertThat(next(days(20, day -> 5), 7).expected()).isNull();
    assertThat(next(new double[] {7}, 7).reason()).isEqualTo("too little history: 1 days of 21");
    assertThat(next(days(21, day -> 5), 7).expected()).isCloseTo(35, within(0.001));
  }

  @Test
  void daysBeforeTheFirstFigureAreNoHistory() {
    double[] young = days(100, day -> day < 95 ? 0 : 50);
    assertThat(next(young, 7).reason()).isEqualTo("too little history: 5 days of 21");
  }

  @Test
  void aSeriesOfZerosIsForecastAsZero() {
    Estimate zero = next(new double[60], 28);
    assertThat(zero.expected()).isZero();
    assertThat(zero.low()).isZero();
    assertThat(zero.high()).isZero();
  }

  @Test
  void creditsAreForecastAsAnyFigure() {
    Estimate credits = next(days(70, day -> -WEEK[day % 7]), 7);
    assertThat(credits.expected()).isCloseTo(-580, within(0.01));
    assertThat(credits.low()).isLessThanOrEqualTo(credits.expected());
  }

  @Test
  void noCostIsForecastToBeNegativeUnlessOneWas() {
    double[] falling = days(56, day -> Math.max(0, 100 - 1.7 * day));
    Estimate year = next(falling, 365);
    assertThat(year.low()).isNotNegative();
    assertThat(year.expected()).isBetween(year.low(), year.high());
  }

  @Test
  void aFewHolesAreFilledAndManyAreRefused() {
    double[] few = days(70, day -> day == 30 || day == 69 ? Double.NaN : WEEK[day % 7]);
    assertThat(next(few, 7).expected()).isCloseTo(580, within(0.01));
    double[] many = days(70, day -> day % 5 == 1 ? Double.NaN : 1);
    assertThat(next(many, 7).reason()).isEqualTo("series has holes: 14 days of 70 are not known");
  }

  @Test
  void aSeriesThatIsUnknownHasNoForecast() {
    Forecaster none = Forecaster.of(Map.of());
    assertThat(none.sum("s", MONDAY, MONDAY).reason()).isEqualTo("no day is known");
  }

  @Test
  void furtherDaysAheadAreLessCertain() {
    double[] noisy = noisy(1, 200, 100, 0.2);
    Estimate month = next(noisy, 28);
    Forecaster forecaster = Forecaster.of(Map.of("s", series(noisy)));
    LocalDate inAYear = MONDAY.plusDays(200 + 337);
    Estimate later = forecaster.sum("s", inAYear, inAYear.plusDays(27));
    assertThat(width(later)).isGreaterThan(width(month));
  }

  @Test
  void aNoisySeriesHasAWiderIntervalThanASteadyOneOfItsPanel() {
    Forecaster forecaster =
        Forecaster.of(
            Map.of(
                "steady", series(noisy(1, 120, 100, 0.02)),
                "noisy", series(noisy(2, 120, 100, 0.4))));
    LocalDate end = MONDAY.plusDays(120);
    assertThat(width(forecaster.sum("noisy", end, end.plusDays(13))))
        .isGreaterThan(5 * width(forecaster.sum("steady", end, end.plusDays(13))));
  }

  @Test
  void doesNotDependOnTheUnit() {
    double[] costs = noisy(3, 120, 100, 0.1);
    double[] thousandths = Arrays.stream(costs).map(cost -> cost * 1000).toArray();
    Estimate estimate = next(costs, 28);
    Estimate scaled = next(thousandths, 28);
    assertThat(scaled.method()).isEqualTo(estimate.method());
    assertThat(scaled.expected()).isCloseTo(1000 * estimate.expected(), within(0.01));
    assertThat(scaled.high()).isCloseTo(1000 * estimate.high(), within(0.01));
  }

  private static double width(Estimate estimate) {
    return estimate.high() - estimate.low();
  }

  private static double[] noisy(int seed, int days, double level, double noise) {
    Random random = new Random(seed);
    return days(days, day -> level * (1 + noise * random.nextGaussian()));
  }

  private static double[] days(int days, IntToDoubleFunction value) {
    return IntStream.range(0, days).mapToDouble(value).toArray();
  }

  private static DailySeries series(double... values) {
    return new DailySeries(MONDAY, values);
  }

  private static Estimate next(double[] history, int days) {
    LocalDate end = MONDAY.plusDays(history.length);
    return Forecaster.of(Map.of("s", series(history))).sum("s", end, end.plusDays(days - 1));
  }
}
