package costlake.serve;

import costlake.core.Failure;
import costlake.core.FileErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.grpc.CredentialCallOption;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** Measures how long a server takes to answer a set of queries in many sessions at once. */
@SuppressWarnings("try")
public final class LoadMeasurement {
  private final String host;
  private final int port;
  private final String user;
  private final String password;

  /** Creates a measurement that signs in as {@code user}. */
  public LoadMeasurement(String host, int port, String user, String password) {
    this.host = host;
    this.port = port;
    this.user = user;
    this.password = password;
  }

  /** A query that failed, with the server's message. */
  public record Unanswered(String question, String message) {}

  /**
   * The result of a measurement.
   *
   * @param answers number of queries that were answered
   * @param rows number of rows of all answers
   * @param p50 time within which half of the answers were complete
   * @param p95 time within which 95 of 100 answers were complete
   */
  public record Times(
      int sessions, int answers, long rows, Duration p50, Duration p95, List<Unanswered> errors) {
    public Times {
      errors = List.copyOf(errors);
    }
  }

  /** Lists the queries of a folder: its {@code .sql} files, sorted by name. */
  public static List<Path> questions(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> questions =
          files.filter(file -> file.toString().endsWith(".sql")).sorted().toList();
      if (questions.isEmpty()) {
        throw Failure.operator("Cannot find a query in %s: it has no .sql file", folder);
      }
      return questions;
    } catch (IOException e) {
      throw Failure.operator(e, "Cannot read the queries in %s: %s", folder, FileErrors.why(e));
    }
  }

  /** Opens {@code sessions} sessions at once. Each runs all queries, one after the other. */
  public Times run(List<Path> questions, int sessions) throws InterruptedException {
    List<Long> times_ns = Collections.synchronizedList(new ArrayList<>());
    List<Unanswered> errors = Collections.synchronizedList(new ArrayList<>());
    ExecutorService threads = Executors.newFixedThreadPool(sessions);
    long rows = 0;
    try {
      List<Callable<Long>> work =
          Collections.nCopies(sessions, () -> session(questions, times_ns, errors));
      for (Future<Long> session : threads.invokeAll(work)) {
        rows += session.get();
      }
    } catch (ExecutionException e) {
      Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
      throw Failure.internal(cause, "Failed to measure: %s", cause.getMessage());
    } finally {
      threads.shutdownNow();
    }
    List<Long> sorted = times_ns.stream().sorted().toList();
    return new Times(
        sessions, sorted.size(), rows, percentile(sorted, 50), percentile(sorted, 95), errors);
  }

  private static Duration percentile(List<Long> sorted, int percent) {
    return sorted.isEmpty()
        ? Duration.ZERO
        : Duration.ofNanos(sorted.get((sorted.size() * percent + 99) / 100 - 1));
  }

  private long session(List<Path> questions, List<Long> times, List<Unanswered> errors)
      throws IOException, InterruptedException {
    long rows = 0;
    try (BufferAllocator allocator = new RootAllocator();
        FlightClient transport =
            FlightClient.builder(allocator, Location.forGrpcInsecure(host, port)).build();
        FlightSqlClient client = open(transport)) {
      CredentialCallOption token = transport.authenticateBasicToken(user, password).orElseThrow();
      for (Path question : questions) {
        long started = System.nanoTime();
        try {
          rows += ask(client, Files.readString(question), token);
          times.add(System.nanoTime() - started);
        } catch (FlightRuntimeException e) {
          errors.add(
              new Unanswered(question.getFileName().toString(), String.valueOf(e.getMessage())));
        }
      }
      return rows;
    } catch (IOException | InterruptedException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static FlightSqlClient open(FlightClient transport) {
    return new FlightSqlClient(transport);
  }

  private static long ask(FlightSqlClient client, String sql, CredentialCallOption token)
      throws IOException {
    FlightInfo info = client.execute(sql, token);
    long rows = 0;
    try (FlightStream stream = client.getStream(info.getEndpoints().get(0).getTicket(), token)) {
      while (stream.next()) {
        rows += stream.getRoot().getRowCount();
      }
    } catch (FlightRuntimeException | IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
    return rows;
  }
}
