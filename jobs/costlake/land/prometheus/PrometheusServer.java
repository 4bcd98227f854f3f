package costlake.land.prometheus;

import costlake.config.Source;
import costlake.core.Failure;
import costlake.core.FileErrors;
import costlake.fetch.FetchLimits;
import costlake.fetch.FetchRequest;
import costlake.fetch.Fetcher;
import costlake.fetch.SecretHeader;
import costlake.telemetry.Telemetry;
import costlake.telemetry.prometheus.Metric;
import costlake.telemetry.prometheus.ResponseSummary;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Queries Prometheus, or another server with the same HTTP API, for a day. Writes the responses to
 * files with the names and the format that a folder source delivers.
 *
 * <p>Takes the header {@code Authorization}, e.g. {@code Bearer abc}, from the environment variable
 * {@code COSTLAKE_PROMETHEUS_AUTHORIZATION_<SOURCE>} or {@code COSTLAKE_PROMETHEUS_AUTHORIZATION}.
 * A variable with the suffix {@code _FILE} names a file with the value.
 */
public final class PrometheusServer {
  private static final String AUTHORIZATION = "COSTLAKE_PROMETHEUS_AUTHORIZATION";

  /** Prometheus returns at most 11,000 samples for each series. */
  private static final int SAMPLES_MAX = 10_000;

  private static final int DAY_S = 86_400;

  private final Source source;
  private final Fetcher fetcher;

  /**
   * @param source a source with a url
   * @param environment environment variables, for the authorization
   */
  public PrometheusServer(Source source, Map<String, String> environment) {
    this(source, environment, FetchLimits.USUAL);
  }

  /**
   * @param source a source with a url
   * @param environment environment variables, for the authorization
   * @param limits how long and how often to ask
   */
  public PrometheusServer(Source source, Map<String, String> environment, FetchLimits limits) {
    this.source = source;
    String own = AUTHORIZATION + "_" + source.id().toUpperCase(Locale.ROOT).replace('-', '_');
    this.fetcher =
        new Fetcher(
            source.id(),
            SecretHeader.of("Authorization", List.of(own, AUTHORIZATION), environment),
            limits);
  }

  /**
   * Runs every query for one UTC day, including the midnight at its end. Writes each response to
   * {@code <metric>.json} in {@code folder}, or to several files if the day has more samples than a
   * response can have.
   *
   * @return the files, in order of their names
   * @throws Failure with exit code 2 if the server refuses the query; with exit code 4 if all
   *     attempts fail because the server cannot be reached or is too busy
   */
  public List<Path> fetch(LocalDate day, Path folder) {
    return fetch(day, 0, DAY_S, folder, fetcher.deadline());
  }

  /**
   * Runs every query for the part of a UTC day between two moments, at the times at which {@link
   * #fetch(LocalDate, Path)} asks for samples.
   *
   * @param by deadline for all queries
   * @return the files, in order of their names
   * @throws Failure as {@link #fetch(LocalDate, Path)}
   */
  public List<Path> fetch(LocalDate day, Instant from, Instant until, Path folder, Instant by) {
    long start = start(day);
    int stepS = stepS();
    long first = Math.max(0, from.getEpochSecond() - start) / stepS * stepS;
    return fetch(day, first, Math.min(DAY_S, until.getEpochSecond() - start), folder, by);
  }

  private List<Path> fetch(LocalDate day, long firstS, long lastS, Path folder, Instant by) {
    List<Path> files = new ArrayList<>();
    long pieceS = Math.min(DAY_S, (long) SAMPLES_MAX * stepS());
    for (Metric metric : Telemetry.metrics(source.sourceKind())) {
      Optional<String> query = metric.query(stepS());
      for (long from = firstS; query.isPresent() && from < lastS; from += pieceS) {
        String piece = from == firstS ? "" : "." + (from - firstS) / pieceS;
        Path file = folder.resolve(metric.file() + piece + ".json");
        long until = Math.min(lastS, from + pieceS);
        ask(query.get(), start(day) + from, start(day) + until, file, by);
        files.add(file);
      }
    }
    return files.stream().sorted().toList();
  }

  private static long start(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
  }

  private int stepS() {
    return Objects.requireNonNull(source.stepS());
  }

  /** Returns the deadline of queries that begin now. */
  public Instant deadline() {
    return fetcher.deadline();
  }

  /**
   * Whether a query has samples between two moments.
   *
   * @param folder folder for working files
   * @param by deadline
   * @throws Failure as {@link #fetch(LocalDate, Path)}
   */
  public boolean hasSamples(String query, Instant from, Instant until, Path folder, Instant by) {
    Path file = folder.resolve("later.json");
    ask(query, from.getEpochSecond(), until.getEpochSecond(), file, by);
    try (InputStream bytes = Files.newInputStream(file)) {
      return ResponseSummary.samples(query, bytes) > 0;
    } catch (IOException e) {
      throw Failure.internal(e, "Cannot read %s: %s", file, FileErrors.why(e));
    }
  }

  /**
   * Checks that the server responds, with a query for one value.
   *
   * @throws Failure as {@link #fetch}
   */
  public void reach() {
    long now = Instant.now().getEpochSecond();
    try {
      Path answer = Files.createTempFile("prometheus", ".json");
      try {
        ask("vector(1)", now, now, answer, fetcher.deadline());
      } finally {
        Files.deleteIfExists(answer);
      }
    } catch (IOException e) {
      throw Failure.internal(
          e, "Cannot write to the folder for temporary files: %s", FileErrors.why(e));
    }
  }

  private void ask(String query, long start, long end, Path file, Instant by) {
    fetcher.fetch(request(query, start, end), file, by, answer -> check(answer, query));
  }

  private FetchRequest request(String query, long start, long end) {
    String base = Objects.requireNonNull(source.url()).replaceAll("/+$", "");
    String form =
        "query="
            + URLEncoder.encode(query, StandardCharsets.UTF_8)
            + "&start="
            + start
            + "&end="
            + end
            + "&step="
            + stepS();
    return FetchRequest.post(URI.create(base + "/api/v1/query_range"), form, query);
  }

  private static void check(Path answer, String query) throws IOException {
    try (InputStream bytes = Files.newInputStream(answer)) {
      ResponseSummary.check("the answer to " + query, bytes);
    }
  }
}
