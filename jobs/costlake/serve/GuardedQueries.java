package costlake.serve;

import costlake.config.Config;
import costlake.core.Failure;
import costlake.lake.Lake;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.arrow.flight.CallStatus;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.spark.sql.types.StructType;

/**
 * The queries of users, for servers that do not speak Flight. Users, visible rows, allowed queries,
 * limits and log are those of {@link SqlServer}.
 */
public final class GuardedQueries implements AutoCloseable {
  private final Authenticator authenticator;
  private final QueryRunner runner;
  private final BufferAllocator allocator = new RootAllocator();

  private GuardedQueries(Authenticator authenticator, QueryRunner runner) {
    this.authenticator = authenticator;
    this.runner = runner;
  }

  /**
   * Starts the first worker.
   *
   * @throws Failure with exit code 2 if the users or the lake cannot be read
   */
  public static GuardedQueries start(Config config) throws InterruptedException {
    Lake.require(config.lake());
    Authenticator authenticator = Authenticator.of(config);
    return new GuardedQueries(
        authenticator, new QueryRunner(config.serve(), Workers.start(config)));
  }

  /**
   * Signs a user in. A wrong password delays the next attempts.
   *
   * @param address where the attempt comes from, for the delays and the log
   * @throws Failure when user or password are wrong, or owners.yml does not name the user
   */
  public Reader signIn(String user, String password, String address) {
    return plainly(() -> new Reader(user, authenticator.identity(user, password, address)));
  }

  private static <T> T plainly(Supplier<T> work) {
    try {
      return work.get();
    } catch (FlightRuntimeException e) {
      throw failure(e.status());
    }
  }

  private static Failure failure(CallStatus status) {
    return Failure.operator("%s", Objects.requireNonNullElse(status.description(), "Refused"));
  }

  /** A user who has signed in. Each call fails after the user was removed or got a new password. */
  public final class Reader {
    private final String user;
    private final String identity;

    private Reader(String user, String identity) {
      this.user = user;
      this.identity = identity;
    }

    /** Returns the name of the user. */
    public String user() {
      return user;
    }

    /** Whether the user may see the rows of all teams, of cost centres and of the company. */
    public boolean seesEverything() {
      return plainly(() -> authenticator.signedIn(identity)).scope().isAll();
    }

    /**
     * Checks that the user may still read.
     *
     * @throws Failure when the user was removed or has a new password
     */
    public void check() {
      plainly(() -> authenticator.signedIn(identity));
    }

    /**
     * Returns the columns of the tables that the user may see, by name.
     *
     * @param gone returns whether nobody waits for the answer any more
     * @throws Failure when the query fails or exceeds a limit
     */
    public Map<String, StructType> tables(BooleanSupplier gone) {
      AtomicReference<WorkerMessage> answer = new AtomicReference<>();
      RunningQuery query = submit(Request.Kind.TABLES, "", List.of(), gone);
      refuse(query.run(answer::set, status -> {}));
      return new QueryDescription(Objects.requireNonNull(answer.get()), query.elapsed()).tables();
    }

    /**
     * Answers a query with at most {@code rowsMax} rows.
     *
     * @param arguments values for the {@code ?} of the query
     * @param gone returns whether nobody waits for the answer any more
     * @throws Failure when the query is refused, fails or exceeds a limit
     */
    public Answer rows(
        String sql, List<? extends Serializable> arguments, int rowsMax, BooleanSupplier gone) {
      PlainRows rows = new PlainRows(rowsMax);
      RunningQuery query = submit(Request.Kind.ROWS, sql, arguments, gone);
      try (BatchLoader batches = new BatchLoader(runner.limits(), allocator)) {
        CallStatus ended = query.run(message -> pass(message, batches, rows, query), status -> {});
        refuse(ended);
        return rows.answer();
      }
    }

    private RunningQuery submit(
        Request.Kind kind,
        String sql,
        List<? extends Serializable> arguments,
        BooleanSupplier gone) {
      return plainly(
          () ->
              runner.submit(
                  kind,
                  authenticator.signedIn(identity),
                  sql,
                  List.copyOf(arguments),
                  runner.time(),
                  gone));
    }
  }

  private static void refuse(CallStatus ended) {
    if (ended != RunningQuery.DONE && ended != RunningQuery.ENOUGH) {
      throw failure(ended);
    }
  }

  /** Adds rows to an answer, and ends the query when the answer is full. */
  private static void pass(
      WorkerMessage message, BatchLoader batches, PlainRows rows, RunningQuery query)
      throws IOException {
    if (message.kind() == WorkerMessage.Kind.SCHEMA) {
      rows.describe(batches.load(message).getSchema());
    } else {
      rows.add(batches.load(message));
    }
    if (rows.isCut()) {
      query.endEarly();
    }
  }

  @Override
  public void close() {
    runner.close();
  }
}
