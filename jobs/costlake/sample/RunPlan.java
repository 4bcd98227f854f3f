package costlake.sample;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plans the runs of training of {@code runs.yml}: their attempts, endings and metrics. */
final class RunPlan {
  private static final BigDecimal GAIN = new BigDecimal("0.004");
  private static final BigDecimal SETBACK = new BigDecimal("0.006");
  private static final int SETBACK_EACH = 4;
  private static final int MOST_ATTEMPTS = 6;
  private static final int RUNS_OF_MONTH = 3;
  private static final int DAYS_OF_RUN = 10;
  private static final int FAILING_ATTEMPTS = 2;

  private final SampleSettings settings;
  private final SampleCluster cluster;
  private final Runs runs = SampleFile.read("runs.yml", Runs.class);
  private final List<PlannedRun> planned = new ArrayList<>();

  private record Runs(
      List<Weekly> weekly,
      Daily daily,
      Evaluation evaluation,
      Interruptible interruptible,
      Elsewhere elsewhere) {}

  private record Weekly(
      String app, String run, String user, String metric, BigDecimal start, int attempts) {}

  private record Daily(
      String app, String run, String user, String model, int fromHour, int toHour) {}

  private record Evaluation(String app, String of, String user, int fromHour, int toHour) {}

  /**
   * Interruptible capacity of a cloud.
   *
   * @param endpointMeter meter of the endpoint that serves the trained model
   */
  record Interruptible(
      String meter,
      String run,
      String user,
      Purpose trained,
      Purpose tuned,
      String endpointMeter) {}

  /**
   * What runs are for.
   *
   * @param months how many months they last; null if it is no matter
   */
  record Purpose(
      String model, String experiment, String metric, BigDecimal start, Integer months) {}

  private record Elsewhere(
      String run, String model, String user, int day, int fromHour, int toHour) {}

  RunPlan(SampleSettings settings, SampleCluster cluster) {
    this.settings = settings;
    this.cluster = cluster;
  }

  Interruptible interruptible() {
    return runs.interruptible();
  }

  /**
   * Returns all runs.
   *
   * @param capacity resource id of the interruptible capacity
   */
  List<PlannedRun> runs(String capacity) {
    planned.clear();
    runs.weekly().forEach(this::weekly);
    daily();
    evaluations();
    interruptible(capacity);
    elsewhere();
    return List.copyOf(planned);
  }

  private Pod pod(String app) {
    return cluster.pods().stream().filter(pod -> pod.app().equals(app)).findFirst().orElseThrow();
  }

  private List<LocalDate> days() {
    return settings.telemetryFrom().datesUntil(settings.end()).toList();
  }

  /** Whether a pod can run at all hours of a day at which it wants to. */
  private boolean works(Pod pod, LocalDate day, int hour) {
    return cluster.nodes().get(pod.node()).upFromHour(day, cluster.random()) == 0
        && pod.runs(day, hour, cluster.idleSaturday());
  }

  private static BigDecimal measured(BigDecimal start, int number) {
    BigDecimal gained = start.add(GAIN.multiply(BigDecimal.valueOf(number)));
    return number % SETBACK_EACH == SETBACK_EACH - 1 ? gained.subtract(SETBACK) : gained;
  }

  private static String week(LocalDate day) {
    return day.get(IsoFields.WEEK_BASED_YEAR) + "w" + weekNumber(day);
  }

  private static int weekNumber(LocalDate day) {
    return day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
  }

  private void weekly(Weekly job) {
    Pod pod = pod(job.app());
    LocalDate monday =
        settings.telemetryFrom().with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    for (int number = 0; monday.isBefore(settings.end()); number++) {
      LocalDate until = monday.plusWeeks(1);
      LocalDate from = later(monday, settings.telemetryFrom());
      List<LocalDate> wanted =
          days().stream().filter(day -> !day.isBefore(from) && day.isBefore(until)).toList();
      List<LocalDate> worked = wanted.stream().filter(day -> works(pod, day, 0)).toList();
      if (!worked.isEmpty()) {
        List<List<LocalDate>> parts =
            worked.size() == wanted.size()
                ? pieces(worked, 1 + weekNumber(monday) % job.attempts())
                : stretches(worked);
        List<PlannedAttempt> attempts = attempts(pod, parts, until, worked.size() == wanted.size());
        planned.add(run(job, pod, monday, attempts, measured(job.start(), number)));
      }
      monday = until;
    }
  }

