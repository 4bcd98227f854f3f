package costlake.sample;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes what the engines of the endpoints count. What an hour brings is counted early in the hour.
 */
final class EngineFiles {
  private static final int DAY_H = 24;
  private static final int HOUR_S = 3600;

  private final SampleSettings settings;
  private final SampleCluster cluster;
  private final Traffic traffic;
  private final Map<String, BigDecimal> counters = new HashMap<>();

  EngineFiles(SampleSettings settings, SampleCluster cluster) {
    this.settings = settings;
    this.cluster = cluster;
    this.traffic = new Traffic(settings, cluster);
  }

  void write(Path folder, LocalDate day) throws IOException {
    try (RangeAnswer answer =
        new RangeAnswer(folder.resolve("serving-vllm.json"), day, settings.stepS())) {
      languageModel(answer, day);
    }
    try (RangeAnswer answer =
        new RangeAnswer(folder.resolve("serving-triton.json"), day, settings.stepS())) {
      ranking(answer, day);
    }
  }

  private void languageModel(RangeAnswer answer, LocalDate day) throws IOException {
    Traffic.LanguageModel model = traffic.serving().languageModel();
    Counting counting = new Counting(answer, model.endpoint(), "model_name", day);
    List<List<PlannedRequest>> hours = hours(hour -> traffic.requests(day, hour));
    counting.sum("vllm:request_success_total", hours, request -> request.isFailed() ? 0 : 1);
    counting.sum("vllm:prompt_tokens_total", hours, PlannedRequest::input);
    counting.sum("vllm:prompt_tokens_cached_total", hours, PlannedRequest::cached);
    counting.sum("vllm:generation_tokens_total", hours, PlannedRequest::output);
    counting.seconds(
        "vllm:request_prefill_time_seconds_sum",
        hours,
        PlannedRequest::uncached,
        model.engine().prefillS());
    counting.seconds(
        "vllm:request_decode_time_seconds_sum",
        hours,
        PlannedRequest::output,
        model.engine().decodeS());
  }

  private void ranking(RangeAnswer answer, LocalDate day) throws IOException {
    Traffic.Ranking ranking = traffic.serving().ranking();
    Counting counting = new Counting(answer, ranking.endpoint(), "model", day);
    List<Integer> requests = hours(ranking::requests);
    counting.counts("nv_inference_request_success", requests, 1);
    counting.counts("nv_inference_request_failure", hours(hour -> ranking.failed()), 1);
    counting.counts("nv_inference_request_duration_us", requests, ranking.requestUs());
    counting.counts("nv_inference_queue_duration_us", requests, ranking.queueUs());
  }

  private static <T> List<T> hours(Function<Integer, T> figure) {
    return IntStream.range(0, DAY_H).boxed().map(figure).toList();
  }

  /** The counters of the pod of an endpoint on a day. */
  private final class Counting {
    private final RangeAnswer answer;
    private final String endpoint;
    private final LocalDate day;
    private final Map<String, String> labels = new TreeMap<>();

    Counting(RangeAnswer answer, String endpoint, String modelLabel, LocalDate day) {
      this.answer = answer;
      this.endpoint = endpoint;
      this.day = day;
      Pod pod = traffic.pod(endpoint);
      labels.put("namespace", pod.namespace());
      labels.put("pod", pod.name(day, cluster.random()));
      labels.put(modelLabel, pod.model());
    }

    void sum(String name, List<List<PlannedRequest>> hours, ToLongFunction<PlannedRequest> figure)
        throws IOException {
      seconds(name, hours, figure, BigDecimal.ONE);
    }

    void seconds(
        String name,
        List<List<PlannedRequest>> hours,
        ToLongFunction<PlannedRequest> figure,
        BigDecimal each)
        throws IOException {
      count(
          name,
          hours.stream()
              .map(requests -> requests.stream().mapToLong(figure).sum())
              .map(sum -> each.multiply(BigDecimal.valueOf(sum)))
              .toList());
    }

    void counts(String name, List<Integer> hours, int each) throws IOException {
      count(name, hours.stream().map(figure -> BigDecimal.valueOf((long) figure * each)).toList());
    }

    private void count(String name, List<BigDecimal> hours) throws IOException {
      Map<String, String> own = new TreeMap<>(labels);
      own.put("__name__", name);
      answer.series(own, step -> next(name, hours, step));
    }

    /** Returns the counter at a step: what the hour brings is counted after its first sample. */
    private @Nullable String next(String name, List<BigDecimal> hours, int step) {
      int hour = step * settings.stepS() / HOUR_S;
      if (!traffic.answers(endpoint, day, hour)) {
        return null;
      }
      boolean first = step * settings.stepS() % HOUR_S == 0;
      BigDecimal before = counters.getOrDefault(name, BigDecimal.ZERO);
      BigDecimal pending = counters.getOrDefault(name + " pending", BigDecimal.ZERO);
      BigDecimal now = before.add(pending);
      counters.put(name, now);
      counters.put(name + " pending", first ? hours.get(hour) : BigDecimal.ZERO);
      return now.stripTrailingZeros().toPlainString();
    }
  }
}
