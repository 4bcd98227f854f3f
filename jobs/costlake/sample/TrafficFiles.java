package costlake.sample;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes the log of the gateway, a file for each month, and the expected figures of traffic. */
final class TrafficFiles {
  private static final int DAY_H = 24;
  private static final int MILLIONTH = 6;
  private static final int RETRY_AFTER_S = 5;
  private static final String HEADER =
      "requested_at,request_id,endpoint_id,model_id,tenant_id,status,input_tokens,cached_input_tokens,output_tokens,latency_ms,first_token_ms,is_batch";

  private final SampleSettings settings;
  private final Traffic traffic;
  private final Path dir;
  private final Map<List<String>, Sums> sums = new TreeMap<>(Comparator.comparing(List::toString));

  TrafficFiles(SampleSettings settings, SampleCluster cluster, Path dir) {
    this.settings = settings;
    this.traffic = new Traffic(settings, cluster);
    this.dir = dir;
  }

  /** What a tenant asked of an endpoint in a month. Prices are in millionths of a USD. */
  private static final class Sums {
    long requests;
    long failed;
    long input;
    long cached;
    long output;
    BigDecimal latencyS = BigDecimal.ZERO;
    BigDecimal price = BigDecimal.ZERO;

    void add(PlannedRequest request, Traffic.Vendor vendor) {
      requests += request.isFailed() ? 0 : 1;
      failed += request.isFailed() ? 1 : 0;
      input += request.input();
      cached += request.cached();
      output += request.output();
      latencyS = latencyS.add(request.latencyS());
      price = price.add(vendor.price(request));
    }
  }

  void write() throws IOException {
    for (YearMonth month = YearMonth.from(settings.telemetryFrom());
        month.atDay(1).isBefore(settings.end());
        month = month.plusMonths(1)) {
      Path folder = Files.createDirectories(dir.resolve("logs/gateway").resolve(month.toString()));
      ExpectedFigures.table(folder.resolve("requests.csv"), HEADER, month(month));
    }
    truth(Files.createDirectories(dir.resolve("truth")));
  }

  private List<Object[]> month(YearMonth month) {
    List<Object[]> rows = new ArrayList<>();
    String endpoint = traffic.serving().languageModel().endpoint();
    for (LocalDate day : month.atDay(1).datesUntil(month.plusMonths(1).atDay(1)).toList()) {
      for (int hour = 0; hour < DAY_H; hour++) {
        for (PlannedRequest request : traffic.requests(day, hour)) {
          log(rows, month, endpoint, request);
        }
      }
      log(rows, month, traffic.serving().unbilled().endpoint(), traffic.unbilled(day));
    }
    return rows;
  }

  private void log(List<Object[]> rows, YearMonth month, String endpoint, PlannedRequest request) {
    if (request.isRetried()) {
      rows.add(row(endpoint, request, request.at().minusSeconds(RETRY_AFTER_S), "503"));
    }
    rows.add(row(endpoint, request, request.at(), request.isFailed() ? "500" : "200"));
    sums.computeIfAbsent(List.of(month.toString(), endpoint, request.tenant()), any -> new Sums())
        .add(request, traffic.serving().vendor());
  }

  private @Nullable Object[] row(
      String endpoint, PlannedRequest request, LocalDateTime at, String status) {
    boolean answered = status.equals("200");
    return new @Nullable Object[] {
      at + (at.getSecond() == 0 ? ":00Z" : "Z"),
      request.id(),
      endpoint,
      model(),
      request.tenant(),
      status,
      answered ? request.input() : null,
      answered ? request.cached() : null,
      answered ? request.output() : null,
      request.latencyMs(),
      answered ? request.firstTokenMs() : null,
      request.isBatch()
    };
  }

  private String model() {
    return traffic.pod(traffic.serving().languageModel().endpoint()).model();
  }

  private void truth(Path truth) throws IOException {
    List<Object[]> rows = new ArrayList<>();
    sums.forEach((key, sum) -> rows.add(sum(key, sum)));
    ranking(rows);
    ExpectedFigures.table(
        truth.resolve("traffic.csv"),
        "usage_month,endpoint_id,model_id,tenant_id,requests,failed_requests,input_tokens,cached_input_tokens,output_tokens,latency_s,prefill_s,decode_s,api_cost_usd",
        rows);
  }

  /** Only the engine of the language model measures seconds. */
  private @Nullable Object[] sum(List<String> key, Sums sum) {
    Traffic.LanguageModel measured = traffic.serving().languageModel();
    boolean isMeasured = key.get(1).equals(measured.endpoint());
    return new @Nullable Object[] {
      key.get(0),
      key.get(1),
      model(),
      key.get(2),
      sum.requests,
      sum.failed,
      sum.input,
      sum.cached,
      sum.output,
      sum.latencyS,
      isMeasured ? seconds(measured.engine().prefillS(), sum.input - sum.cached) : null,
      isMeasured ? seconds(measured.engine().decodeS(), sum.output) : null,
      sum.price.movePointLeft(MILLIONTH)
    };
  }

  private void ranking(List<Object[]> rows) {
    Traffic.Ranking ranking = traffic.serving().ranking();
    Map<YearMonth, long[]> counts = new TreeMap<>();
    for (LocalDate day : settings.telemetryFrom().datesUntil(settings.end()).toList()) {
      for (int hour = 0; hour < DAY_H; hour++) {
        long[] count = counts.computeIfAbsent(YearMonth.from(day), any -> new long[2]);
        count[0] += ranking.requests(hour);
        count[1] += ranking.failed();
      }
    }
    counts.forEach(
        (month, count) ->
            rows.add(
                new @Nullable Object[] {
                  month,
                  ranking.endpoint(),
                  traffic.pod(ranking.endpoint()).model(),
                  null,
                  count[0],
                  count[1],
                  null,
                  null,
                  null,
                  BigDecimal.valueOf(count[0] * ranking.requestUs(), MILLIONTH),
                  null,
                  null,
                  null
                }));
  }

  private static BigDecimal seconds(BigDecimal each, long tokens) {
    return each.multiply(BigDecimal.valueOf(tokens));
  }
}
