package costlake.land.mlflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import costlake.core.Failure;
import costlake.core.FileErrors;
import costlake.fetch.FetchLimits;
import costlake.fetch.FetchRequest;
import costlake.fetch.Fetcher;
import costlake.fetch.SecretHeader;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the runs of an MLflow server by its REST API, page by page.
 *
 * <p>Takes the header {@code Authorization} from the environment; see {@link MlflowSecrets}.
 */
final class MlflowServer implements MlflowStore {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final int RUNS_OF_PAGE = 1000;
  private static final int ITEMS_OF_PAGE = 1000;
  private static final int EXPERIMENTS_OF_REQUEST = 100;
  private static final String TOKEN = "next_page_token";

  private final String base;
  private final Fetcher fetcher;
  private final Optional<String> checkpointMetric;

  /** A request for one page; the token is empty for the first page. */
  private interface PageRequest extends Function<String, FetchRequest> {}

  MlflowServer(
      String source,
      String url,
      Map<String, String> columns,
      Map<String, String> environment,
      FetchLimits limits) {
    this.base = url.replaceAll("/+$", "") + "/api/2.0/mlflow/";
    this.fetcher =
        new Fetcher(
            source,
            SecretHeader.of(
                "Authorization", MlflowSecrets.variables("AUTHORIZATION", source), environment),
            limits);
    this.checkpointMetric = CheckpointMetric.of(columns);
  }

  @Override
  public void read(RunRows rows) {
    Instant by = fetcher.deadline();
    Map<String, String> experiments = new LinkedHashMap<>();
    pages(
        token -> search("experiments/search", ITEMS_OF_PAGE, token, any -> {}),
        "experiments",
        by,
        one -> experiments.put(text(one, "experiment_id"), text(one, "name")));
    List<String> ids = List.copyOf(experiments.keySet());
    for (int from = 0; from < ids.size(); from += EXPERIMENTS_OF_REQUEST) {
      List<String> some = ids.subList(from, Math.min(ids.size(), from + EXPERIMENTS_OF_REQUEST));
      pages(token -> runs(some, token), "runs", by, run -> rows.run(row(run, experiments, by)));
    }
    pages(
        token -> get("model-versions/search", Map.of("max_results", "" + ITEMS_OF_PAGE), token),
        "model_versions",
        by,
        one ->
            rows.version(
                text(one, "name"),
                text(one, "version"),
                text(one, "run_id"),
                text(one, "creation_timestamp")));
  }

  @Override
  public void reach() {
    answer(search("experiments/search", 1, "", any -> {}), fetcher.deadline());
  }

  private FetchRequest runs(List<String> experiments, String token) {
    return search(
        "runs/search",
        RUNS_OF_PAGE,
        token,
        body -> {
          experiments.forEach(body.putArray("experiment_ids")::add);
          body.put("run_view_type", "ALL");
          // New runs then come on the last page, and no page shifts.
          body.putArray("order_by").add("attributes.start_time ASC");
        });
  }

  private RunRow row(JsonNode run, Map<String, String> experiments, Instant by) {
    JsonNode info = run.path("info");
    String experiment = text(info, "experiment_id");
    RunRow row =
        new RunRow(text(info, "run_id"))
            .with("run_name", text(info, "run_name"))
            .with("experiment_id", experiment)
            .with("experiment_name", experiments.get(experiment))
            .with("user_id", text(info, "user_id"))
            .with("status", text(info, "status"))
            .with("lifecycle_stage", text(info, "lifecycle_stage"))
            .with("artifact_uri", text(info, "artifact_uri"))
            .at("started_at", text(info, "start_time"))
            .at("ended_at", text(info, "end_time"));
    JsonNode data = run.path("data");
    data.path("metrics").forEach(one -> metric(row, one));
    data.path("params").forEach(one -> row.param(text(one, "key"), text(one, "value")));
    data.path("tags").forEach(one -> row.tag(text(one, "key"), text(one, "value")));
    checkpointMetric
        .filter(row::hasMetric)
        .ifPresent(name -> row.times(name, times(text(info, "run_id"), name, by)));
    return row;
  }

  private List<Long> times(String run, String metric, Instant by) {
    Map<String, String> of = new LinkedHashMap<>();
    of.put("run_id", run);
    of.put("metric_key", metric);
    of.put("max_results", "" + ITEMS_OF_PAGE);
    List<Long> times = new ArrayList<>();
    pages(
        token -> get("metrics/get-history", of, token),
        "metrics",
        by,
        one -> times.add(one.path("timestamp").asLong()));
    return times;
  }

  private static void metric(RunRow row, JsonNode metric) {
    String name = text(metric, "key");
    try {
      row.metric(name, number(metric));
    } catch (NumberFormatException e) {
      row.problem("the value of metric " + name + " is no number");
    }
  }

  private static double number(JsonNode metric) {
    JsonNode value = metric.path("value");
    // A value of 0 is left out, as protocol buffers do; NaN and infinity are text.
    return value.isTextual() ? Double.parseDouble(value.asText()) : value.asDouble();
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asText("");
  }

  private void pages(PageRequest request, String items, Instant by, Consumer<JsonNode> item) {
    Set<String> tokens = new HashSet<>();
    String token = "";
    do {
      FetchRequest page = request.apply(token);
      JsonNode body = answer(page, by);
      body.path(items).forEach(item);
      token = body.path(TOKEN).asText("");
      if (!tokens.add(token)) {
        throw broken(page, "its next page is one that was fetched before", null);
      }
    } while (!token.isEmpty());
  }

  private FetchRequest search(String path, int items, String token, Consumer<ObjectNode> more) {
    ObjectNode body = JSON.createObjectNode().put("max_results", items);
    if (!path.startsWith("runs")) {
      body.put("view_type", "ALL");
    }
    more.accept(body);
    if (!token.isEmpty()) {
      body.put("page_token", token);
    }
    return FetchRequest.postJson(URI.create(base + path), body.toString(), path);
  }

  private FetchRequest get(String path, Map<String, String> parameters, String token) {
    Map<String, String> all = new LinkedHashMap<>(parameters);
    if (!token.isEmpty()) {
      all.put("page_token", token);
    }
    List<String> query = new ArrayList<>();
    all.forEach((name, value) -> query.add(name + "=" + encoded(value)));
    return FetchRequest.get(URI.create(base + path + "?" + String.join("&", query)));
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private JsonNode answer(FetchRequest request, Instant by) {
    try {
      Path file = Files.createTempFile("mlflow", ".json");
      try {
        fetcher.fetch(request, file, by, answer -> {});
        return JSON.readTree(file.toFile());
      } catch (JsonProcessingException e) {
        throw broken(request, "it is not complete JSON (" + e.getOriginalMessage() + ")", e);
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw Failure.internal(
          e, "Cannot write to the folder for temporary files: %s", FileErrors.why(e));
    }
  }

  private static Failure broken(FetchRequest request, String why, @Nullable Throwable cause) {
    return Failure.data(
        cause,
        "Cannot use the response of %s: %s. Nothing of it is kept. Run again, or correct the"
            + " server.",
        request.shown(),
        why);
  }
}
