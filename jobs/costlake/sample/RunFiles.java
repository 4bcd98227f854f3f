package costlake.sample;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes what a tracker knows of the runs, and the expected figures of runs and models. */
final class RunFiles {
  private static final long HOUR_S = 3600;
  private static final BigDecimal POINT = new BigDecimal("0.01");

  private final SampleSettings settings;
  private final Path dir;
  private final RunPlan.Interruptible interruptible;
  private final CloudResource capacity;
  private final CloudResource endpoint;
  private final List<PlannedRun> runs;

  RunFiles(SampleSettings settings, SampleCompany company, SampleCluster cluster, Path dir) {
    this.settings = settings;
    this.dir = dir;
    RunPlan plan = new RunPlan(settings, cluster);
    this.interruptible = plan.interruptible();
    this.capacity = CloudResource.of(interruptible.meter(), settings, company);
    this.endpoint = CloudResource.of(interruptible.endpointMeter(), settings, company);
    this.runs = plan.runs(capacity.id());
  }

  void write() throws IOException {
    tracker(Files.createDirectories(dir.resolve("trackers")).resolve("runs.csv"));
    Path truth = Files.createDirectories(dir.resolve("truth"));
    attempts(truth.resolve("run_attempts.csv"));
    runs(truth.resolve("runs.csv"));
    costs(truth.resolve("run_costs.csv"));
    life(truth.resolve("model_life.csv"));
  }

  private void tracker(Path path) throws IOException {
    List<Object[]> rows = new ArrayList<>();
    for (PlannedRun run : runs) {
      for (PlannedAttempt attempt : run.attempts()) {
        rows.add(tracked(run, attempt));
      }
    }
    ExpectedFigures.table(
        path,
        "run_id,attempt,parent_run_id,experiment_id,run_kind,model_id,model_version,user_id,started_at,ended_at,outcome,is_spot,resource_id,cluster_id,workload_id,checkpoints,metrics",
        rows);
  }

  private static @Nullable Object[] tracked(PlannedRun run, PlannedAttempt attempt) {
    boolean measured = run.metric() != null && attempt.equals(run.last());
    return new @Nullable Object[] {
      run.id(),
      attempt.number(),
      run.parent(),
      run.experiment(),
      run.kind(),
      run.model(),
      run.version(),
      run.user(),
      utc(attempt.start()),
      utc(attempt.end()),
      attempt.ending().outcome,
      run.isSpot(),
      run.resource(),
      run.workload() == null ? null : SampleCompany.CLUSTER,
      run.workload(),
      attempt.checkpoints().stream().map(RunFiles::utc).collect(Collectors.joining(",")),
      measured ? Map.of(Objects.requireNonNull(run.metric()), text(run.value())) : null
    };
  }

  private static String text(@Nullable BigDecimal value) {
    return Objects.requireNonNull(value).toPlainString();
  }

  private static @Nullable String utc(@Nullable LocalDateTime time) {
    return time == null ? null : time + ":00Z";
  }

  private static @Nullable Long seconds(@Nullable Long hours) {
    return hours == null ? null : hours * HOUR_S;
  }

  private void attempts(Path path) throws IOException {
    List<Object[]> rows = new ArrayList<>();
    for (PlannedRun run : runs) {
      for (PlannedAttempt attempt : run.attempts()) {
        rows.add(
            new @Nullable Object[] {
              run.id(),
              attempt.number(),
              run.kind(),
              run.experiment(),
              run.model(),
              run.version(),
              attempt.ending().status,
              utc(attempt.start()),
              utc(attempt.end()),
              attempt.checkpoints().size(),
              seconds(attempt.workedH()),
              seconds(attempt.lostH()),
              run.losesAll(attempt),
              seconds(attempt.acceleratorH())
            });
      }
    }
    ExpectedFigures.table(
        path,
        "run_id,attempt,run_kind,experiment_id,model_id,model_version,status,started_at,ended_at,checkpoints,worked_s,lost_s,produced_nothing,accelerator_s",
        rows);
  }

