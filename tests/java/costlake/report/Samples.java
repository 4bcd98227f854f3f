package costlake.report;

import costlake.core.LargestRemainder;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Statements written by hand: an ordinary one, and several special cases. */
final class Samples {
  private static final LocalDate SEPTEMBER = LocalDate.parse("2026-09-01");
  private static final List<String> SERIES =
      List.of("Compute", "AI and Machine Learning", "Storage", "Networking", "Databases", "Other");
  private static final List<String> SERVICES =
      List.of(
          "Amazon Elastic Compute Cloud",
          "Azure Machine Learning",
          "Cloud Storage",
          "Amazon Elastic Kubernetes Service");
  private static final List<String> EFFECTS =
      List.of("volume", "mix", "price", "new", "ended", "pool_cost", "pool_share", "idle");
  private static final String TRAINING = "H100 80GB";

  private Samples() {}

  /** Returns the statement of an ordinary team. */
  static Statement plausible() {
    return converted(null);
  }

  /** Returns the same statement for a team with another reporting currency. */
  static Statement converted(Statement.Conversion conversion) {
    return measured(
        head(
            Statement.Receiver.team("search", "Search & Ranking"),
            "412807.14",
            "381167.02",
            "11160.20",
            conversion),
        List.of(
            "ranking-v7 pre-training",
            "query embedding service",
            "ads re-ranker",
            "crawl refresh",
            "offline evaluation"));
  }

  /** Returns a statement with malicious and very long names. */
  static Statement hostile() {
    return measured(
        head("../../etc", "<script>alert(1)</script> =cmd()", "9120.55", "10044.10", "6436.64"),
        List.of(
            "<script>alert('x')</script>",
            "=cmd|' /C calc'!A0",
            "'; drop table statements; --",
            "\u202eevil\u202c שלום عالم",
            "東京プロジェクト 🚀",
            "a-project-whose-name-someone-made-from-every-word-of-its-description-2026"));
  }

  /** Returns a statement with one line, without an earlier month, telemetry or pools. */
  static Statement single() {
    Statement.Head head = head("tiny", "Tiny", "0.07", null, null);
    return Rows.statement(
        head, Map.of("lines", lines(head, "bridge", List.of("direct"), "0.07", null)));
  }

  /** Returns a statement that has only credits. */
  static Statement credits() {
    Statement.Head head = head("lab", "Lab", "-1250.00", "310.00", null);
    List<PrintedRow> lines =
        new ArrayList<>(lines(head, "bridge", List.of("credit"), "-1250.00", "310"));
    lines.addAll(lines(head, "service", List.of("AWS Credits"), "-1250.00", null));
    return Rows.statement(
        head,
        Map.of(
            "lines",
            lines,
            "history",
            List.of(
                month(SEPTEMBER.minusMonths(1), 0, new BigDecimal("310.00"), false),
                month(SEPTEMBER, 0, new BigDecimal("-1250.00"), false)),
            "changes",
            changes(head, List.of("credit"), List.of("AWS Credits")),
            "quality",
            checks()));
  }

  /**
   * Returns the statement of the company. It lists the teams and leaves out the pages that only
   * teams can act on.
   */
  static Statement company() {
    Statement.Receiver company = new Statement.Receiver("company", "company.all", "Example");
    Statement.Head head = head(company, "90210.33", "91000.00", "4.00", null);
    List<PrintedRow> lines =
        new ArrayList<>(lines(head, "bridge", List.of("direct", "shared"), "90210.33", "1"));
    lines.addAll(lines(head, "team", List.of("search", "ads", "vision"), "90210.33", "1"));
    return Rows.statement(
        head,
        Map.of(
            "lines",
            lines,
            "history",
            history(head.total()),
            "uses",
            List.of(use(head, 1, "training", "90000.33"), use(head, 2, "storage", "210.00")),
            "team_uses",
            List.of(
                teamUse(head, 1, "search", 1, "90000.33"),
                teamUse(head, 1, "search", 2, "0.00"),
                teamUse(head, 2, "ads", 1, "0.00"),
                teamUse(head, 2, "ads", 2, "110.00"),
                teamUse(head, 3, "vision", 1, "0.00"),
                teamUse(head, 3, "vision", 2, "100.00"))));
  }

