package costlake.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Judges the watch by companies with planted incidents. It was developed with the seeds 1 to 14;
 * the seeds here were not looked at before.
 */
class CostWatchJudgeTest {
  private static final BigDecimal MIN = new BigDecimal(500);
  private static final int FIRST_SEED = Integer.getInteger("judge.from", 201);
  private static final int COMPANIES = Integer.getInteger("judge.companies", 4);
  private static final int TEAMS = 6;
  private static final double QUARTERS = 13 / 3.0;

  private enum Verdict {
    RIGHT,
    MISSED,
    LATE,
    WRONG_CAUSE,
    WRONG_OWNER,
    TOLD_TWICE
  }

  /** What became of the planted incidents of a company, and the incidents that nobody planted. */
  private record Judged(Map<Verdict, Integer> verdicts, List<Incident> falseAlarms) {}

  @Test
  void findsPlantedIncidentsWithinADayWithCauseAndOwner() {
    Map<Verdict, Integer> all = new EnumMap<>(Verdict.class);
    int falseAlarms = 0;
    for (int i = 0; i < COMPANIES; i++) {
      Judged judged = judge(new PlantedCompany(FIRST_SEED + i));
      judged.verdicts().forEach((verdict, count) -> all.merge(verdict, count, Integer::sum));
      falseAlarms += judged.falseAlarms().size();
    }
    double ofTeamAndQuarter = falseAlarms / (COMPANIES * TEAMS * QUARTERS);
    System.out.printf("%s, false alarms of a team and quarter: %.2f%n", all, ofTeamAndQuarter);
    int planted = all.values().stream().mapToInt(Integer::intValue).sum();
    assertThat(planted).isGreaterThan(12 * COMPANIES);
    assertThat(all.get(Verdict.RIGHT)).isGreaterThanOrEqualTo((int) Math.ceil(0.95 * planted));
    assertThat(ofTeamAndQuarter).isLessThan(0.2);
  }

  private static Judged judge(PlantedCompany company) {
    List<Incident> left = new ArrayList<>(watch(company));
    Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
    for (Planted planted : company.planted()) {
      due(company, planted)
          .ifPresent(due -> verdicts.merge(verdict(company, planted, due, left), 1, Integer::sum));
      left.removeIf(incident -> isEnd(incident, planted));
    }
    return new Judged(verdicts, left);
  }

  private static List<Incident> watch(PlantedCompany company) {
    CostWatch watch = new CostWatch("USD", MIN);
    PlantedCompany.FIRST
        .datesUntil(PlantedCompany.LAST.plusDays(1))
        .forEach(day -> watch.next(day, company.lines(day)));
    return watch.incidents();
  }

  /** Returns the day after that on which an incident has cost enough; empty if it never has. */
  private static Optional<LocalDate> due(PlantedCompany company, Planted planted) {
    BigDecimal cost = BigDecimal.ZERO;
    for (LocalDate day = planted.start(); planted.isOn(day); day = day.plusDays(1)) {
      cost = cost.add(company.cost(planted, day));
      if (cost.compareTo(MIN) > 0) {
        return Optional.of(day.plusDays(1));
      }
    }
    return Optional.empty();
  }

  private static Verdict verdict(
      PlantedCompany company, Planted planted, LocalDate due, List<Incident> left) {
    List<Incident> found = left.stream().filter(one -> isStart(one, planted)).toList();
    left.removeAll(found);
    if (found.isEmpty()) {
      return Verdict.MISSED;
    }
    List<Incident> right =
        found.stream().filter(one -> one.cause().cause() == planted.cause()).toList();
    if (right.isEmpty()) {
      return Verdict.WRONG_CAUSE;
    }
    if (!company.owner(planted).equals(right.get(0).owner())) {
      return Verdict.WRONG_OWNER;
    }
    if (right.get(0).foundOn().isAfter(due)) {
      return Verdict.LATE;
    }
    return found.size() > 1 ? Verdict.TOLD_TWICE : Verdict.RIGHT;
  }

  /** Whether an incident is found while a planted one goes on, and began at most a week before. */
  private static boolean isStart(Incident incident, Planted planted) {
    return !incident.foundOn().isBefore(planted.start())
        && !incident.start().isBefore(planted.start().minusDays(7))
        && !incident.start().isAfter(planted.start().plusDays(2));
  }

  /** When what was planted ends, cost changes again. */
  private static boolean isEnd(Incident incident, Planted planted) {
    return IntStream.of(1, 2).mapToObj(planted.end()::plusDays).anyMatch(incident.start()::equals);
  }
}
