package costlake.report;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A statement with endpoints, written by hand. */
final class ServingSamples {
  private static final LocalDate SEPTEMBER = LocalDate.parse("2026-09-01");

  private ServingSamples() {}

  /**
   * Returns an ordinary statement with four endpoints, of which one is named and measured wholly,
   * one by requests only, one without traffic and one without a name; with three tenants, and with
   * the uses of the money.
   */
  static Statement serving() {
    Statement other = Samples.plausible();
    Map<String, List<PrintedRow>> tables = new LinkedHashMap<>(other.tables());
    String number = other.head().number();
    tables.put("endpoints", endpoints(number));
    tables.put("tenants", tenants(number));
    tables.put("inference_months", months());
    tables.put("uses", uses(number));
    tables.put("use_months", useMonths());
    return Rows.statement(other.head(), tables);
  }

  private static List<PrintedRow> endpoints(String number) {
    return List.of(
        measured(number),
        Rows.row(
            "endpoints",
            "line_id",
            number + "/i-02",
            "endpoint_id",
            "ranker-api",
            "members",
            1,
            "status",
            "measured",
            "split_by",
            "requests",
            "model_id",
            "ranker-v7",
            "cost_shown",
            money("2310.40"),
            "requests",
            money("88120"),
            "seconds_per_request",
            money("0.084")),
        Rows.row(
            "endpoints",
            "line_id",
            number + "/i-03",
            "endpoint_id",
            "a-batch-endpoint-that-nobody-has-called-since-june",
            "members",
            1,
            "status",
            "no_traffic",
            "cost_shown",
            money("1200.00"),
            "usage_shown",
            money("0.00")),
        Rows.row(
            "endpoints",
            "line_id",
            number + "/i-04",
            "members",
            1,
            "status",
            "endpoint_not_named",
            "cost_shown",
            money("31.05")));
  }

  /** Returns an endpoint that costs 10 a million tokens at 25 %, and breaks even at 50 %. */
  static PrintedRow measured(String number) {
    return Rows.row(
        "endpoints",
        "line_id",
        number + "/i-01",
        "endpoint_id",
        "dialogue-api",
        "members",
        1,
        "status",
        "measured",
        "split_by",
        "measured_seconds",
        "model_id",
        "assistant-xl",
        "cost_shown",
        money("8000.00"),
        "usage_shown",
        money("2000.00"),
        "requests",
        money("412000"),
        "input_tokens",
        money("640000000"),
        "cached_input_tokens",
        money("288000000"),
        "output_tokens",
        money("160000000"),
        "cost_per_million_tokens",
        money("10"),
        "usage_cost_per_million_tokens",
        money("2.5"),
        "cost_per_million_input_tokens",
        money("5.2083"),
        "cost_per_million_cached_tokens",
        money("0.52083"),
        "cost_per_million_output_tokens",
        money("37.5"),
        "utilisation",
        money("0.25"),
        "cached_ratio",
        money("0.45"),
        "seconds_per_request",
        money("2.418"),
        "capacity_by",
        "stated",
        "accelerator_active_ratio",
        money("0.07"),
        "api_model",
        "gpt-4o",
        "api_model_by",
        "cheapest_bought",
        "api_cost_per_million_tokens",
        money("5"),
        "break_even_utilisation",
        money("0.5"),
        "break_even_tokens",
        money("1600000000"));
  }

  private static List<PrintedRow> tenants(String number) {
    return List.of(
        tenant(number, 1, "web", "5200.10", "0.4505"),
        tenant(number, 2, null, "3541.45", "0.3068"),
        tenant(number, 3, "etl", "2799.90", "0.2426"));
  }

  private static PrintedRow tenant(String number, int i, String name, String cost, String share) {
    return Rows.row(
        "tenants",
        "line_id",
        number + "/u-0" + i,
        "tenant_id",
        name,
        "members",
        1,
        "cost_shown",
        money(cost),
        "share_ratio",
        money(share),
        "requests",
        name == null ? null : money("206000"),
        "input_tokens",
        name == null ? null : money("320000000"));
  }

  private static List<PrintedRow> months() {
    List<PrintedRow> months = new ArrayList<>();
    for (int before = 12; before >= 0; before--) {
      BigDecimal price =
          before > 10
              ? null
              : money("14").subtract(money("0.4").multiply(new BigDecimal(10 - before)));
      months.add(
          Rows.row(
              "inference_months",
              "history_month",
              SEPTEMBER.minusMonths(before),
              "cost_shown",
              money("11541.45"),
              "requests",
              price == null ? null : money("206000"),
              "cost_per_million_tokens",
              price,
              "usage_cost_per_million_tokens",
              before > 3 ? null : money("2.5"),
              "utilisation",
              before > 3 ? null : money("0.25"),
              "seconds_per_request",
              money("2.4")));
    }
    return months;
  }

  private static List<PrintedRow> uses(String number) {
    return List.of(
        use(number, 1, "training", "281807.14", "0.6827"),
        use(number, 2, "storage", "60000.00", "0.1453"),
        use(number, 3, "inference", "11541.45", "0.028"),
        use(number, 4, "compute", "59458.55", "0.144"));
  }

  private static PrintedRow use(String number, int i, String name, String cost, String share) {
    return Rows.row(
        "uses",
        "line_id",
        number + "/f-0" + i,
        "used_for",
        name,
        "cost_shown",
        money(cost),
        "share_ratio",
        money(share));
  }

  private static List<PrintedRow> useMonths() {
    List<PrintedRow> months = new ArrayList<>();
    List<String> series = List.of("training", "storage", "inference", "compute");
    for (int before = 12; before >= 0; before--) {
      for (int i = 0; i < series.size(); i++) {
        months.add(
            Rows.row(
                "use_months",
                "history_month",
                SEPTEMBER.minusMonths(before),
                "series",
                series.get(i),
                "series_position",
                i,
                "cost_shown",
                money(Integer.toString(100000 / (i + 1))),
                "is_split",
                before < 2));
      }
    }
    return months;
  }

  static BigDecimal money(String text) {
    return new BigDecimal(text);
  }
}
