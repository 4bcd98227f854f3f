package costlake.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

/** Watches one team with one SKU, day by day. */
class CostWatchTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 6, 1);
  private static final BigDecimal MIN = new BigDecimal(500);
  private static final int DAYS = 90;
  private static final int CHANGE = 60;

  private static CostLine line(LocalDate day, int hours, int price) {
    BigDecimal quantity = BigDecimal.valueOf(hours);
    return new CostLine(
        day,
        CostLine.Kind.USAGE,
        "search",
        "EC2",
        "gpu",
        "h",
        null,
        "node",
        "account",
        null,
        quantity,
        quantity.multiply(BigDecimal.valueOf(price)));
  }

  private static List<Incident> watch(IntUnaryOperator hours, IntUnaryOperator price) {
    CostWatch watch = new CostWatch("USD", MIN);
    for (int i = 0; i < DAYS; i++) {
      LocalDate day = FIRST.plusDays(i);
      int used = hours.applyAsInt(i);
      watch.next(day, used < 0 ? List.of() : List.of(line(day, used, price.applyAsInt(i))));
    }
    return watch.incidents();
  }

  /** Hours of a day with noise, the same in each run. */
  private static int noisy(int day) {
    return 100 + new Random(day).nextInt(10);
  }

  /** 600 of 3000 and more on three days, and back: one incident, found on its first day. */
  @Test
  void aBurstIsOneIncidentHoweverManySeriesShowIt() {
    List<Incident> found =
        watch(day -> noisy(day) + (day >= CHANGE && day < CHANGE + 3 ? 60 : 0), day -> 10);
    assertThat(found).singleElement().satisfies(CostWatchTest::isTheBurst);
  }

  private static void isTheBurst(Incident incident) {
    assertThat(incident.start()).isEqualTo(FIRST.plusDays(CHANGE));
    assertThat(incident.end()).isEqualTo(FIRST.plusDays(CHANGE + 2));
    assertThat(incident.foundOn()).isEqualTo(incident.start());
    assertThat(incident.isOpen()).isFalse();
    assertThat(incident.owner()).isEqualTo("search");
    assertThat(incident.cause().cause()).isEqualTo(Cause.VOLUME);
    assertThat(incident.cost()).isBetween(new BigDecimal(1600), new BigDecimal(2000));
    assertThat(incident.series()).hasSizeGreaterThan(3);
  }

  /** A lower price is a fall by exactly 2 an hour, although the hours vary by more. */
  @Test
  void aPriceIsAPriceAlthoughUsageMovesMore() {
    List<Incident> found = watch(CostWatchTest::noisy, day -> day < CHANGE ? 10 : 8);
    assertThat(found).hasSize(1);
    Incident price = found.get(0);
    assertThat(price.cause().cause()).isEqualTo(Cause.PRICE);
    int hours =
        price.start().datesUntil(price.end().plusDays(1)).mapToInt(CostWatchTest::noisy).sum();
    assertThat(price.cost()).isEqualByComparingTo(BigDecimal.valueOf(-2L * hours));
  }

  private static int noisy(LocalDate day) {
    return noisy(Math.toIntExact(day.toEpochDay() - FIRST.toEpochDay()));
  }

  @Test
  void isIdenticalIfItRunsAgain() {
    IntUnaryOperator hours = day -> noisy(day) * (day >= CHANGE ? 2 : 1);
    assertThat(watch(hours, day -> 10).toString().replaceAll("CostChange@\\w+", ""))
        .isEqualTo(watch(hours, day -> 10).toString().replaceAll("CostChange@\\w+", ""))
        .isNotEqualTo("[]");
  }

  @Test
  void aHoleAConstantAndSmallChangesAreNoIncidents() {
    assertThat(watch(day -> day % 10 == 9 ? -1 : noisy(day), day -> 10)).isEmpty();
    assertThat(watch(day -> 100, day -> 10)).isEmpty();
    assertThat(watch(day -> noisy(day) + (day == CHANGE ? 40 : 0), day -> 10)).isEmpty();
  }

  /** Credits are negative cost. */
  @Test
  void negativeCostIsJudgedLikeAnyOther() {
    assertThat(watch(CostWatchTest::noisy, day -> day < CHANGE ? -10 : -20))
        .singleElement()
        .satisfies(incident -> assertThat(incident.cost().signum()).isNegative());
  }

  @Test
  void aDayThatGoesBackIsRefused() {
    CostWatch watch = new CostWatch("USD", MIN);
    watch.next(FIRST, List.of(line(FIRST, 1, 1)));
    assertThatThrownBy(() -> watch.next(FIRST, List.of(line(FIRST, 1, 1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("2026-06-01 is not after 2026-06-01");
  }
}
