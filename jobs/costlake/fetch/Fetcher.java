package costlake.fetch;

import costlake.core.Failure;
import costlake.core.FileErrors;
import costlake.core.Message;
import costlake.core.RetryAfter;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends requests to an HTTP API and stores each response as a file. Retries after growing pauses if
 * the server is busy or cannot be reached. Stores only complete responses.
 */
public final class Fetcher {
  private static final Duration CONNECT_MAX = Duration.ofSeconds(10);
  private static final Set<Integer> MOVED = Set.of(301, 302, 307, 308);
  private static final Set<Integer> LOCKED = Set.of(401, 403);
  private static final int OK = 200;
  private static final int TOO_MANY = 429;
  private static final int SERVER_FAULT = 500;
  private static final int SHOWN = 300;
  private static final int MOVES_MAX = 5;

  private final String source;
  private final SecretHeader secret;
  private final FetchLimits limits;
  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT_MAX)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /** Checks a stored response; throws a {@link Failure} if it is not valid. */
  @FunctionalInterface
  public interface Check {
    /** Reads the file. */
    void read(Path answer) throws IOException;
  }

  /** A temporary fault: the request can be retried. */
  private static final class Passing extends Exception {
    private static final long serialVersionUID = 1L;

    private final Failure failure;
    private final Duration wanted;

    Passing(Failure failure, Duration wanted) {
      super(failure.getMessage(), failure);
      this.failure = failure;
      this.wanted = wanted;
    }
  }

  /**
   * Creates a fetcher for one source.
   *
   * @param source id of the source, for messages
   */
  public Fetcher(String source, SecretHeader secret, FetchLimits limits) {
    this.source = source;
    this.secret = secret;
    this.limits = limits;
  }

  /** Returns the deadline of a fetch that begins now and may consist of several responses. */
  public Instant deadline() {
    return Instant.now(Clock.systemUTC()).plus(limits.totalMax());
  }

  /**
   * Fetches one response.
   *
   * @param file file to store it in
   * @param by deadline
   * @throws Failure with exit code 2 if the server refuses the request, with exit code 3 if the
   *     response is not valid, with exit code 4 if every attempt fails because the server is busy
   *     or cannot be reached
   */
  public void fetch(FetchRequest request, Path file, Instant by, Check check) {
    for (int attempt = 1; ; attempt++) {
      try {
        once(request, file, by, check);
        return;
      } catch (Passing passing) {
        if (attempt == limits.attemptsMax()) {
          throw passing.failure;
        }
        int chance = ThreadLocalRandom.current().nextInt(100);
        rest(limits.pauseAfter(attempt, chance, passing.wanted), by, passing.failure);
      }
    }
  }

  private void rest(Duration pause, Instant by, Failure failure) {
    if (Instant.now(Clock.systemUTC()).plus(pause).isAfter(by)) {
      throw Failure.internal(
          failure,
          "%s The time limit does not allow another attempt, which must wait %s seconds.",
          failure.getMessage(),
          pause.toSeconds());
    }
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private Failure interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return Failure.internal(cause, "Interrupted while fetching for source '%s'", source);
  }

  private void once(FetchRequest request, Path file, Instant by, Check check) throws Passing {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      HttpResponse<Path> response = answer(request, part, by);
      if (response.statusCode() != OK) {
        throw refusal(request, response, beginning(part));
      }
      refuseHtml(request, response, part);
      check.read(part);
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (LimitedBody.TooLarge e) {
      throw Failure.data(e, "%s: %s. Ask for smaller pages.", cannot(request), e.getMessage());
    } catch (IOException e) {
      throw new Passing(unreachable(request, e), Duration.ZERO);
    } finally {
      remove(part);
    }
  }

  private static void remove(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      part.toFile().deleteOnExit();
    }
  }

  /** Follows redirects within the server. The secret is never sent to another server. */
  private HttpResponse<Path> answer(FetchRequest first, Path part, Instant by)
      throws IOException, Passing {
    FetchRequest request = first;
    HttpResponse<Path> response = send(request, part, by);
    for (int moves = 0; MOVED.contains(response.statusCode()); moves++) {
      URI target = target(first, request, response);
      if (moves == MOVES_MAX || !request.isSameServer(target)) {
        throw Failure.operator(
            "%s: the server redirects to %s. If this is the right server, set its address in"
                + " sources.yml.",
            cannot(first), FetchRequest.shown(target));
      }
      request = request.at(target);
      response = send(request, part, by);
    }
    return response;
  }

  private URI target(FetchRequest first, FetchRequest request, HttpResponse<Path> response) {
    try {
      return request.address().resolve(response.headers().firstValue("Location").orElse(""));
    } catch (IllegalArgumentException e) {
      throw Failure.data("%s: the server redirects to an invalid address.", cannot(first));
    }
  }

  private HttpResponse<Path> send(FetchRequest request, Path part, Instant by)
      throws IOException, Passing {
    Duration left = Duration.between(Instant.now(Clock.systemUTC()), by);
    Duration wait = left.compareTo(limits.answerMax()) < 0 ? left : limits.answerMax();
    HttpRequest.Builder builder = request.http();
    secret.value().ifPresent(value -> builder.header(secret.name(), value));
    CompletableFuture<HttpResponse<Path>> sent =
        http.sendAsync(builder.build(), info -> new LimitedBody(part, limits.bytesMax()));
    try {
      return sent.get(Math.max(1, wait.toMillis()), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      sent.cancel(true);
      throw late(request, wait, e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException fault ? fault : new IOException(e.getCause());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private Passing late(FetchRequest request, Duration waited, TimeoutException cause) {
    return new Passing(
        Failure.internal(
            cause,
            "%s: no complete response within %s seconds. Try again when the server is less busy.",
            cannot(request),
            waited.toSeconds()),
        Duration.ZERO);
  }

  private Failure unreachable(FetchRequest request, IOException cause) {
    String why =
        cause instanceof ConnectException ? "there is no connection" : FileErrors.why(cause);
    return Failure.internal(
        cause,
        "%s: %s. Check that the address is right and the server is up.",
        cannot(request),
        secret.hide(why));
  }

  private Failure refusal(FetchRequest request, HttpResponse<Path> response, String said)
      throws Passing {
    int status = response.statusCode();
    if (LOCKED.contains(status)) {
      return Failure.operator(
          """
          %s: the server answered %s. Set %s to the value of the header %s that it requires, e.g.
          'Bearer <token>'.
          """,
          cannot(request), status, secret.variables(), secret.name());
    }
    String message =
        Message.of(
            "%s: the server answered %s to %s: %s",
            cannot(request), status, request.shown(), plain(said));
    if (status == TOO_MANY || status >= SERVER_FAULT) {
      throw new Passing(
          Failure.internal("%s Try again when it is less busy.", message), wanted(response));
    }
    return Failure.operator("%s Check that the address is that of the API.", message);
  }

  /** Returns a text or a page in HTML as one line of text. */
  private static String plain(String said) {
    return said.replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ").strip();
  }

  /** Returns the pause that the header Retry-After states. */
  private static Duration wanted(HttpResponse<?> response) {
    String after = response.headers().firstValue("Retry-After").orElse("");
    return RetryAfter.of(after, Instant.now(Clock.systemUTC()));
  }

  private void refuseHtml(FetchRequest request, HttpResponse<Path> response, Path part)
      throws IOException {
    String type = response.headers().firstValue("Content-Type").orElse("");
    if (type.toLowerCase(Locale.ROOT).startsWith("text/html") || beginning(part).startsWith("<")) {
      throw Failure.operator(
          """
          %s: the response is an HTML page, not data. Check that the address is that of the API, and
          that the server does not redirect to a sign-in page.
          """,
          cannot(request));
    }
  }

  private String beginning(Path body) throws IOException {
    try (InputStream bytes = Files.newInputStream(body)) {
      byte[] read = bytes.readNBytes(SHOWN + secret.length());
      String shown = secret.hide(new String(read, StandardCharsets.UTF_8));
      return (shown.length() <= SHOWN && bytes.read() < 0 ? shown : secret.hideCut(shown, SHOWN))
          .strip();
    }
  }

  private String cannot(FetchRequest request) {
    return "Cannot query " + FetchRequest.shown(request.address()) + " for source '" + source + "'";
  }
}
