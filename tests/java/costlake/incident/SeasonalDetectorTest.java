package costlake.incident;

import static costlake.incident.Generated.MONDAY;
import static costlake.incident.Generated.costs;
import static costlake.incident.Generated.hours;
import static costlake.incident.Generated.incidents;
import static costlake.incident.Generated.judge;
import static costlake.incident.Generated.judgeDays;
import static costlake.incident.Generated.times;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeasonalDetectorTest {
  private static final int SERIES = 40;
  private static final double QUARTER = 91;

  @ParameterizedTest
  @ValueSource(ints = {60, 112, 400})
  void givesLessThanOneFalseAlarmInAQuarterOfDays(int days) {
    int alarms =
        IntStream.range(0, SERIES).map(seed -> incidents(judgeDays(costs(seed, days)))).sum();
    assertThat(alarms * QUARTER / days / SERIES).isLessThan(0.5);
  }

  @Test
  void givesAboutOneFalseAlarmInAQuarterOfHours() {
    int days = 120;
    int alarms =
        IntStream.range(0, 8)
            .map(seed -> incidents(judge(Duration.ofHours(1), hours(seed, days))))
            .sum();
    assertThat(alarms * QUARTER / days / 8).isLessThan(1.2);
  }

  /** Weekends differ more from working days than the planted change does. */
  @ParameterizedTest
  @CsvSource({"1.5, 30", "1.5, 45", "1.5, 55", "0.5, 30", "0.5, 45", "0.5, 55"})
  void findsARiseAndAFallOfDailyCostWithinADay(double factor, int from) {
    long found =
        IntStream.range(0, SERIES)
            .filter(
                seed -> {
                  List<Judgement> days = judgeDays(times(factor, from, 60, costs(seed, 60)));
                  return days.get(from).incident() || days.get(from + 1).incident();
                })
            .count();
    assertThat(found).isGreaterThanOrEqualTo(38);
  }

  @Test
  void findsABusierMorningOfHours() {
    double[] hours = times(1.5, 24 * 44 + 9, 24 * 44 + 15, hours(1, 50));
    assertThat(judge(Duration.ofHours(1), hours).subList(24 * 44 + 9, 24 * 44 + 11))
        .anyMatch(Judgement::incident);
  }

  @Test
  void expectsTheWeekday() {
    List<Judgement> days = judgeDays(costs(1, 60));
    assertThat(days.get(54).expected()).as("Saturday").isCloseTo(600.0, within(60.0));
    assertThat(days.get(56).expected()).as("Monday").isCloseTo(1000.0, within(100.0));
  }

  /** The expectation during an incident is that without it, which prices the incident. */
  @Test
  void expectsDuringAnIncidentWhatItWouldExpectWithoutIt() {
    List<Judgement> days = judgeDays(times(2, 49, 54, costs(1, 60)));
    assertThat(days.subList(49, 54)).allMatch(Judgement::incident);
    assertThat(days.get(53).expected()).isCloseTo(1000.0, within(100.0));
    assertThat(days.get(54).incident()).as("back to the usual").isFalse();
  }

  @Test
  void learnsANewLevelAndIsQuietThen() {
    List<Judgement> days = judgeDays(times(3, 49, 200, costs(1, 200)));
    assertThat(days.get(49).incident()).isTrue();
    assertThat(incidents(days.subList(70, 200))).isZero();
    assertThat(days.get(133).expected()).isCloseTo(3000.0, within(300.0));
  }

  @Test
  void findsASecondIncidentAfterALargeOne() {
    double[] costs = times(1.5, 65, 80, times(10, 45, 46, costs(3, 80)));
    List<Judgement> days = judgeDays(costs);
    assertThat(days.get(45).incident()).isTrue();
    assertThat(days.subList(65, 67)).anyMatch(Judgement::incident);
  }

  @Test
  void tellsAnIncidentOnce() {
    List<Judgement> days = judgeDays(times(2, 49, 54, costs(1, 60)));
    assertThat(days.subList(50, 54)).allSatisfy(day -> assertThat(day.score()).isLessThan(0.7));
  }

  /** A series that is judged up to a point has the same judgements as the whole series. */
  @Test
  void judgesAPointByWhatCameBefore() {
    double[] costs = times(2, 49, 54, costs(1, 80));
    assertThat(judgeDays(Arrays.copyOf(costs, 55))).isEqualTo(judgeDays(costs).subList(0, 55));
  }

  @Test
  void judgesNothingByOnePoint() {
    assertThat(judgeDays(5)).containsExactly(new Judgement(null, 0, false));
  }

  @Test
  void isQuietForZerosAndConstantsAndFindsTheFirstChange() {
    double[] zeros = new double[60];
    assertThat(judgeDays(zeros)).allMatch(day -> day.score() == 0 && !day.incident());
    zeros[50] = 40;
    assertThat(judgeDays(zeros).get(50).incident()).isTrue();
    double[] fees = new double[60];
    Arrays.fill(fees, 99.5);
    assertThat(judgeDays(fees)).noneMatch(Judgement::incident);
    assertThat(judgeDays(times(1.2, 50, 60, fees)).get(50).incident()).isTrue();
    assertThat(judgeDays(times(1.0001, 50, 60, fees)))
        .as("rounding")
        .noneMatch(Judgement::incident);
  }

  @Test
  void learnsWhatBeginsAfterZeros() {
    double[] costs = costs(1, 200);
    assertThat(incidents(judgeDays(times(0, 0, 60, costs)))).isLessThanOrEqualTo(3);
  }

  @Test
  void findsACredit() {
    double[] costs = costs(1, 60);
    costs[50] = -3000;
    List<Judgement> days = judgeDays(costs);
    assertThat(days.get(50).incident()).isTrue();
    assertThat(days.get(51).incident()).isFalse();
  }

  @Test
  void judgesMonths() {
    double[] months = new double[40];
    Arrays.setAll(months, i -> 1000 + 10 * Math.sin(i * 7));
    months[36] = 2000;
    List<Judgement> judged = judge(Duration.ofDays(30), months);
    assertThat(judged.get(36).incident()).isTrue();
    assertThat(incidents(judged)).isOne();
  }

  /** A hole gives the days around it another mix of weekdays, which is nothing new. */
  @Test
  void isQuietAfterAHole() {
    int alarms =
        IntStream.range(0, SERIES).map(seed -> incidents(withHole(60, 76, costs(seed, 90)))).sum();
    assertThat(alarms * QUARTER / 74 / SERIES).isLessThan(0.5);
  }

  private static List<Judgement> withHole(int from, int until, double... days) {
    SeasonalDetector detector = new SeasonalDetector();
    return IntStream.range(0, days.length)
        .filter(day -> day < from || day >= until)
        .mapToObj(day -> detector.judge(MONDAY.plus(Duration.ofDays(day)), days[day]))
        .toList();
  }

  @Test
  void judgesTimesThatRepeatOrGoBack() {
    SeasonalDetector detector = new SeasonalDetector();
    double[] hours = hours(1, 60);
    List<Judgement> judged = new ArrayList<>();
    for (int i = 0; i < hours.length; i++) {
      Duration summerTime = Duration.ofHours(i < 24 * 48 + 3 ? 1 : 0);
      judged.add(detector.judge(MONDAY.plus(Duration.ofHours(i)).plus(summerTime), hours[i]));
    }
    assertThat(incidents(judged)).as("the first Saturday and the first shifted hour").isEqualTo(2);
    SeasonalDetector stopped = new SeasonalDetector();
    for (int i = 0; i < 60; i++) {
      assertThat(stopped.judge(MONDAY, i)).isEqualTo(new Judgement(null, 0, false));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, -1e200})
  void refusesWhatIsNoNumber(double value) {
    assertThatThrownBy(() -> new SeasonalDetector().judge(MONDAY, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2026-01-05");
  }

  @Test
  void staysFiniteForTheLargestValues() {
    double[] values = new double[80];
    Arrays.setAll(values, i -> (i % 3 - 1) * 1e100);
    values[60] = 1e-300;
    assertThat(judgeDays(values)).allSatisfy(day -> assertThat(day.score()).isBetween(0.0, 1.0));
  }
}
