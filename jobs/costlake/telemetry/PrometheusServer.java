package costlake.telemetry;

import costlake.config.Source;
import costlake.core.Failure;
import costlake.core.FileErrors;
import costlake.core.Message;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Queries a live Prometheus, or another server with its HTTP API, for a day and stores the answers
 * as files: the same files that a folder source delivers.
 *
 * <p>The header {@code Authorization} comes from the environment: {@code
 * COSTLAKE_PROMETHEUS_AUTHORIZATION_<SOURCE>} or {@code COSTLAKE_PROMETHEUS_AUTHORIZATION}, e.g.
 * {@code Bearer abc}; the same names with {@code _FILE} point to a file with the value.
 */
public final class PrometheusServer {
  private static final String AUTHORIZATION = "COSTLAKE_PROMETHEUS_AUTHORIZATION";

  /** Prometheus answers at most 11,000 samples a series. */
  private static final int SAMPLES_MAX = 10_000;

  private static final int DAY_S = 86_400;
  private static final int TRIES = 3;
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration ANSWER_TIMEOUT = Duration.ofMinutes(5);

  private final Source source;
  private final Map<String, String> environment;
  private final Duration pause;
  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT_TIMEOUT)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();

  /**
   * @param source a source with a url
   * @param environment where the authorization is looked up
   */
  public PrometheusServer(Source source, Map<String, String> environment) {
    this(source, environment, Duration.ofSeconds(2));
  }

  PrometheusServer(Source source, Map<String, String> environment, Duration pause) {
    this.source = source;
    this.environment = new TreeMap<>(environment);
    this.pause = pause;
  }

  /**
   * Runs every query for one UTC day, its closing instant included, and writes {@code
   * <metric>.json} below {@code folder}; a day of more samples than one answer may have becomes
   * several files.
   *
   * @return the files, in order of their names
   * @throws Failure with exit code 2 if the server refuses; with exit code 4 if it cannot be
   *     reached or is too busy, three times in a row
   */
  public List<Path> fetch(LocalDate day, Path folder) {
    List<Path> files = new ArrayList<>();
    long start = day.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
    int stepS = Objects.requireNonNull(source.stepS());
    long pieceS = Math.min(DAY_S, (long) SAMPLES_MAX * stepS);
    for (Metric metric : Metric.values()) {
      Optional<String> query = metric.query(stepS);
      for (long from = 0; query.isPresent() && from < DAY_S; from += pieceS) {
        String piece = from == 0 ? "" : "." + from / pieceS;
        Path file = folder.resolve(metric.file() + piece + ".json");
        ask(query.get(), start + from, start + Math.min(DAY_S, from + pieceS), file);
        files.add(file);
      }
    }
    return files.stream().sorted().toList();
  }

  /**
   * Asks for one value, to see that the server answers.
   *
   * @throws Failure as {@link #fetch}
   */
  public void reach() {
    long now = Instant.now().getEpochSecond();
    try {
      Path answer = Files.createTempFile("prometheus", ".json");
      try {
        ask("vector(1)", now, now, answer);
      } finally {
        Files.deleteIfExists(answer);
      }
    } catch (IOException e) {
      throw Failure.internal(
          e, "Cannot write to the folder for temporary files: %s", FileErrors.why(e));
    }
  }

  private void ask(String query, long start, long end, Path file) {
    HttpRequest request = request(query, start, end);
    for (int left = TRIES - 1; ; left--) {
      Optional<Failure> failure = answer(request, query, file);
      if (failure.isEmpty()) {
        return;
      }
      if (left == 0 || failure.get().family() != Failure.Family.INTERNAL) {
        throw failure.get();
      }
      rest();
    }
  }

  private void rest() {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.internal(e, "Interrupted while waiting for %s", source.url());
    }
  }

  private HttpRequest request(String query, long start, long end) {
    String base = Objects.requireNonNull(source.url()).replaceAll("/+$", "");
    String form =
        "query="
            + URLEncoder.encode(query, StandardCharsets.UTF_8)
            + "&start="
            + start
            + "&end="
            + end
            + "&step="
            + source.stepS();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + "/api/v1/query_range"))
            .timeout(ANSWER_TIMEOUT)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form));
    authorization().ifPresent(value -> request.header("Authorization", value));
    return request.build();
  }

  private Optional<String> authorization() {
    return secret(ownVariable()).or(() -> secret(AUTHORIZATION)).map(String::strip);
  }

  private Optional<String> secret(String variable) {
    String file = environment.get(variable + "_FILE");
    if (file == null) {
      return Optional.ofNullable(environment.get(variable));
    }
    try {
      return Optional.of(Files.readString(Path.of(file)));
    } catch (IOException e) {
      throw Failure.operator(
          e, "Cannot read %s, which %s_FILE names: %s", file, variable, FileErrors.why(e));
    }
  }

  private String ownVariable() {
    return AUTHORIZATION + "_" + source.id().toUpperCase(Locale.ROOT).replace('-', '_');
  }

  /** Empty when the answer is kept; a failure with exit code 4 is worth another try. */
  private Optional<Failure> answer(HttpRequest request, String query, Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Path unfinished = file.resolveSibling(file.getFileName() + ".part");
      HttpResponse<Path> response =
          http.send(request, HttpResponse.BodyHandlers.ofFile(unfinished));
      if (response.statusCode() != 200) {
        String said = beginning(unfinished);
        Files.deleteIfExists(unfinished);
        return Optional.of(refusal(response.statusCode(), query, said));
      }
      check(unfinished, query);
      Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(
          Failure.internal(
              e,
              """
              Cannot query %s for source '%s': %s. Check that the address is right and the server is
              up.
              """,
              source.url(),
              source.id(),
              e instanceof ConnectException ? "there is no connection" : FileErrors.why(e)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.internal(e, "Interrupted while querying %s", source.url());
    }
  }

  private static void check(Path answer, String query) throws IOException {
    try (InputStream bytes = Files.newInputStream(answer)) {
      PrometheusResponseReader.read("the answer to " + query, bytes, (labels, samples) -> {});
    }
  }

  private Failure refusal(int status, String query, String said) {
    if (status == 401 || status == 403) {
      return Failure.operator(
          """
          Cannot query %s for source '%s': the server answered %s. Set %s or %s to the Authorization
          header it wants, e.g. 'Bearer <token>'.
          """,
          source.url(), source.id(), status, ownVariable(), AUTHORIZATION);
    }
    String message =
        Message.of(
            "Cannot query %s for source '%s': the server answered %s to %s: %s",
            source.url(), source.id(), status, query, said);
    return status == 429 || status >= 500
        ? Failure.internal("%s Try again when it is less busy.", message)
        : Failure.operator("%s Check that the address is that of a Prometheus API.", message);
  }

  private static String beginning(Path body) throws IOException {
    try (InputStream bytes = Files.newInputStream(body)) {
      return new String(bytes.readNBytes(300), StandardCharsets.UTF_8).strip();
    }
  }
}
