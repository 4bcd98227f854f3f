package costlake.telemetry.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import costlake.core.Failure;
import costlake.telemetry.series.Finding;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServingHoursTest {
  private static final String POD = "namespace=\"ml\",pod=\"llm-0\",service=\"llm\"";
  private static final String VLLM = "{" + POD + ",model_name=\"m\"}";
  private static final String TRITON = "{" + POD + ",model=\"m\",version=\"2\"}";

  @TempDir Path folder;
  private final Scrapes scrapes = new Scrapes();

  @Test
  void linesOfARealServerBecomeAnHour() throws IOException {
    String text = Files.readString(Path.of("tests/fixtures/serving/vllm.prom"));
    scrapes.at(0, text.replaceAll(" [0-9.]+(?=\n)", " 0.0")).at(300, text);

    ServingHour hour = only(hours("serving-vllm").hours());

    assertThat(hour.hour()).isZero();
    assertThat(hour.endpoint()).isEqualTo("facebook/opt-125m");
    assertThat(hour.served().names()).containsExactly(hour.endpoint(), "", "", hour.endpoint(), "");
    assertThat(Scrapes.figures(hour))
        .isEqualTo(
            Map.of(
                "requests", "1",
                "failed_requests", "0",
                "input_tokens", "5",
                "output_tokens", "7",
                "latency_s", "0.503430367"));
  }

  @Test
  void measuresThatNoSeriesHasAreUnknown() {
    scrapes.at(0, "vllm:prompt_tokens" + VLLM + " 0").at(300, "vllm:prompt_tokens" + VLLM + " 9");

    assertThat(figures("serving-vllm")).isEqualTo(Map.of("input_tokens", "9"));
  }

  @Test
  void anIncreaseIsSplitAtTheFullHour() {
    scrapes
        .at(3480, "vllm:prompt_tokens_total" + VLLM + " 100")
        .at(3780, "vllm:prompt_tokens_total" + VLLM + " 150");

    assertThat(hours("serving-vllm").hours())
        .extracting(ServingHour::hour, hour -> Scrapes.figures(hour).get("input_tokens"))
        .containsExactly(tuple(0, "20"), tuple(1, "30"));
  }

  @Test
  void aCounterThatIsResetIsNamedAndCountsFromZero() {
    scrapes
        .at(
            0,
            "vllm:prompt_tokens_total" + VLLM + " 100",
            "vllm:generation_tokens_total" + VLLM + " 7")
        .at(
            300,
            "vllm:prompt_tokens_total" + VLLM + " 130",
            "vllm:generation_tokens_total" + VLLM + " 9")
        .at(
            600,
            "vllm:prompt_tokens_total" + VLLM + " 4",
            "vllm:generation_tokens_total" + VLLM + " 1");

    ServingHours hours = hours("serving-vllm");

    assertThat(Scrapes.figures(only(hours.hours())))
        .isEqualTo(Map.of("input_tokens", "34", "output_tokens", "3"));
    assertThat(hours.findings())
        .containsExactly(
            new Finding(
                0,
                "llm/ml/llm-0/m",
                "counters were reset; what they count since then counts",
                null,
                null));
  }

  @Test
  void whatAGapHidesIsUnknown() {
    scrapes
        .at(0, "vllm:prompt_tokens_total" + VLLM + " 0")
        .at(300, "vllm:prompt_tokens_total" + VLLM + " 7")
        .at(7200, "vllm:prompt_tokens_total" + VLLM + " 900");

    assertThat(figures("serving-vllm")).isEqualTo(Map.of("input_tokens", "7"));
  }

  @Test
  void anOldNameCountsUntilTheNewOneHasSamples() {
    String old = "vllm:gpu_prefix_cache_hits_total" + VLLM;
    String current = "vllm:prefix_cache_hits_total" + VLLM;
    String prompts = "vllm:prompt_tokens_total" + VLLM;
    scrapes
        .at(0, old + " 0", prompts + " 0")
        .at(300, old + " 10", prompts + " 50")
        .at(600, old + " 15", current + " 15", prompts + " 100")
        .at(900, old + " 35", current + " 36", prompts + " 150");

    assertThat(figures("serving-vllm").get("cached_input_tokens")).isEqualTo("36");
  }

  @Test
  void requestsOfEachReasonAndProcessAddUp() {
    String counter = "vllm:request_success_total{" + POD + ",model_name=\"m\",";
    String first = counter + "engine=\"0\",finished_reason=\"stop\"}";
    String second = counter + "engine=\"1\",finished_reason=\"length\"}";
    String aborted = counter + "engine=\"1\",finished_reason=\"abort\"}";
    scrapes
        .at(0, first + " 10", second + " 1000", aborted + " 1")
        .at(300, first + " 13", second + " 1004", aborted + " 3");

    assertThat(figures("serving-vllm")).isEqualTo(Map.of("requests", "7", "failed_requests", "2"));
  }

  @Test
  void aCountBelowItsBucketIsNamedAndTheSumCounts() {
    String histogram = "vllm:e2e_request_latency_seconds_";
    String bucket = histogram + "bucket{le=\"+Inf\"," + VLLM.substring(1);
    scrapes
        .at(0, histogram + "count" + VLLM + " 4", histogram + "sum" + VLLM + " 1", bucket + " 4")
        .at(
            300,
            histogram + "count" + VLLM + " 6",
            histogram + "sum" + VLLM + " 3.5",
            bucket + " 7")
        .at(600, histogram + "count" + VLLM + " 8", histogram + "sum" + VLLM + " 4", bucket + " 8");

    ServingHours hours = hours("serving-vllm");

    assertThat(Scrapes.figures(only(hours.hours()))).isEqualTo(Map.of("latency_s", "3"));
    assertThat(hours.findings())
        .containsExactly(
            new Finding(
                0,
                "llm/ml/llm-0/m",
                "the count of the histogram vllm:e2e_request_latency_seconds is below its bucket",
                new BigDecimal("6"),
                null));
  }

  @Test
  void moreCachedTokensThanTokensOfPromptsAreLimited() {
    String cached = "vllm:prompt_tokens_cached_total" + VLLM;
    String prompts = "vllm:prompt_tokens_total" + VLLM;
    scrapes.at(0, cached + " 0", prompts + " 0").at(300, cached + " 64", prompts + " 5");

    ServingHours hours = hours("serving-vllm");

    assertThat(Scrapes.figures(only(hours.hours())))
        .isEqualTo(Map.of("cached_input_tokens", "5", "input_tokens", "5"));
    assertThat(only(hours.findings()).reason())
        .isEqualTo("cached tokens above the tokens of prompts");
  }

  @Test
  void negativeSamplesAndSeriesWithoutANameAreNamed() {
    scrapes
        .at(0, "vllm:prompt_tokens_total" + VLLM + " -1", "{pod=\"x\",service=\"llm\"} 1")
        .at(300, "vllm:prompt_tokens_total" + VLLM + " 3", "{pod=\"x\",service=\"llm\"} 2");

    ServingHours hours = hours("serving-vllm");

    assertThat(hours.hours()).isEmpty();
    assertThat(hours.findings())
        .extracting(Finding::reason)
        .containsExactly(
            "series without the label __name__ were left out", "samples below zero were left out");
  }

  @Test
  void tgiTellsPrefillFromDecodeByALabel() {
    String batch = "tgi_batch_inference_duration_sum{" + POD + ",method=";
    scrapes
        .at(
            0,
            batch + "\"prefill\"} 1",
            batch + "\"decode\"} 10",
            "tgi_request_input_length_sum{" + POD + "} 0",
            "tgi_request_success{" + POD + "} 0")
        .at(
            300,
            batch + "\"prefill\"} 1.25",
            batch + "\"decode\"} 11",
            "tgi_request_input_length_sum{" + POD + "} 40",
            "tgi_request_success{" + POD + "} 2");

    ServingHour hour = only(hours("serving-tgi").hours());

    assertThat(hour.name(3)).as("TGI names no model").isNull();
    assertThat(Scrapes.figures(hour))
        .isEqualTo(
            Map.of("prefill_s", "0.25", "decode_s", "1", "input_tokens", "40", "requests", "2"));
  }

  @Test
  void tritonCountsMicroseconds() {
    scrapes
        .at(
            0,
            "nv_inference_request_success" + TRITON + " 0",
            "nv_inference_queue_duration_us" + TRITON + " 0")
        .at(
            300,
            "nv_inference_request_success" + TRITON + " 3",
            "nv_inference_queue_duration_us" + TRITON + " 1500");

    ServingHour hour = only(hours("serving-triton").hours());

    assertThat(hour.served().names()).containsExactly("llm", "ml", "llm-0", "m", "2");
    assertThat(Scrapes.figures(hour)).isEqualTo(Map.of("requests", "3", "queue_s", "0.0015"));
  }

  @Test
  void anEngineWithinAnotherCountsItsRequestsOnce() {
    new Scrapes()
        .at(0, "vllm:request_success" + TRITON + " 0", "vllm:prompt_tokens" + TRITON + " 0")
        .at(300, "vllm:request_success" + TRITON + " 2", "vllm:prompt_tokens" + TRITON + " 8")
        .write(folder, "serving-vllm");
    scrapes
        .at(
            0,
            "nv_inference_request_success" + TRITON + " 0",
            "nv_inference_queue_duration_us" + TRITON + " 0")
        .at(
            300,
            "nv_inference_request_success" + TRITON + " 2",
            "nv_inference_queue_duration_us" + TRITON + " 9");

    assertThat(figures("serving-triton"))
        .isEqualTo(
            Map.of(
                "requests", "2",
                "failed_requests", "0",
                "input_tokens", "8",
                "queue_s", "0.000009"));
  }

  @Test
  void aSourceMayNameTheLabelOfTheEndpoint() {
    String counter = "vllm:prompt_tokens{app=\"chat\"," + VLLM.substring(1);
    scrapes.at(0, counter + " 0").at(300, counter + " 3").write(folder, "serving-vllm");

    assertThat(only(hours(Map.of("endpoint", "app")).hours()).endpoint()).isEqualTo("chat");
    assertThat(only(hours(Map.of("endpoint", "other")).hours()).endpoint()).isEqualTo("llm");
    assertThatThrownBy(() -> Engines.check("train", Map.of("endpont", "app")))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("no label says 'endpont'. Did you mean 'endpoint'?");
  }

  @Test
  void seriesWithoutALabelOfTheEndpointAreKeptAndNamed() {
    scrapes.at(0, "tgi_request_success 0").at(300, "tgi_request_success 2");

    ServingHours hours = hours("serving-tgi");

    assertThat(only(hours.hours()).endpoint()).isEqualTo("unknown");
    assertThat(only(hours.findings()).reason())
        .isEqualTo("series without a label of the endpoint count for the endpoint 'unknown'");
  }

  private Map<String, String> figures(String file) {
    return Scrapes.figures(only(hours(file).hours()));
  }

  private ServingHours hours(String file) {
    scrapes.write(folder, file);
    return hours(Map.of());
  }

  private ServingHours hours(Map<String, String> labels) {
    return Scrapes.hours(Scrapes.DAY, Scrapes.STEP_S, folder, labels);
  }

  private static <T> T only(List<T> list) {
    assertThat(list).hasSize(1);
    return list.get(0);
  }
}