  private static PrintedRow use(Statement.Head head, int position, String usedFor, String cost) {
    return Rows.row(
        "uses",
        "position",
        position,
        "line_id",
        head.number() + "/f-0" + position,
        "used_for",
        usedFor,
        "cost_shown",
        new BigDecimal(cost));
  }

  private static PrintedRow teamUse(
      Statement.Head head, int position, String team, int usePosition, String cost) {
    return Rows.row(
        "team_uses",
        "position",
        position,
        "use_position",
        usePosition,
        "line_id",
        head.number() + "/t-0" + position + "0" + usePosition,
        "name",
        team,
        "members",
        1,
        "effective_cost",
        new BigDecimal(cost),
        "cost_shown",
        new BigDecimal(cost));
  }

  /** Returns a statement with ten named projects and one line for all others. */
  static Statement crowded() {
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= 10; i++) {
      names.add("project-%03d".formatted(i));
    }
    names.add(null);
    return unmeasured(head("platform", "Platform", "90210.33", "90210.33", "4.00"), names);
  }

  /** Returns rows of a statement with text that a spreadsheet would run as a formula. */
  static List<Sheet> sheets() {
    return List.of(
        new Sheet(
            "statements",
            SheetWords.TOTALS,
            List.of("billing_month", "team_id", "total_cost", "total_shown", "previous_shown"),
            List.of(
                Arrays.asList(
                    SEPTEMBER,
                    "search",
                    new BigDecimal("143227.763678187615017991050"),
                    new BigDecimal("143227.76"),
                    null))),
        new Sheet(
            "statement_lines",
            SheetWords.of(StatementPages.embedded().tables().get("lines")),
            List.of("line_id", "name", "members", "effective_cost"),
            List.of(
                line("p-01", "=cmd|' /C calc'!A0", "0.000000000000000000001"),
                line("p-02", "+SUM(A1:A9)", "-1.10"),
                line("p-03", "-2+3", "5"),
                line("p-04", "@HYPERLINK(\"http://x\")", "0"),
                line("p-05", "a \"quoted\", name\nof two lines", "7.5"),
                line("p-06", "-12.5", "8"),
                line("p-07", null, null))));
  }

  private static List<Object> line(String id, String name, String cost) {
    return Arrays.asList(id, name, 1, cost == null ? null : new BigDecimal(cost));
  }

  /** Creates the statement of a team with telemetry for its accelerators. */
  private static Statement measured(Statement.Head head, List<String> projects) {
    List<PrintedRow> lines = new ArrayList<>(lines(head, projects));
    List<String> models = Arrays.asList("ranking-v7", null);
    lines.addAll(lines(head, "model", models, head.total().toPlainString(), "1"));
    Map<String, List<PrintedRow>> rows = new LinkedHashMap<>(TrainingSamples.rows(head));
    rows.putAll(EventSamples.rows(head));
    rows.put("actions", List.of(ActionSamples.all(head)));
    rows.putAll(
        Map.of(
            "lines", lines,
            "history", history(head.total()),
            "changes", changes(head, EFFECTS, projects),
            "accelerators", accelerators(head),
            "workloads", workloads(head),
            "idle_hours", idleHours(),
            "pools", pools(head),
            "value", values(head),
            "quality", checks()));
    return Rows.statement(head, rows);
  }

  /** Creates the statement of a team without telemetry. */
  private static Statement unmeasured(Statement.Head head, List<String> projects) {
    return Rows.statement(
        head,
        Map.of(
            "lines", lines(head, projects),
            "history", history(head.total()),
            "changes", changes(head, EFFECTS, projects),
            "quality", checks()));
  }

  private static List<PrintedRow> lines(Statement.Head head, List<String> projects) {
    Map<String, List<String>> names = new LinkedHashMap<>();
    names.put("bridge", List.of("direct", "shared", "idle", "credit", "tax"));
    names.put("project", projects);
    names.put("provider", List.of("AWS", "Microsoft", "Google Cloud"));
    names.put("service", SERVICES);
    names.put("environment", List.of("prod", "research"));
    String total = head.total().toPlainString();
    return names.entrySet().stream()
        .flatMap(each -> lines(head, each.getKey(), each.getValue(), total, "1").stream())
        .toList();
  }

  private static List<PrintedRow> workloads(Statement.Head head) {
    List<PrintedRow> workloads =
        new ArrayList<>(
            List.of(
                workload(head, 1, "research/notebook-maria-7", "A100 80GB", "496.6", "3130.88"),
                workload(head, 2, "search/ranking-v7-ablation-3", TRAINING, "302.6", "3305.76")));
    BigDecimal rest = head.workloadIdle().subtract(new BigDecimal("6436.64"));
    if (rest.signum() != 0) {
      workloads.add(otherWorkloads(head, rest));
    }
    return workloads;
  }

  private static PrintedRow otherWorkloads(Statement.Head head, BigDecimal cost) {
    return Rows.row(
        "workloads",
        "line_id",
        head.number() + "/w-03",
        "members",
        190,
        "idle_hours",
        new BigDecimal("812.4"),
        "idle_cost_shown",
        cost);
  }

  private static PrintedRow workload(
      Statement.Head head, int i, String id, String model, String hours, String cost) {
    return Rows.row(
        "workloads",
        "line_id",
        head.number() + "/w-0" + i,
        "members",
        1,
        "workload_id",
        id,
        "accelerator_model",
        model,
        "held_hours",
        new BigDecimal(hours),
        "idle_hours",
        new BigDecimal(hours),
        "idle_cost_shown",
        new BigDecimal(cost));
  }

  private static List<PrintedRow> pools(Statement.Head head) {
    return List.of(
        Rows.row(
            "pools",
            "line_id",
            head.number() + "/s-01",
            "pool_name",
            "Kubernetes control and platform",
            "driver",
            "accelerator_hours",
            "units",
            new BigDecimal("22390"),
            "all_units",
            new BigDecimal("61204.5"),
            "pool_shown",
            new BigDecimal("88110.40"),
            "share_shown",
            new BigDecimal("32232.68"),
            "tax_and_credit_shown",
            new BigDecimal("2417.45")),
        Rows.row(
            "pools",
            "line_id",
            head.number() + "/s-02",
            "pool_name",
            "Model registry",
            "driver",
            "even",
            "units",
            new BigDecimal("1"),
            "all_units",
            new BigDecimal("6"),
            "pool_shown",
            new BigDecimal("12908.77"),
            "share_shown",
            new BigDecimal("2151.46"),
            "tax_and_credit_shown",
            BigDecimal.ZERO));
  }

  private static List<PrintedRow> values(Statement.Head head) {
    return List.of(
        Rows.row(
            "value",
            "line_id",
            head.number() + "/v-01",
            "model_id",
            "ranking-v7",
            "benefit_kind",
            "revenue",
            "benefit_quantity",
            new BigDecimal("1"),
            "benefit_currency",
            "USD",
            "benefit_shown",
            new BigDecimal("910000.00"),
            "value_assumption",
            "Revenue of the experiment against the control group",
            "cost_shown",
            new BigDecimal("229712.57"),
            "roi",
            new BigDecimal("2.961"),
            "status",
            "measured"),
        Rows.row(
            "value",
            "line_id",
            head.number() + "/v-02",
            "model_id",
            "ads-reranker",
            "cost_shown",
            new BigDecimal("40127.90"),
            "status",
            "no_benefit"));
  }

  private static List<PrintedRow> changes(
      Statement.Head head, List<String> effects, List<String> items) {
    List<PrintedRow> changes = new ArrayList<>();
    List<BigDecimal> parts = changes(head, effects.size());
    for (int i = 0; i < effects.size(); i++) {
      changes.add(change(head, "effect", i, 1, effects.get(i), null, parts.get(i)));
    }
    parts = changes(head, items.size());
    for (int i = 0; i < items.size(); i++) {
      boolean rest = items.get(i) == null;
      String basis = rest ? "rest" : effects.size() > 1 ? "usage" : effects.get(0);
      changes.add(change(head, "item", i, rest ? 190 : 1, basis, items.get(i), parts.get(i)));
    }
    return changes;
  }

  /**
   * Splits the change of the total into {@code count} parts. The first part is the remainder, so
   * that the parts add up to the change.
   */
  private static List<BigDecimal> changes(Statement.Head head, int count) {
    List<BigDecimal> parts = new ArrayList<>();
    BigDecimal rest = head.difference();
    for (int i = 1; i < count; i++) {
      parts.add(new BigDecimal((i % 3 - 1) * 71234 * (i + 1) + i).movePointLeft(2));
      rest = rest.subtract(parts.get(i - 1));
    }
    parts.add(0, rest);
    return parts;
  }

  private static PrintedRow change(
      Statement.Head head,
      String breakdown,
      int i,
      int members,
      String basis,
      String name,
      BigDecimal change) {
    boolean priced = "usage".equals(basis);
    return Rows.row(
        "changes",
        "breakdown",
        breakdown,
        "line_id",
        head.number() + ("item".equals(breakdown) ? "/d-" : "/x-") + "%02d".formatted(i + 1),
        "members",
        members,
        "basis",
        basis,
        "name",
        name,
        "service",
        priced ? "Amazon Elastic Compute Cloud" : null,
        "pricing_unit",
        priced ? "Hours" : null,
        "quantity",
        priced ? new BigDecimal(720 * i) : null,
        "quantity_before",
        priced ? new BigDecimal(700) : null,
        "unit_price",
        priced && i > 0 ? new BigDecimal("0.0000004125") : null,
        "unit_price_before",
        priced ? new BigDecimal("3.67") : null,
        "change_shown",
        change);
  }

  /** Returns the head of a team's statement with these totals, without idle workloads. */
  static Statement.Head head(String total, String previous) {
    return head("search", "Search & Ranking", total, previous, null);
  }

  private static Statement.Head head(
      String team, String name, String total, String previous, String idle) {
    return head(Statement.Receiver.team(team, name), total, previous, idle, null);
  }

  private static Statement.Head head(
      Statement.Receiver receiver,
      String total,
      String previous,
      String idle,
      Statement.Conversion conversion) {
    return new Statement.Head(
        SEPTEMBER,
        receiver,
        "USD",
        "4410",
        "Example",
        "finops@example.com",
        LocalDate.parse("2026-10-15"),
        LocalDate.parse("2026-09-30"),
        new BigDecimal(total),
        previous == null ? null : new BigDecimal(previous),
        new BigDecimal(total),
        idle == null ? null : new BigDecimal(idle),
        conversion);
  }

  private static final List<String> WEIGHTS =
      List.of("64", "15", "8", "-3", "6", "4", "3", "2", "1", "1", "30");

  private static List<PrintedRow> lines(
      Statement.Head head, String breakdown, List<String> names, String total, String before) {
    List<BigDecimal> weights = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      BigDecimal weight = new BigDecimal(WEIGHTS.get(i));
      weights.add("bridge".equals(breakdown) ? weight : weight.abs());
    }
    BigDecimal all = new BigDecimal(total);
    List<BigDecimal> parts = names.size() == 1 ? List.of(all) : parts(all, weights);
    List<PrintedRow> lines = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      BigDecimal cost = parts.get(i);
      BigDecimal previous =
          before == null
              ? null
              : cost.multiply(new BigDecimal("0.9" + i)).setScale(2, RoundingMode.DOWN);
      boolean rest = names.get(i) == null && "project".equals(breakdown);
      lines.add(
          Rows.row(
              "lines",
              "breakdown",
              breakdown,
              "position",
              i + 1,
              "line_id",
              head.number() + "/" + breakdown.charAt(0) + "-%02d".formatted(i + 1),
              "name",
              names.get(i),
              "members",
              rest ? 190 : 1,
              "cost_shown",
              cost,
              "previous_shown",
              previous,
              "share_ratio",
              FigureFormat.ratio(cost, all)));
    }
    return lines;
  }

  private static List<BigDecimal> parts(BigDecimal all, List<BigDecimal> weights) {
    List<BigDecimal> positive = weights.stream().map(w -> w.max(BigDecimal.ZERO)).toList();
    BigDecimal credit =
        weights.stream().anyMatch(w -> w.signum() < 0)
            ? all.movePointLeft(2).setScale(2, RoundingMode.DOWN)
            : BigDecimal.ZERO;
    List<BigDecimal> parts = new ArrayList<>(LargestRemainder.split(all.add(credit), positive, 2));
    for (int i = 0; i < parts.size(); i++) {
      if (weights.get(i).signum() < 0) {
        parts.set(i, credit.negate());
      }
    }
    return parts;
  }

  private static List<PrintedRow> history(BigDecimal total) {
    List<PrintedRow> rows = new ArrayList<>();
    for (int m = 0; m < 13; m++) {
      BigDecimal month =
          total
              .multiply(new BigDecimal(52 + 4 * m))
              .movePointLeft(2)
              .setScale(2, RoundingMode.DOWN);
      for (int p = 0; p < SERIES.size(); p++) {
        BigDecimal share =
            new BigDecimal(List.of("0.42", "0.25", "0.12", "0.09", "0.07", "0.05").get(p));
        BigDecimal cost = month.multiply(share).setScale(2, RoundingMode.DOWN);
        rows.add(month(SEPTEMBER.minusMonths(12L - m), p, cost, m > 10));
      }
    }
    return rows;
  }

  /** Returns the month of the history of a category of services. */
  static PrintedRow month(LocalDate month, int series, BigDecimal cost, boolean split) {
    return Rows.row(
        "history",
        "history_month",
        month,
        "series",
        SERIES.get(series),
        "series_position",
        series,
        "cost_shown",
        cost,
        "is_split",
        split);
  }

  private static List<PrintedRow> accelerators(Statement.Head head) {
    return List.of(
        accelerator(head, 1, TRAINING, "16900", "15120", "9380", "98214.00"),
        accelerator(head, 2, "A100 80GB", "9100", "5440", "2110", "52870.00"),
        accelerator(head, 3, "L4", "4560", "4230", "3331", "3120.00"),
        accelerator(head, 4, "TPU v5e", "3030", "3030", null, "6912.00"));
  }

  private static PrintedRow accelerator(
      Statement.Head head,
      int i,
      String model,
      String provisioned,
      String held,
      String active,
      String cost) {
    BigDecimal p = new BigDecimal(provisioned);
    BigDecimal h = new BigDecimal(held);
    BigDecimal a = active == null ? null : new BigDecimal(active);
    BigDecimal c = new BigDecimal(cost);
    return Rows.row(
        "accelerators",
        "line_id",
        head.number() + "/a-0" + i,
        "accelerator_model",
        model,
        "provisioned_hours",
        p,
        "allocated_hours",
        h,
        "active_hours",
        a,
        "node_idle_hours",
        p.subtract(h),
        "workload_idle_hours",
        a == null ? null : h.subtract(a),
        "cost_shown",
        c,
        "cost_per_provisioned_hour",
        FigureFormat.ratio(c, p),
        "cost_per_allocated_hour",
        FigureFormat.ratio(c, h),
        "cost_per_active_hour",
        FigureFormat.ratio(c, a),
        "coverage_ratio",
        a == null ? null : new BigDecimal("0.992"));
  }

  private static List<PrintedRow> idleHours() {
    List<PrintedRow> hours = new ArrayList<>();
    for (int day = 1; day <= 7; day++) {
      for (int hour = 0; hour < 24; hour++) {
        int idle =
            (day > 5 ? 60 : 10) + (hour < 6 || hour > 20 ? 22 : 0) + (day * 7 + hour * 5) % 9;
        hours.add(
            Rows.row(
                "idle_hours",
                "weekday",
                day,
                "hour_of_day",
                hour,
                "idle_accelerators",
                new BigDecimal(idle)));
      }
    }
    return hours;
  }

  private static List<PrintedRow> checks() {
    return List.of(
        check("billed_difference", new BigDecimal("0.00"), null),
        check("effective_difference", new BigDecimal("0.00"), null),
        check("tag_share", null, new BigDecimal("0.914")),
        check("untagged_share", null, new BigDecimal("0.061")),
        check("last_resort_share", null, null));
  }

  private static PrintedRow check(String measure, BigDecimal money, BigDecimal ratio) {
    return Rows.row("quality", "measure", measure, "money_shown", money, "ratio", ratio);
  }
}