  private void runs(Path path) throws IOException {
    List<Object[]> rows = new ArrayList<>();
    for (PlannedRun run : runs) {
      rows.add(
          new @Nullable Object[] {
            run.id(),
            run.attempts().size(),
            run.last().ending().status,
            run.metric(),
            run.value(),
            previous(run).map(PlannedRun::version).orElse(null),
            bestBefore(run).map(best -> points(run, best)).orElse(null)
          });
    }
    ExpectedFigures.table(
        path,
        "run_id,attempts,status,metric_name,metric_value,previous_version,points_gained",
        rows);
  }

  /** Returns the run that made the last version of the model before a run ended. */
  private Optional<PlannedRun> previous(PlannedRun run) {
    LocalDateTime end = run.end();
    if (run.metric() == null || end == null) {
      return Optional.empty();
    }
    return before(end)
        .filter(other -> other.version() != null && other.model().equals(run.model()))
        .filter(other -> !Objects.equals(other.version(), run.version()))
        .max(Comparator.comparing(other -> Objects.requireNonNull(other.end())));
  }

  /** Returns the runs that had completed before a time. */
  private Stream<PlannedRun> before(LocalDateTime time) {
    return runs.stream()
        .filter(PlannedRun::isComplete)
        .filter(other -> Objects.requireNonNull(other.end()).isBefore(time));
  }

  /** Returns the best value that the experiment of a run had reached before the run ended. */
  private Optional<BigDecimal> bestBefore(PlannedRun run) {
    LocalDateTime end = run.end();
    if (run.value() == null || end == null) {
      return Optional.empty();
    }
    return before(end)
        .filter(other -> Objects.equals(other.experiment(), run.experiment()))
        .map(PlannedRun::value)
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder());
  }

  private static BigDecimal points(PlannedRun run, BigDecimal before) {
    return Objects.requireNonNull(run.value()).subtract(before).divide(POINT);
  }

  /** The cost of the interruptible capacity for each attempt, without what teams share. */
  private void costs(Path path) throws IOException {
    List<Object[]> rows = new ArrayList<>();
    for (PlannedRun run : runs) {
      if (run.resource() != null) {
        for (PlannedAttempt attempt : run.attempts()) {
          Costs costs =
              capacity.between(
                  attempt.start().toLocalDate(),
                  Objects.requireNonNull(attempt.end()).toLocalDate());
          rows.add(
              new Object[] {
                run.id(),
                attempt.number(),
                costs.billed(),
                costs.effective(),
                costs.list(),
                costs.contracted()
              });
        }
      }
    }
    ExpectedFigures.table(
        path, "run_id,attempt,billed_cost,effective_cost,list_cost,contracted_cost", rows);
  }

  /** The life of the model that the capacity trains and the endpoint serves. */
  private void life(Path path) throws IOException {
    String model = interruptible.trained().model();
    List<Object[]> rows = new ArrayList<>();
    BigDecimal trained = BigDecimal.ZERO;
    BigDecimal served = BigDecimal.ZERO;
    YearMonth overtaken = null;
    for (YearMonth month = settings.first();
        !month.isAfter(settings.last());
        month = month.plusMonths(1)) {
      BigDecimal train = trained(model, month);
      BigDecimal serve = month(endpoint, month);
      trained = trained.add(train);
      served = served.add(serve);
      if (overtaken == null && trained.signum() > 0 && served.compareTo(trained) > 0) {
        overtaken = month;
      }
      rows.add(new Object[] {model, month, train, serve, trained, served});
    }
    ExpectedFigures.table(
        path,
        "model_id,billing_month,train_cost,serve_cost,cumulative_training,cumulative_inference,overtaken_month",
        withLast(rows, overtaken));
  }

  private static List<Object[]> withLast(List<Object[]> rows, @Nullable YearMonth last) {
    List<Object[]> longer = new ArrayList<>();
    for (Object[] row : rows) {
      @Nullable Object[] copy = Arrays.copyOf(row, row.length + 1);
      copy[row.length] = last;
      longer.add(copy);
    }
    return longer;
  }

  private BigDecimal trained(String model, YearMonth month) {
    return runs.stream()
            .filter(run -> run.resource() != null && run.model().equals(model))
            .anyMatch(run -> YearMonth.from(run.attempts().get(0).start()).equals(month))
        ? month(capacity, month)
        : BigDecimal.ZERO;
  }

  private static BigDecimal month(CloudResource resource, YearMonth month) {
    LocalDate first = month.atDay(1);
    return resource.between(first, month.atEndOfMonth()).effective();
  }
}
