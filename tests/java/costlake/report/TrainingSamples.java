package costlake.report;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rows of the page of training and of the life of models, written by hand. */
final class TrainingSamples {
  private TrainingSamples() {}

  static Map<String, List<PrintedRow>> rows(Statement.Head head) {
    return Map.of(
        "runs", runs(head),
        "attempts", attempts(),
        "run_metrics", metrics(),
        "parent_runs", parents(head),
        "unpriced_runs", unpriced(),
        "experiments", experiments(head),
        "spot", spot(head),
        "model_life", lives(head),
        "life_months", months());
  }

  private static List<PrintedRow> runs(Statement.Head head) {
    return List.of(
        run(head, 1, "ranker-2026w36", "v36", "completed", 3, "48210.55 3105.20 9120.40 0.8412"),
        run(head, 2, "ranker-2026w37", "v37", "completed", 1, "39004.10 0.00 0.00 0.8467"),
        run(head, 3, "ranker-2026w38", null, "failed", 2, "17300.02 4100.00 17300.02 -"),
        run(head, 4, "embed-20260901", null, "completed", 1, "2210.33 - - -"),
        run(head, 5, "ranker-2026w40", "v40", "running", 1, "1904.00 - - -"),
        rest(head),
        unjoined(head, 7, "claimed_by_several_runs", "310.12"),
        unjoined(head, 8, "workload_without_run", "7420.88"));
  }

  private static PrintedRow run(
      Statement.Head head,
      int place,
      String id,
      String version,
      String status,
      int attempts,
      String figures) {
    List<BigDecimal> values = decimals(figures);
    BigDecimal metric = values.get(3);
    return Rows.row(
        "runs",
        "line_id",
        head.number() + "/r-0" + place,
        "part",
        "run",
        "members",
        1,
        "run_id",
        id,
        "model_id",
        "ranking-v7",
        "model_version",
        version,
        "status",
        status,
        "attempts",
        attempts,
        "attempts_without_cost",
        place == 5 ? 1 : 0,
        "metric_name",
        metric == null ? null : "ndcg",
        "metric_value",
        metric,
        "cost_shown",
        values.get(0),
        "repeated_shown",
        values.get(1),
        "waste_shown",
        values.get(2));
  }

  private static PrintedRow rest(Statement.Head head) {
    return Rows.row(
        "runs",
        "line_id",
        head.number() + "/r-06",
        "part",
        "run",
        "members",
        23,
        "attempts",
        31,
        "attempts_without_cost",
        0,
        "cost_shown",
        decimal("9044.21"),
        "repeated_shown",
        decimal("120.00"),
        "waste_shown",
        decimal("310.50"));
  }

  private static PrintedRow unjoined(Statement.Head head, int place, String part, String cost) {
    return Rows.row(
        "runs",
        "line_id",
        head.number() + "/r-0" + place,
        "part",
        part,
        "members",
        1,
        "cost_shown",
        decimal(cost));
  }

  private static List<PrintedRow> attempts() {
    return List.of(
        stretch("ranker-2026w36", 1, 1, "kept", "preempted", "0", "0.22"),
        stretch("ranker-2026w36", 1, 2, "lost", "preempted", "0.22", "0.3"),
        stretch("ranker-2026w36", 2, 3, "lost", "failed", "0.36", "0.45"),
        stretch("ranker-2026w36", 3, 4, "kept", "completed", "0.5", "1"),
        stretch("ranker-2026w37", 1, 1, "kept", "completed", "0", "1"),
        stretch("ranker-2026w38", 1, 1, "lost", "preempted", "0", "0.4"),
        stretch("ranker-2026w38", 2, 2, "lost", "failed", "0.55", "1"),
        stretch("embed-20260901", 1, 1, "unknown", null, "0", "1"),
        stretch("ranker-2026w40", 1, 1, "running", "running", "0", "1"));
  }

  private static PrintedRow stretch(
      String run, int attempt, int place, String kind, String status, String from, String until) {
    return Rows.row(
        "attempts",
        "run_id",
        run,
        "attempt",
        attempt,
        "stretch",
        place,
        "stretch_kind",
        kind,
        "status",
        status,
        "from_ratio",
        decimal(from),
        "until_ratio",
        decimal(until),
        "hours",
        "running".equals(kind) ? null : decimal("12.5"));
  }

  private static List<PrintedRow> metrics() {
    List<PrintedRow> metrics = new ArrayList<>();
    metrics.add(metric("ranker-2026w36", "0.8412", "48210.55", "completed"));
    metrics.add(metric("ranker-2026w37", "0.8467", "39004.10", "completed"));
    for (int i = 0; i < 18; i++) {
      String value = "0.8" + (17 + (i * 7) % 23);
      metrics.add(
          metric(
              "ranker-sweep-" + i,
              value,
              900 + i * 1730 + ".00",
              i % 5 == 0 ? "failed" : "completed"));
    }
    return metrics;
  }

  private static PrintedRow metric(String run, String value, String cost, String status) {
    return Rows.row(
        "run_metrics",
        "run_id",
        run,
        "status",
        status,
        "metric_name",
        "ndcg",
        "metric_better",
        "higher",
        "metric_value",
        decimal(value),
        "cost_to_date_shown",
        decimal(cost));
  }

