package costlake.sample;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Plans the traffic of {@code serving.yml}. */
final class Traffic {
  private static final int FIRST_HOUR = 7;
  private static final int NIGHT_HOUR = 23;
  private static final int NOON = 12;
  private static final int FAILED_PERCENT = 2;
  private static final int RETRIED_PERCENT = 1;
  private static final int SIZES = 5;
  private static final long INPUT_STEP = 1000;
  private static final long OUTPUT_STEP = 200;
  private static final int PERCENT = 100;

  private final Serving serving = SampleFile.read("serving.yml", Serving.class);
  private final SampleCluster cluster;
  private final SeededRandom random;

  record Serving(LanguageModel languageModel, Unbilled unbilled, Ranking ranking, Vendor vendor) {}

  record LanguageModel(String endpoint, Engine engine, List<Tenant> tenants) {}

  record Engine(BigDecimal prefillS, BigDecimal decodeS) {}

  record Tenant(
      String tenant,
      int byDay,
      int byNight,
      int input,
      int cachedPercent,
      int output,
      Boolean batch) {
    Tenant {
      batch = batch != null && batch;
    }

    int requests(int hour) {
      return isDay(hour) ? byDay : byNight;
    }
  }

  record Unbilled(String endpoint, String tenant, int input, int output) {}

  record Ranking(String endpoint, int byDay, int byNight, int failed, int requestUs, int queueUs) {
    int requests(int hour) {
      return isDay(hour) ? byDay : byNight;
    }
  }

  /** Prices in USD for a million tokens. */
  record Vendor(
      BigDecimal inputUsd, BigDecimal cachedUsd, BigDecimal outputUsd, BigDecimal batchRatio) {
    /** Returns the price of a request, in millionths of a USD. */
    BigDecimal price(PlannedRequest request) {
      BigDecimal price =
          inputUsd
              .multiply(BigDecimal.valueOf(request.uncached()))
              .add(cachedUsd.multiply(BigDecimal.valueOf(request.cached())))
              .add(outputUsd.multiply(BigDecimal.valueOf(request.output())));
      return request.isBatch() ? price.multiply(batchRatio) : price;
    }
  }

  Traffic(SampleSettings settings, SampleCluster cluster) {
    this.cluster = cluster;
    this.random = new SeededRandom(settings.seed()).with("traffic");
  }

  private static boolean isDay(int hour) {
    return hour >= FIRST_HOUR && hour < NIGHT_HOUR;
  }

  Serving serving() {
    return serving;
  }

  /** Returns the pod that serves an endpoint. */
  Pod pod(String endpoint) {
    return cluster.pods().stream()
        .filter(pod -> pod.app().equals(endpoint))
        .findFirst()
        .orElseThrow();
  }

  /** Whether the pod of an endpoint answers in an hour. */
  boolean answers(String endpoint, LocalDate day, int hour) {
    Node node = cluster.nodes().get(pod(endpoint).node());
    return hour >= node.upFromHour(day, cluster.random());
  }

  /** Returns the requests to the language model in an hour. */
  List<PlannedRequest> requests(LocalDate day, int hour) {
    List<PlannedRequest> requests = new ArrayList<>();
    if (answers(serving.languageModel().endpoint(), day, hour)) {
      for (Tenant tenant : serving.languageModel().tenants()) {
        for (int i = 0; i < tenant.requests(hour); i++) {
          requests.add(request(tenant, day, hour, i));
        }
      }
    }
    return requests;
  }

  private PlannedRequest request(Tenant tenant, LocalDate day, int hour, int number) {
    SeededRandom own =
        random.with(tenant.tenant()).with(day.toEpochDay()).with(100L * hour + number);
    long size = own.with(1).below(SIZES);
    long input = tenant.input() + size * INPUT_STEP;
    boolean failed = own.with(2).percent(FAILED_PERCENT);
    return new PlannedRequest(
        own.hex(16),
        day.atTime(hour, 0).plusSeconds(30L + 300L * number + own.with(4).below(250)),
        tenant.tenant(),
        failed,
        !failed && own.with(3).percent(RETRIED_PERCENT),
        tenant.batch(),
        failed ? 0 : input,
        failed ? 0 : input * tenant.cachedPercent() / PERCENT,
        failed ? 0 : tenant.output() + size * OUTPUT_STEP);
  }

  /** Returns the request of a day to the endpoint that no bill has. */
  PlannedRequest unbilled(LocalDate day) {
    Unbilled plan = serving.unbilled();
    return new PlannedRequest(
        random.with(plan.endpoint()).with(day.toEpochDay()).hex(16),
        day.atTime(NOON, 0),
        plan.tenant(),
        false,
        false,
        false,
        plan.input(),
        0,
        plan.output());
  }
}