  private static LocalDate later(LocalDate one, LocalDate other) {
    return one.isAfter(other) ? one : other;
  }

  private PlannedRun run(
      Weekly job, Pod pod, LocalDate monday, List<PlannedAttempt> attempts, BigDecimal value) {
    boolean complete = attempts.get(attempts.size() - 1).ending() == Ending.COMPLETED;
    return new PlannedRun(
        job.run() + "-" + week(monday),
        "training",
        null,
        job.run() + "-weekly",
        pod.model(),
        complete ? week(monday) : null,
        job.user(),
        complete ? job.metric() : null,
        complete ? value : null,
        null,
        null,
        workload(pod, monday),
        attempts);
  }

  private String workload(Pod pod, LocalDate day) {
    return pod.namespace() + "/" + pod.name(day, cluster.random());
  }

  /** Cuts days into at most {@code count} pieces, the longer ones first. */
  private static List<List<LocalDate>> pieces(List<LocalDate> days, int count) {
    int pieces = Math.min(count, days.size());
    List<List<LocalDate>> parts = new ArrayList<>();
    int from = 0;
    for (int piece = 0; piece < pieces; piece++) {
      int to = from + days.size() / pieces + (piece < days.size() % pieces ? 1 : 0);
      parts.add(days.subList(from, to));
      from = to;
    }
    return parts;
  }