  private static List<PrintedRow> parents(Statement.Head head) {
    return List.of(
        Rows.row(
            "parent_runs",
            "line_id",
            head.number() + "/pr-01",
            "run_id",
            "5wee9",
            "run_name",
            "learning rate search",
            "experiment_id",
            "ranker-weekly",
            "children",
            3,
            "own_cost_shown",
            null,
            "children_cost_shown",
            decimal("104514.67"),
            "cost_shown",
            decimal("104514.67"),
            "waste_shown",
            decimal("26420.42")));
  }

  private static List<PrintedRow> unpriced() {
    return List.of(
        Rows.row(
            "unpriced_runs",
            "members",
            1,
            "run_id",
            "0a1b2c",
            "run_name",
            "dialogue-laptop",
            "started_on",
            LocalDate.parse("2026-09-14"),
            "reason",
            "no_workload",
            "attempts",
            1));
  }

  private static List<PrintedRow> experiments(Statement.Head head) {
    return List.of(
        experiment(head, 1, "ranker-weekly", 4, "106418.67 26420.42 0.8467 19800.25"),
        experiment(head, 2, "embed-refresh", 20, "9044.21 310.50 - -"),
        experiment(head, 3, null, 4, "2210.33 - - -"));
  }

  private static PrintedRow experiment(
      Statement.Head head, int place, String id, int runs, String figures) {
    List<BigDecimal> values = decimals(figures);
    BigDecimal metric = values.get(2);
    return Rows.row(
        "experiments",
        "line_id",
        head.number() + "/y-0" + place,
        "members",
        1,
        "experiment_id",
        id,
        "runs",
        runs,
        "cost_shown",
        values.get(0),
        "waste_shown",
        values.get(1),
        "metric_name",
        metric == null ? null : "ndcg",
        "metric_value",
        metric,
        "cost_per_metric_point",
        values.get(3));
  }

  private static List<PrintedRow> spot(Statement.Head head) {
    return List.of(
        spot(head, 1, "ranker-2026w36", "20110.00 50275.00 30165.00 3105.20 27059.80"),
        spot(head, 2, "ranker-2026w38", "9100.00 11100.00 2000.00 4100.00 -2100.00"),
        spot(head, 3, "embed-20260901", "310.00 - - - -"));
  }

  private static PrintedRow spot(Statement.Head head, int place, String run, String figures) {
    List<BigDecimal> values = decimals(figures);
    return Rows.row(
        "spot",
        "line_id",
        head.number() + "/o-0" + place,
        "members",
        1,
        "run_id",
        run,
        "attempts",
        2,
        "interruptions",
        place,
        "basis",
        values.get(1) == null ? null : "contracted price, list price",
        "paid_shown",
        values.get(0),
        "on_demand_shown",
        values.get(1),
        "saving_gross_shown",
        values.get(2),
        "repeated_shown",
        values.get(3),
        "saving_net_shown",
        values.get(4));
  }

  private static List<PrintedRow> lives(Statement.Head head) {
    return List.of(
        life(
            head,
            1,
            "ranking-v7",
            "2026-01-01",
            "2026-07-01",
            "overtaken",
            "300000.00 310400.00 482200.00"),
        life(
            head,
            2,
            "attribution-v2",
            "2026-03-01",
            null,
            "training_leads",
            "30000.00 90400.00 22010.00"),
        life(head, 3, "asr-small", "2026-05-01", null, "no_training", "4426.04 0.00 8120.00"));
  }

  private static PrintedRow life(
      Statement.Head head,
      int place,
      String model,
      String first,
      String overtaken,
      String status,
      String figures) {
    List<BigDecimal> values = decimals(figures);
    return Rows.row(
        "model_life",
        "line_id",
        head.number() + "/l-0" + place,
        "members",
        1,
        "model_id",
        model,
        "first_month",
        LocalDate.parse(first),
        "cost_shown",
        values.get(0),
        "training_to_date_shown",
        values.get(1),
        "inference_to_date_shown",
        values.get(2),
        "other_to_date_shown",
        decimal("120.00"),
        "overtaken_month",
        overtaken == null ? null : LocalDate.parse(overtaken),
        "status",
        status);
  }

  private static List<PrintedRow> months() {
    List<PrintedRow> months = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      LocalDate month = LocalDate.parse("2026-01-01").plusMonths(i);
      months.add(
          month(
              "ranking-v7",
              month,
              Math.min(310400, 62080 * (i + 1)),
              482200 * (i + 1) / 9 * (i + 1) / 9));
      if (i >= 2) {
        months.add(month("attribution-v2", month, 90400 * (i - 1) / 7, 22010 * (i - 1) / 7));
      }
    }
    return months;
  }

  private static PrintedRow month(String model, LocalDate month, int training, int inference) {
    return Rows.row(
        "life_months",
        "model_id",
        model,
        "history_month",
        month,
        "training_to_date_shown",
        BigDecimal.valueOf(training),
        "inference_to_date_shown",
        BigDecimal.valueOf(inference));
  }

  /** Reads figures with spaces between them; a minus is unknown. */
  private static List<BigDecimal> decimals(String figures) {
    return Stream.of(figures.split(" ", -1))
        .map(each -> each.equals("-") ? null : decimal(each))
        .collect(Collectors.toList());
  }

  private static BigDecimal decimal(String text) {
    return text == null ? null : new BigDecimal(text);
  }
}
