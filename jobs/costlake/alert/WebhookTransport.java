package costlake.alert;

import costlake.config.AlertRoute;
import costlake.core.FileErrors;
import costlake.core.PlainText;
import costlake.core.RetryAfter;
import costlake.outbox.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;

/**
 * Posts JSON to the webhook of a route, once. Follows no redirect. What the server answers is kept
 * without the secrets of the route.
 *
 * <p>If a connection breaks, if no status comes in time, or if the server answers 5xx other than
 * 503, it is unknown whether the message was accepted. It is then tried again if the route repeats.
 */
final class WebhookTransport implements Transport<String> {
  /** Time for a request, from the connection to the status of the answer. */
  static final Duration USUAL_TIMEOUT = Duration.ofSeconds(10);

  private static final int READ_MAX = 4_096;
  private static final int SHOWN = 300;
  private static final int REQUEST_TIMEOUT = 408;
  private static final int TOO_MANY = 429;
  private static final int UNAVAILABLE = 503;
  private static final Set<Integer> SENDER = Set.of(401, 403, 404, 410);

  private final AlertRoute route;
  private final Duration timeout;
  private final HiddenSecrets secrets;
  private final HttpClient http;

  WebhookTransport(AlertRoute route, Duration timeout) {
    this.route = route;
    this.timeout = timeout;
    this.secrets = new HiddenSecrets(route);
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(timeout)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  @Override
  public String name() {
    return "route " + route.id();
  }

  @Override
  public Answer handOver(String body) {
    HttpRequest request =
        HttpRequest.newBuilder(route.address())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    CompletableFuture<HttpResponse<InputStream>> sent =
        http.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream());
    try {
      return answer(sent.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      sent.cancel(true);
      return unknown("no answer within " + timeout.toSeconds() + " s");
    } catch (ExecutionException e) {
      return broken(Objects.requireNonNull(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      sent.cancel(true);
      return new OutcomeUnknown("interrupted while it was sent");
    }
  }

  /** Returns the answer to a message that a broken connection may not have carried. */
  private Answer broken(Throwable cause) {
    String why =
        secrets.hide(cause instanceof IOException e ? FileErrors.why(e) : cause.toString());
    boolean neverSent =
        cause instanceof ConnectException
            || cause instanceof HttpConnectTimeoutException
            || cause instanceof UnknownHostException
            || cause instanceof SSLHandshakeException;
    return neverSent
        ? new Unreachable("there is no connection to " + route.address().getHost() + ": " + why)
        : unknown("the connection broke: " + why);
  }

  private Answer unknown(String why) {
    return route.repeats() ? new TemporarilyRefused(why) : new OutcomeUnknown(why);
  }

  private Answer answer(HttpResponse<InputStream> response) {
    int status = response.statusCode();
    String said = "the server answered " + status + said(response.body());
    return switch (status / 100) {
      case 2 -> new Accepted(null);
      case 3 -> new SenderRefused(moved(response));
      case 4 -> refused(status, said, response);
      default -> status == UNAVAILABLE ? new Busy(said, wanted(response)) : unknown(said);
    };
  }

  private static Answer refused(int status, String said, HttpResponse<?> response) {
    if (status == TOO_MANY) {
      return new Busy(said, wanted(response));
    }
    if (status == REQUEST_TIMEOUT) {
      return new TemporarilyRefused(said);
    }
    return SENDER.contains(status) ? new SenderRefused(said) : new Refused(said);
  }

  private static Duration wanted(HttpResponse<?> response) {
    return RetryAfter.of(response.headers().firstValue("Retry-After").orElse(""), Instant.now());
  }

  private String moved(HttpResponse<?> response) {
    return "the server redirects to "
        + secrets.hide(host(response.headers().firstValue("Location").orElse("")))
        + ", which is not followed. If that is the right server, write its address";
  }

  private String host(String location) {
    try {
      String host = route.address().resolve(location).getHost();
      return host == null ? "an invalid address" : host;
    } catch (IllegalArgumentException e) {
      return "an invalid address";
    }
  }

  /** Returns the beginning of an answer as one line, as far as it comes in time. */
  private String said(InputStream body) {
    CompletableFuture<String> read = CompletableFuture.supplyAsync(() -> beginning(body));
    try (body) {
      String line = PlainText.line(read.get(timeout.toMillis(), TimeUnit.MILLISECONDS)).strip();
      String shown = line.replaceAll("\\s+", " ");
      return shown.isEmpty() ? "" : ": " + shown.substring(0, Math.min(SHOWN, shown.length()));
    } catch (IOException | ExecutionException | TimeoutException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  private String beginning(InputStream body) {
    try {
      byte[] read = body.readNBytes(READ_MAX);
      String text = new String(read, StandardCharsets.UTF_8);
      return read.length < READ_MAX ? secrets.hide(text) : secrets.hideInBeginning(text);
    } catch (IOException e) {
      throw new CompletionException(e);
    }
  }
}