  /** Cuts days where days are missing between them. */
  private static List<List<LocalDate>> stretches(List<LocalDate> days) {
    List<List<LocalDate>> parts = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= days.size(); i++) {
      if (i == days.size() || !days.get(i - 1).plusDays(1).equals(days.get(i))) {
        parts.add(days.subList(from, i));
        from = i;
      }
    }
    return parts;
  }

  private List<PlannedAttempt> attempts(
      Pod pod, List<List<LocalDate>> parts, LocalDate until, boolean isWhole) {
    List<PlannedAttempt> attempts = new ArrayList<>();
    for (List<LocalDate> part : parts) {
      int number = attempts.size() + 1;
      LocalDate end = part.get(part.size() - 1).plusDays(1);
      Ending ending = interrupted(number, isWhole);
      if (number == parts.size()) {
        ending = last(end, until);
      }
      attempts.add(
          new PlannedAttempt(
              number,
              part.get(0).atStartOfDay(),
              ending == Ending.RUNNING ? null : end.atStartOfDay(),
              ending,
              24L * part.size() * pod.devices()));
    }
    return attempts;
  }

  private static Ending interrupted(int number, boolean isWhole) {
    if (!isWhole) {
      return Ending.NODE_LOST;
    }
    return number % 2 == 1 ? Ending.FAILED : Ending.CANCELLED;
  }

  /** A run of the week in which the telemetry ends still runs; one that ends early has failed. */
  private Ending last(LocalDate end, LocalDate until) {
    if (end.equals(until)) {
      return Ending.COMPLETED;
    }
    return end.equals(settings.end()) ? Ending.RUNNING : Ending.FAILED;
  }

  private void daily() {
    Daily job = runs.daily();
    Pod pod = pod(job.app());
    for (LocalDate day : days()) {
      if (works(pod, day, job.fromHour())) {
        planned.add(
            new PlannedRun(
                job.run() + "-" + day.toString().replace("-", ""),
                "processing",
                null,
                job.app(),
                job.model(),
                null,
                job.user(),
                null,
                null,
                null,
                null,
                workload(pod, day),
                List.of(completed(day, job.fromHour(), job.toHour(), pod))));
      }
    }
  }

  private static PlannedAttempt completed(LocalDate day, int from, int to, @Nullable Pod pod) {
    return new PlannedAttempt(
        1,
        day.atTime(from, 0),
        day.atTime(to, 0),
        Ending.COMPLETED,
        pod == null ? null : (long) (to - from) * pod.devices());
  }

  private void evaluations() {
    Evaluation evaluation = runs.evaluation();
    Pod pod = pod(evaluation.app());
    List<PlannedRun> known = List.copyOf(planned);
    for (LocalDate day : days()) {
      String of = evaluation.of() + "-" + week(day.minusWeeks(1));
      if (day.getDayOfWeek() == DayOfWeek.TUESDAY && works(pod, day, evaluation.fromHour())) {
        known.stream()
            .filter(run -> run.id().equals(of))
            .forEach(run -> planned.add(evaluation(evaluation, pod, day, run)));
      }
    }
  }

  private PlannedRun evaluation(Evaluation evaluation, Pod pod, LocalDate day, PlannedRun of) {
    return new PlannedRun(
        "eval-" + evaluation.of() + "-" + week(day),
        "evaluation",
        of.id(),
        of.experiment(),
        of.model(),
        null,
        evaluation.user(),
        null,
        null,
        null,
        null,
        workload(pod, day),
        List.of(completed(day, evaluation.fromHour(), evaluation.toHour(), pod)));
  }

  /** Every day of the capacity belongs to one attempt, which works from 1:00 to 23:00. */
  private void interruptible(String capacity) {
    Interruptible plan = runs.interruptible();
    int trained = 0;
    int tuned = 0;
    for (YearMonth month = settings.first();
        !month.isAfter(settings.last());
        month = month.plusMonths(1)) {
      boolean trains =
          settings.first().until(month, ChronoUnit.MONTHS) < plan.trained().months()
              && month.isBefore(settings.last());
      for (int run = 1; run <= RUNS_OF_MONTH; run++) {
        planned.add(interruptible(capacity, month, run, trains, trains ? trained++ : tuned++));
      }
    }
  }

  private PlannedRun interruptible(
      String capacity, YearMonth month, int run, boolean trains, int number) {
    Interruptible plan = runs.interruptible();
    Purpose purpose = trains ? plan.trained() : plan.tuned();
    List<PlannedAttempt> attempts = interruptible(month, run);
    boolean complete = attempts.get(attempts.size() - 1).ending() == Ending.COMPLETED;
    return new PlannedRun(
        plan.run() + "-" + month + "-" + run,
        trains ? "training" : "tuning",
        null,
        purpose.experiment(),
        purpose.model(),
        trains && complete ? month.toString().replace('-', '.') + "-" + run : null,
        plan.user(),
        complete ? purpose.metric() : null,
        complete ? measured(purpose.start(), number) : null,
        true,
        capacity,
        null,
        attempts);
  }

  private List<PlannedAttempt> interruptible(YearMonth month, int run) {
    LocalDate from = month.atDay(1).plusDays((long) DAYS_OF_RUN * (run - 1));
    LocalDate to = run == RUNS_OF_MONTH ? month.plusMonths(1).atDay(1) : from.plusDays(DAYS_OF_RUN);
    long back = month.until(settings.last(), ChronoUnit.MONTHS) * RUNS_OF_MONTH + run - 1;
    List<List<LocalDate>> parts =
        pieces(from.datesUntil(to).toList(), 1 + (int) (back % MOST_ATTEMPTS));
    List<PlannedAttempt> attempts = new ArrayList<>();
    for (List<LocalDate> part : parts) {
      int number = attempts.size() + 1;
      LocalDateTime end = part.get(part.size() - 1).atTime(23, 0);
      attempts.add(
          new PlannedAttempt(
              number, part.get(0).atTime(1, 0), end, preempted(number, parts.size()), null));
    }
    return attempts;
  }

  private static Ending preempted(int number, int attempts) {
    if (number == attempts) {
      return attempts == FAILING_ATTEMPTS ? Ending.FAILED_UNSAVED : Ending.COMPLETED;
    }
    return number % 2 == 1 ? Ending.PREEMPTED : Ending.PREEMPTED_UNSAVED;
  }

  private void elsewhere() {
    Elsewhere run = runs.elsewhere();
    LocalDate day = settings.last().atDay(run.day());
    planned.add(
        new PlannedRun(
            run.run(),
            "training",
            null,
            null,
            run.model(),
            null,
            run.user(),
            null,
            null,
            null,
            null,
            null,
            List.of(completed(day, run.fromHour(), run.toHour(), null))));
  }
}
